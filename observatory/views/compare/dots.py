"""Dot plots of a comparison: the pillars at a glance, and every measure of one pillar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join
from observatory.charts.palette import palette
from observatory.charts.svg.dotplot import DotPlotSpec, dot_plot
from observatory.charts.svg.elements import table_of
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import common, labels, links
from observatory.views.briefing.page import both_widths
from observatory.views.compare.data import PILLARS, Comparison, Row
from observatory.views.compare.parts import hint, per_words, row_name, table, values
from observatory.views.economy.standing import OLDEST
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

WIDE: Final = 600
PHONE: Final = 358
RESTS_ON: Final = 2
"""Measures with values of one period that a pillar needs to count in the title."""


def pillars_card(catalogue: Catalogue, found: Comparison) -> Card:
    """Where the chosen stand in each pillar, among all that can be placed."""
    t = catalogue.t
    title, subtitle = t("Position by pillar"), t(
        "Mean place in the ranked measures of a pillar, from last at the left to first at the right"
    )  # fmt: skip
    rows: list[dict[str, Any]] = []
    for pillar, positions in found.positions.items():
        absent = [code for code in found.economies if code not in set(positions["entity_id"])]
        notes = [t("{n} economies", n=t.number(len(positions)))]
        if absent:
            names = t.list([catalogue.name(code) for code in absent])
            notes.append(t("not placed: {names}", names=names))
        for row in positions.to_dict("records"):
            place = row["rank"]
            rank = t.rank(int(place), int(row["of"])) if not pd.isna(place) else t("not ranked")
            rows.append(
                {
                    "row": pillar,
                    "row_label": labels.pillar(pillar, t),
                    "row_note": t.parts(notes),
                    "entity_id": row["entity_id"],
                    "label": catalogue.name(str(row["entity_id"])),
                    "value": float(row["position"]) * 100,
                    "said": rank,
                    "row_id": table_of("pillars"),
                    "pillar": labels.pillar(pillar, t),
                    "rank": None if pd.isna(place) else int(place),
                    "of": int(row["of"]),
                    "measures": int(row["measures"]),
                }
            )
    if not any(row["entity_id"] in found.economies for row in rows):
        reason = t("No economy of this comparison has half of a pillar's ranked measures.")
        return Card(
            id="pillars",
            title=title,
            subtitle=subtitle,
            empty=EmptyState(reason=reason, title=t("Too few measures to place them")),
        )
    frame = pd.DataFrame(rows)
    spec = DotPlotSpec(subjects=found.economies, ends=False, name=title)
    body = both_widths(
        lambda width: dot_plot(
            _named(catalogue, frame, found), replace(spec, width=width), palette("css"), t
        ),
        780,
        PHONE,
    )
    own = frame[frame["entity_id"].isin(found.economies)]
    columns = (
        Column("pillar", t("Pillar"), strong=True),
        Column("label", t("Economy")),
        Column(
            "rank",
            t("Rank"),
            "right",
            lambda value, row: t.rank(int(value), int(row["of"]), economies=False),
            opens=lambda row: table_of(f"dots-{row['pillar_id']}"),
        ),
        Column("measures", t("Measures used"), "right", phone=False),
    )
    used = values(catalogue, found, [(row, c) for row in found.contested for c in found.economies])
    used = used[used["status"] != ""]
    return Card(
        id="pillars",
        title=_pillars_title(catalogue, frame, found) or title,
        subtitle=t.sentences([subtitle, _left_out(found, frame, t), per_words(found.per, t)]),
        body=body,
        table=CardTable(
            own.rename(columns={"row": "pillar_id"})[
                ["pillar_id", "pillar", "entity_id", "label", "rank", "of", "measures"]
            ].reset_index(drop=True),
            columns,
        ),
        **common.evidence(catalogue, used),
        caveat=t("A reading aid, not a score: no weights, no uncertainty."),
        method=join(h("p", text) for text in _method(t)),
        actions=("table", "method", "download", "link"),
        after=hint(found, t),
        native="dots",
        drawn=_drawn(
            frame,
            spec,
            [
                t("not ranked") if pd.isna(rank) else t.rank(int(rank), int(of), economies=False)
                for rank, of in zip(frame["rank"], frame["of"], strict=True)
            ],
        ),
    )


def _named(catalogue: Catalogue, frame: pd.DataFrame, found: Comparison) -> pd.DataFrame:
    """The frame with a row without a value for each chosen economy, so that the key names all."""
    have = set(frame["entity_id"]) if len(frame) else set()
    missing = [code for code in found.economies if code not in have]
    if not missing or frame.empty:
        return frame
    first = frame.iloc[0]
    extra = pd.DataFrame(
        [
            {"row": first["row"], "row_label": first["row_label"], "row_note": first["row_note"],
             "entity_id": code, "label": catalogue.name(code)}
            for code in missing
        ]
    )  # fmt: skip
    return pd.concat([frame, extra], ignore_index=True)


def _placed(found: Comparison, frame: pd.DataFrame) -> dict[str, bool]:
    """Pillars in which two of the chosen are placed, and whether the title counts them."""
    chosen = frame[frame["entity_id"].isin(found.economies)]
    return {
        pillar: sum(row.contested for row in found.of(pillar)) >= RESTS_ON
        for pillar in found.positions
        if (chosen["row"] == pillar).sum() >= 2
    }


def _left_out(found: Comparison, frame: pd.DataFrame, t: Translator) -> str:
    """Which pillars the title leaves out, and why; empty if none."""
    thin = [pillar for pillar, counts in _placed(found, frame).items() if not counts]
    if not thin:
        return ""
    return t(
        "Not counted, fewer than two measures of the same period: {names}",
        names=t.list([labels.pillar(pillar, t) for pillar in thin]),
    )


def _pillars_title(catalogue: Catalogue, frame: pd.DataFrame, found: Comparison) -> str:
    """Who of the chosen is ahead in how many pillars, of those that rest on several measures."""
    t = catalogue.t
    ahead: dict[str, int] = {}
    total = 0
    for pillar, counts in _placed(found, frame).items():
        if not counts:
            continue
        own = frame[(frame["row"] == pillar) & frame["entity_id"].isin(found.economies)]
        total += 1
        best = own[own["value"] == own["value"].max()]
        if len(best) == 1:
            code = str(best["entity_id"].iloc[0])
            ahead[code] = ahead.get(code, 0) + 1
    if not ahead:
        return ""
    first = max(ahead.values())
    names = [catalogue.say(code) for code in found.economies if ahead.get(code) == first]
    return labels.sentence(
        t.n(
            "{names} ahead in {n} of {all} pillar",
            "{names} ahead in {n} of {all} pillars",
            first,
            names=t.list(names),
            all=t.number(total),
        )
        if len(names) == 1
        else t.n(
            "{names} ahead in {n} of {all} pillar each",
            "{names} ahead in {n} of {all} pillars each",
            first,
            names=t.list(names),
            all=t.number(total),
        )
    )


def pillar_cards(catalogue: Catalogue, found: Comparison) -> list[Card]:
    """A dot plot a pillar in reading order; one empty card where none has a value."""
    t = catalogue.t
    if not any(line.has_value for row in found.rows for line in row.lines.values()):
        title = t("No value to compare yet")
        reason = t(
            "No headline measure of {year} or later has a value by that day.", year=str(OLDEST)
        )
        return [Card(id="dots", title=title, empty=EmptyState(reason=reason, title=title))]
    return [pillar_card(catalogue, found, pillar) for pillar in PILLARS if found.of(pillar)]


def more(cards: Sequence[Card], t: Translator) -> Safe:
    """The line under which the cards of further pillars stand on a phone, which they lengthen."""
    said = t.n("{n} more pillar: {names}", "{n} more pillars: {names}", len(cards),
               names=t.list([labels.pillar(card.id.removeprefix("dots-"), t) for card in cards]))  # fmt: skip
    return h("details", h("summary", said), cls="co-more c-more")


def pillar_card(catalogue: Catalogue, found: Comparison, pillar: str) -> Card:
    """Every headline measure of a pillar on its own scale, the better end at the right."""
    t = catalogue.t
    name = labels.pillar(pillar, t)
    rows = found.of(pillar)
    filled = [row for row in rows if any(line.has_value for line in row.lines.values())]
    subtitle = t("Each line from the least to the best value; grey dots are the other economies")
    if not filled:
        return Card(
            id=f"dots-{pillar}",
            title=name,
            subtitle=subtitle,
            empty=EmptyState(
                reason=t("No economy of this comparison has a value by that day."),
                title=t("{pillar}: no values", pillar=name),
            ),
        )
    frame = pd.DataFrame([one for row in rows for one in _cells(catalogue, found, row)])
    spec = DotPlotSpec(
        subjects=found.economies,
        rows=tuple(row.id for row in rows),
        measures={row.id: row.item.measure(t) for row in rows},
        log=frozenset(row.id for row in rows if row.log),
        reverse=frozenset(row.id for row in rows if row.item.higher_is_better is False),
        name=t("{pillar}: each measure on its own scale", pillar=name),
    )
    body = both_widths(
        lambda width: dot_plot(frame, replace(spec, width=width), palette("css"), t), WIDE, PHONE
    )
    used = values(catalogue, found, [(row, code) for row in rows for code in found.economies])
    known = used[used["status"] != ""]
    return Card(
        id=f"dots-{pillar}",
        title=_title(catalogue, found, pillar, rows),
        subtitle=t.sentences([subtitle, t("Hollow: of another period, which the line names")])
        if "hollow" in frame
        else subtitle,
        body=body,
        table=table(catalogue, known, found.per),
        **common.evidence(catalogue, known),
        caveat=t("Lines do not share a scale: read along a line, not down."),
        method=join(h("p", text) for text in _method(t)),
        native="dots",
        drawn=_drawn(
            frame,
            spec,
            [
                "" if pd.isna(value) else spec.measures[str(row)].bare(float(value), t)
                for row, value in zip(frame["row"], frame["value"], strict=True)
            ],
        ),
    )


def _drawn(frame: pd.DataFrame, spec: DotPlotSpec, said: list[str]) -> pd.DataFrame:
    """The plot's values, in words too, with what an editable chart has to know of them."""
    return frame.assign(
        bare=said,
        strong=[
            spec.subjects.index(code) + 1 if code in spec.subjects else 0
            for code in frame["entity_id"]
        ],
        log=frame["row"].isin(spec.log),
        reverse=frame["row"].isin(spec.reverse),
    )


