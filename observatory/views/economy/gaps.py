"""What an economy's profile does not know, computed from what is missing."""

from __future__ import annotations

from datetime import date

import pandas as pd

from observatory.cards.markup import Safe, h, join, num
from observatory.cards.states import Gap
from observatory.cards.woven import slot, weave
from observatory.db import queries
from observatory.i18n import Translator
from observatory.views import links
from observatory.views.economy.context import left_out
from observatory.views.economy.standing import OLDEST, Standing
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator

NAMED = 6


def gaps(catalogue: Catalogue, place: Standing, today: date) -> list[Gap]:
    """Lines of the note at the page's end, the gravest first."""
    t = catalogue.t
    found = [*_known(catalogue, place.economy, t), *_disputed(catalogue, place.economy, t)]
    english = clean(catalogue.economies[place.economy]["name_en"])
    missing = [line for line in place.all_lines if line.kind == "missing"]
    out = [line.item for line in missing if left_out(line.item, english, place.economy)]
    rest = [line.item for line in missing if line.item not in out]
    if out:
        said = weave(t("{names}.", names=slot("names")), names=linked(out, t))
        found.append(Gap(t("Left out by the source"), said))
    if rest:
        whole = t.n(
            "{n} of {all} headline measures has no value: {names}.",
            "{n} of {all} headline measures have no value: {names}.",
            len(rest),
            all=t.number(len(place.all_lines)),
            names=slot("names"),
        )
        found.append(Gap(t("Not on file"), weave(whole, names=linked(rest, t))))
    unchecked = [line.item for line in place.all_lines if line.kind == "unchecked"]
    if unchecked:
        said = weave(
            t("{names}: kept out of ranks.", names=slot("names")), names=linked(unchecked, t)
        )
        found.append(Gap(t("Unchecked only"), said))
    old = [
        t("{measure} ({period})", measure=line.item.short, period=t.period(line.period))
        for line in place.all_lines
        if line.kind == "old"
    ]
    if old:
        ended = t(
            "{names} end before {year} and do not enter.",
            names=_names(old, t),
            year=t.period(str(OLDEST)),
        )
        found.append(Gap(t("Old values"), ended))
    apart = [
        t("{measure} ({period})", measure=line.item.short, period=t.period(line.period))
        for line in place.all_lines
        if line.why == "period"
    ]
    if apart:
        other = t(
            "{names}: not of the period in which the others are compared.", names=_names(apart, t)
        )
        found.append(Gap(t("Other period"), other))
    few = [line.item for line in place.all_lines if line.why == "few"]
    if few:
        said = weave(
            t("{names}: fewer than five economies have a value.", names=slot("names")),
            names=linked(few, t),
        )
        found.append(Gap(t("Too few to rank"), said))
    found += _thin(catalogue, place.economy, today, t)
    if place.lines and catalogue.as_of is None:
        found += _stale(catalogue, place.economy, today, t)
    return found


def _names(names: list[str], t: Translator) -> str:
    if len(names) <= NAMED:
        return t.list(names)
    return t.list([*names[:NAMED], t.n("{n} more", "{n} more", len(names) - NAMED)])


def linked(items: list[Indicator], t: Translator) -> Safe:
    """Names of measures that lead to their pages, the rest behind a number."""
    shown = [
        h("a", item.short, href=links.indicator(item.id), data_go=True, cls="quiet")
        for item in items[: NAMED + 1 if len(items) == NAMED + 1 else NAMED]
    ]
    more = len(items) - len(shown)
    names = [slot(f"n{i}") for i in range(len(shown))]
    if more > 0:
        names.append(t.n("{n} more", "{n} more", more))
    return weave(t.list(names), **{f"n{i}": one for i, one in enumerate(shown)})


def _known(catalogue: Catalogue, economy: str, t: Translator) -> list[Gap]:
    if catalogue.as_of is None:
        return []
    row = queries.economy_known(catalogue.db, economy, catalogue.as_of).iloc[0]
    said = t(
        "{known} of {total} values had a source by then; the first was known on {day}.",
        known=t.number(int(row["known"])),
        total=t.number(int(row["total"])),
        day=t.date(str(row["first_known"])[:10]),
    )
    return [Gap(t("As known on {day}", day=t.date(catalogue.as_of)), said)]


def _disputed(catalogue: Catalogue, economy: str, t: Translator) -> list[Gap]:
    frame = queries.conflicts(catalogue.db, catalogue.as_of, economy)
    frame = frame[(frame["rule"] == "disputed") & frame["chosen_row_id"].isna()]
    frame = frame.sort_values(["period", "spread"], ascending=False).head(4)
    if not len(frame):
        return []
    values = queries.cell_values(catalogue.db, frame["cell_id"].tolist(), catalogue.as_of)
    found = []
    for cell in frame.to_dict("records"):
        item = catalogue.indicators[cell["indicator_id"]]
        rows = values[values["cell_id"] == cell["cell_id"]].drop_duplicates("value")
        # Pages that repeat one maker are told apart by who published them.
        who = "origin" if rows["origin"].is_unique else "publisher"
        said = [
            join(
                [
                    num(item.value(float(row["value"]), t), clean(row["row_id"])),
                    t(" ({publisher})", publisher=clean(row[who])),
                ]
            )
            for row in rows.to_dict("records")
        ]
        lead = t(
            "{measure} {period} is disputed",
            measure=item.short,
            period=t.period(clean(cell["period"])),
        )
        rest = t(". Kept out of ranks and findings.")
        found.append(Gap(lead, join([join(said, t(" against ")), rest])))
    return found


def _thin(catalogue: Catalogue, economy: str, today: date, t: Translator) -> list[Gap]:
    """How long ago the newest event was, if it was long ago."""
    frame = queries.events(catalogue.db, date(1990, 1, 1), today, catalogue.as_of, [economy])
    frame = frame[pd.to_datetime(frame["date_start"]).dt.date <= today]
    if not len(frame):
        return [Gap(t("Events"), t("No dated event of this economy is on file."))]
    vague = frame["date_precision"].isin(("year", "fiscal_year", "half"))
    checked = frame[~vague & (frame["status"] != "unchecked")]
    if not len(checked):
        said = t.n(
            "{n} event is on file, unchecked or dated no closer than to a half-year.",
            "{n} events are on file, all unchecked or dated no closer than to a half-year.",
            len(frame),
        )
        return [Gap(t("Events"), said)]
    last = pd.to_datetime(checked["date_end"]).max().date()
    if last > today or (today - last).days < 60:
        return []
    later = int((pd.to_datetime(frame["date_end"]).dt.date > last).sum())
    if later:
        said = t.n(
            "The newest checked one with a month is of {day}; {n} that may be newer is unchecked or dated to "
            "a year or half-year.",
            "The newest checked one with a month is of {day}; {n} that may be newer are unchecked or dated to "
            "a year or half-year.",
            later,
            day=t.date(last),
        )
    else:
        said = t(
            "The newest on file is of {day}; what happened since may be missing.", day=t.date(last)
        )
    return [Gap(t("Events"), said)]


def _stale(catalogue: Catalogue, economy: str, today: date, t: Translator) -> list[Gap]:
    rows = catalogue.headline_usable
    rows = rows[rows["entity_id"] == economy]
    if not len(rows):
        return []
    ends = pd.to_datetime(rows.groupby("indicator_id")["period_end"].max())
    late = ends[(ends.dt.year < today.year - 2) & (ends.dt.year >= OLDEST)].sort_values()
    if not len(late):
        return []
    names = [
        t(
            "{measure} ({period})",
            measure=catalogue.indicators[str(key)].short,
            period=t.period(str(end.year)),
        )
        for key, end in late.items()
    ]
    said = t.n(
        "{n} headline measure ends before {year}: {names}.",
        "{n} headline measures end before {year}: {names}.",
        len(names),
        year=t.period(str(today.year - 2)),
        names=_names(names, t),
    )
    return [Gap(t("Ageing values"), said)]