def _cells(catalogue: Catalogue, found: Comparison, row: Row) -> list[dict[str, Any]]:
    """Values of one measure for the plot, with a row without a value for each chosen one that has none."""
    t = catalogue.t
    out: list[dict[str, Any]] = []
    label = row_name(row, found.per, t)
    for value in records(row.shown[["entity_id", "value", "period", "row_id"]]):
        code = str(value["entity_id"])
        said = t.parts([row.item.value(float(value["value"]), t), t.period(clean(value["period"]))])
        out.append(_cell(catalogue, row, code, float(value["value"]), said, clean(value["row_id"])))
    have = {one["entity_id"] for one in out}
    apart, absent = [], []
    for code in found.economies:
        line = row.lines[code]
        if code in have:
            continue
        if line.has_value and line.value is not None:
            said = t.parts([row.item.value(line.value, t), t.period(line.period)])
            cell = _cell(catalogue, row, code, line.value, said, line.row_id)
            out.append({**cell, "hollow": "1"})
            apart.append(
                t("{name} {period}", name=catalogue.name(code), period=t.period(line.period))
            )
        else:
            out.append(_cell(catalogue, row, code, None, "", ""))
            absent.append(catalogue.name(code))
    notes = [t.period(row.section.period or row.period)]
    if row.item.higher_is_better is False:
        notes.append(t("low is better"))
    if row.log:
        zero = any(line.value is not None and line.value <= 0 for line in row.lines.values())
        notes.append(t("log scale, zero at its low end") if zero else t("log scale"))
    notes += apart
    if absent:
        notes.append(t("no value: {names}", names=t.list(absent)))
    whole = {"row_label": label, "row_note": t.parts(notes), "row_href": links.indicator(row.id)}
    return [{**one, **whole} for one in out]


def _cell(
    catalogue: Catalogue, row: Row, code: str, value: float | None, said: str, row_id: str
) -> dict[str, Any]:
    return {
        "row": row.id,
        "entity_id": code,
        "label": catalogue.name(code),
        "value": value,
        "said": said,
        "row_id": table_of(f"dots-{row.item.pillar}") if row.relative and row_id else row_id,
    }


def _title(catalogue: Catalogue, found: Comparison, pillar: str, rows: list[Row]) -> str:
    """Who is ahead in how many measures of a pillar."""
    t, name = catalogue.t, labels.pillar(pillar, catalogue.t)
    contested = [row for row in rows if row.contested]
    if pillar == "context" or not contested:
        return name
    wins: dict[str, int] = {}
    for row in contested:
        if winner := row.winner():
            wins[winner] = wins.get(winner, 0) + 1
    best = max(wins.values(), default=0)
    names = [code for code in found.economies if best and wins.get(code) == best]
    if not names:
        return t("{pillar}: none of them is ahead", pillar=name)
    if len(names) > 1:
        return t.n(
            "{pillar}: {names} each ahead in {best} of {n} measure",
            "{pillar}: {names} each ahead in {best} of {n} measures",
            len(contested),
            pillar=name,
            names=t.list([catalogue.say(code) for code in names]),
            best=t.number(best),
        )
    return t.n(
        "{pillar}: {economy} ahead in {best} of {n} measure",
        "{pillar}: {economy} ahead in {best} of {n} measures",
        len(contested),
        pillar=name,
        economy=catalogue.say(names[0]),
        best=t.number(best),
    )


def _method(t: Translator) -> tuple[str, ...]:
    return (
        t(
            "Ranks are among the thirteen economies that have a value, comparators only where switched on. A "
            "measure is compared at the newest period that at least eight of the thirteen hold; else each "
            "economy's newest value within three years, its period shown."
        ),
        t(
            "A pillar's place is the mean of an economy's places in the pillar's headline measures, each counted "
            "from 0 for the last to 1 for the first. It is a reading aid, not a score."
        ),
        t(
            "The title counts a pillar in which two of the compared economies are placed and at least two measures "
            "have values of the same period for two of them."
        ),
        t("Disputed and unchecked values, forecasts and part-years never enter."),
    )
