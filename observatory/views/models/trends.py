"""Models over time: releases on file by economy, share with open weights, size and compute."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join
from observatory.charts.figures.points import PointSpec, model_scatter
from observatory.charts.measure import Measure
from observatory.charts.palette import palette
from observatory.charts.svg.bars import BarSpec
from observatory.charts.svg.multiples import MultiplesSpec, multiples
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import common, links
from observatory.views.briefing.page import bars_both, both_widths
from observatory.views.frontier.words import made_of
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]
FIRST_YEAR: Final = 2019
FEWEST: Final = 5
"""Models of an economy from which on it has a panel or a share."""
COLOURED: Final = 7


def finding(rows: Sequence[Row], t: Translator) -> str:
    """How many models have open weights, as the list counts them; empty where nothing is known."""
    counted = checked(rows)
    known = sum(row["weights"] != "unknown" for row in counted)
    return open_share(sum(row["weights"] == "open" for row in counted), known, t) if known else ""


def open_share(opened: int, known: int, t: Translator) -> str:
    """Open weights among known ones, in a sentence."""
    return t(
        "{n} of {m} models whose weights are known are open", n=t.number(opened), m=t.number(known)
    )


def left_out(rows: Sequence[Row], t: Translator) -> str:
    """How many models with known weights the share of open ones leaves out; empty if none."""
    known = [row for row in rows if row["weights"] != "unknown"]
    gone = len(known) - len(checked(known))
    if not gone:
        return ""
    return t.n(
        "{n} unchecked or disputed model with known weights is left out of the share",
        "{n} unchecked or disputed models with known weights are left out of the share", gone,
    )  # fmt: skip


def checked(rows: Sequence[Row]) -> list[Row]:
    """Rows that counts and findings may use: those nobody has checked stay out."""
    return [row for row in rows if clean(row["status"]) not in ("unchecked", "disputed")]


def _year(row: Row) -> int | None:
    value = row["period_start"]
    if value is None or value != value:
        return None
    start, end = row["period_start"].year, row["period_end"].year
    return start if start == end else None


def _order(rows: Sequence[Row]) -> list[str]:
    present = Counter(clean(row["economy_id"]) for row in rows)
    return [code for code in (*SCOPE, *COMPARATORS) if present[code] >= FEWEST]


def releases_card(catalogue: Catalogue, rows: Sequence[Row], newest: str) -> Card:
    """Releases on file by economy and year; the year of the `newest` day is not over."""
    t, rows = catalogue.t, checked(rows)
    heading = t("Releases on file by year")
    dated = [row for row in rows if (year := _year(row)) is not None and year >= FIRST_YEAR]
    order = _order(dated)
    if not order:
        return Card(
            id="releases", title=heading,
            empty=EmptyState(reason=t("No economy of this group has five dated models by then."),
                             title=t("Too few models")),
        )  # fmt: skip
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for row in dated:
        counts[clean(row["economy_id"])][row["period_start"].year] += 1
    last = max(row["period_start"].year for row in dated)
    open_year = int(newest[:4] or 0)
    years = range(FIRST_YEAR, last + 1)
    frame = pd.DataFrame(
        [
            {
                "entity_id": code, "label": catalogue.name(code), "period": str(year),
                "value": counts[code][year], "href": links.link("/models", **{"from": code}),
                "partial_to": newest if year == open_year else None,
            }
            for code in order for year in years if counts[code][year] or any(counts[code][y] for y in years if y < year)
        ]
    )  # fmt: skip
    total = {year: sum(counts[code][year] for code in order) for year in years}
    whole = {year: n for year, n in total.items() if year < open_year}
    top = max(whole, key=lambda year: (whole[year], year), default=last)
    title = t(
        "Most releases on file are of {year}: {n} of {m}",
        year=str(top), n=t.number(total[top]), m=t.number(sum(total.values())),
    )  # fmt: skip
    undated = sum(not clean(row["released"]) for row in rows)

    def draw(width: float) -> str:
        spec = MultiplesSpec(panels=tuple(order), width=width, height=74, context=False, shared=False,
                             zero=True, name=title, measure=Measure(unit="models", unit_label=t("models")))  # fmt: skip
        return multiples(frame, spec, palette("css"), t)

    behind = pd.DataFrame(dated)
    return Card(
        id="releases",
        title=title,
        subtitle=t("Models released a year, each economy on its own axis; newest release {day}", day=t.date(newest)),
        body=both_widths(draw, 1280),
        alt=title,
        table=CardTable(
            frame,
            (
                Column("label", t("Economy"), strong=True),
                Column("period", t("Year")),
                Column("value", t("Models on file"), "right",
                       href=lambda row: links.link("/models", **{"from": str(row["entity_id"])},
                                                   period=str(row["period"]))),
            ),
        ),
        sources=common.sources_of(catalogue, behind),
        statuses=common.statuses_of(behind),
        caveat=t.n(
            "Lists differ in scope by economy: read each panel for itself. {n} model has no date.",
            "Lists differ in scope by economy: read each panel for itself. {n} models have no date.", undated,
        ),
        method=_method(t),
    )  # fmt: skip


def _method(t: Translator) -> Any:
    return h("p", t(
        "Counted are the models on file whose maker, or whose first listed maker, is of the economy, by the year of"
        " release. Japan’s models come mostly from a community catalogue of Japanese models, China’s and others’"
        " mostly from Epoch AI, further ones from boards; each list has its own bar for what it takes in, so counts"
        " of two economies are not compared."
    ))  # fmt: skip


def open_card(catalogue: Catalogue, rows: Sequence[Row]) -> Card:
    """Share of models with open weights, of those where it is known."""
    t, listed, rows = catalogue.t, len(rows), checked(rows)
    unchecked = listed - len(rows)
    found = []
    for code in _order(rows):
        own = [row for row in rows if clean(row["economy_id"]) == code]
        known = [row for row in own if row["weights"] != "unknown"]
        opened = sum(row["weights"] == "open" for row in known)
        enough = len(known) >= FEWEST
        label = catalogue.name(code)
        found.append(
            {
                "entity_id": code, "label": label, "economy_id": code,
                "value": 100 * opened / len(known) if enough else None,
                "absent": None if enough else t("known of {n} only", n=t.number(len(known))),
                "open": opened, "known": len(known), "all": len(own),
            }
        )  # fmt: skip
    ranked = [row for row in found if row["value"] is not None]
    # Of all rows, of economies too small for a bar as well: the list above counts the same.
    opened = sum(row["weights"] == "open" for row in rows)
    known = sum(row["weights"] != "unknown" for row in rows)
    if not ranked:
        return Card(
            id="open", title=t("Open weights"),
            empty=EmptyState(reason=t("Of no economy are the weights of five models known."),
                             title=t("Too few models")),
        )  # fmt: skip
    ranked.sort(key=lambda row: -row["value"])
    title = open_share(opened, known, t)
    frame = pd.DataFrame(
        [{**row, "native": t("{n} of {m}", n=t.number(row["open"]), m=t.number(row["known"]))} for row in found]
    )  # fmt: skip
    spec = BarSpec(measure=Measure(name=t("Open weights"), unit="percent", unit_label="%"), width=402, name=title,
                   pitch=38)  # fmt: skip
    behind = pd.DataFrame(rows)
    return Card(
        id="open",
        title=title,
        subtitle=t("Share of models with open weights by economy, of those where it is known"),
        body=bars_both(frame, spec, t),
        alt=title,
        table=CardTable(
            frame,
            (
                Column("label", t("Economy"), strong=True),
                Column("value", t("Share, %"), "right", lambda v, row: t.number(v, 1)),
                Column("open", t("Open"), "right"),
                Column("known", t("Known"), "right"),
                Column(
                    "all",
                    t("On file"),
                    "right",
                    href=lambda row: links.link("/models", **{"from": str(row["entity_id"])}),
                ),
            ),
        ),
        sources=common.sources_of(catalogue, behind),
        statuses=common.statuses_of(behind),
        caveat=" ".join(
            part
            for part in (
                t(
                    "For {n} of {m} models no source on file says whether the weights are open.",
                    n=t.number(len(rows) - known),
                    m=t.number(len(rows)),
                ),
                t.n(
                    "{n} unchecked or disputed model is listed, but in no count.",
                    "{n} unchecked or disputed models are listed, but in no count.",
                    unchecked,
                )
                if unchecked
                else "",
            )
            if part
        ),
        method=_method(t),
    )


def _axis(y: str, t: Translator) -> tuple[str, str, float]:
    """Column, name and factor of the picture's value."""
    match y:
        case "compute":
            return "compute", t("training compute estimated by Epoch AI, FLOP"), 1.0
        case "context":
            return "context_tokens", t("context, tokens"), 1.0
        case _:
            return "params_b", t("parameters"), 1e9


def medians(rows: Sequence[Row], column: str, factor: float) -> dict[int, tuple[float, int]]:
    """Median of a column by year of release and how many it rests on; years of at least five."""
    years: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        if (year := _year(row)) is not None:
            years[year].append(float(row[column]) * factor)
    return {
        year: (median(values), len(values))
        for year, values in sorted(years.items())
        if len(values) >= FEWEST
    }


def _medians(rows: Sequence[Row], column: str, factor: float, y: str, t: Translator) -> Safe | None:
    """The course of the middle model, year by year; each opens the table it is made of."""
    found = medians(rows, column, factor)
    if len(found) < 2:
        return None
    items = []
    for year, (middle, n) in found.items():
        said = t.sig(middle, 2) if y == "compute" else t.compact(middle, n=2)
        count = h("small", t.n("of {n} model", "of {n} models", n))
        items.append(h("div", h("dt", t.period(str(year))), h("dd", made_of(said, "trend"), count)))
    return join(
        [
            h("p", t("The middle model of each year of release, half being larger; lists of small models pull it down"),
              cls="fr-note"),
            h("dl", *items, cls="mo-mid"),
        ]
    )  # fmt: skip


def scatter_card(catalogue: Catalogue, rows: Sequence[Row], y: str, theme: str) -> Card:
    """Models by release and size, training compute or context, on a logarithmic axis."""
    t, rows = catalogue.t, checked(rows)
    column, name, factor = _axis(y, t)
    usable = [
        row for row in rows
        if clean(row["released"]) and row[column] is not None and row[column] == row[column] and row[column] > 0
    ]  # fmt: skip
    if not usable:
        return Card(
            id="trend", title=t("Size over time"),
            empty=EmptyState(reason=t("No dated model of this group has a value by then."), title=t("No values")),
        )  # fmt: skip
    frame = pd.DataFrame(
        [
            {
                "period": clean(row["released"]), "value": float(row[column]) * factor,
                "label": clean(row["name"]), "owner": clean(row["org_name"]),
                "economy_id": clean(row["economy_id"]), "row_id": row["row_id"], "status": row["status"],
                "open_weights": {"open": True, "closed": False}.get(row["weights"]),
                "model_id": row["model_id"], "source_id": row["source_id"], "known_on": row["known_on"],
            }
            for row in usable
        ]
    )  # fmt: skip
    often = Counter(frame["economy_id"])
    subjects = tuple(code for code, _ in often.most_common() if code in SCOPE)[:COLOURED]
    top = max(
        ({str(k): v for k, v in row.items()} for row in frame.to_dict("records")),
        key=lambda row: (row["value"], row["label"]),
    )
    said = t.compact(top["value"]) if y != "compute" else t.sig(top["value"], 2)
    title = t(
        "Largest on file: {model} of {economy}, {value}",
        model=top["label"], economy=catalogue.say(top["economy_id"]), value=said,
    )  # fmt: skip
    if y == "compute":
        title = t(
            "Most training compute on file: {model} of {economy}, {value} FLOP",
            model=top["label"], economy=catalogue.say(top["economy_id"]), value=said,
        )  # fmt: skip
    spec = PointSpec(
        measure=Measure(name=name, unit="number", unit_label=""), subjects=subjects, log=True,
        named=9, width=830, height=420, name=title, description=title,
    )  # fmt: skip
    legend = [
        h("span", h("span", cls="sw", style=f"background:var(--eco-{code})", aria_hidden="true"),
          catalogue.name(code), cls="mo-key")
        for code in subjects
    ]  # fmt: skip
    legend.append(h("span", t("grey: other economies; hollow: closed weights"), cls="mo-key muted"))
    return Card(
        id="trend",
        native="scatter",
        title=title,
        subtitle=t(
            "Models by release, {name}, logarithmic axis; {n} of {m} models have both",
            name=name, n=t.number(len(usable)), m=t.number(len(rows)),
        ),
        body=model_scatter(frame, spec, palette("dark" if theme == "dark" else "light"), t),
        alt=title,
        height=420,
        still=830,
        after=join([h("p", *legend, cls="mo-legend"), _medians(usable, column, factor, y, t)]),
        table=CardTable(
            frame,
            (
                Column("label", t("Model"), strong=True, row_id="row_id"),
                Column("owner", t("Maker")),
                Column("economy_id", t("Economy")),
                Column("period", t("Released"), show=lambda v, row: t.period(clean(v))),
                Column("value", name, "right", lambda v, row: t.sig(v, 3)),
            ),
        ),
        **common.evidence(catalogue, frame),
        caveat=t("Training compute is Epoch AI’s estimate.") if y == "compute" else "",
    )  # fmt: skip


def last_day(rows: Sequence[Row]) -> str:
    """The newest release that is dated to the day, as an ISO day; empty without one."""
    days = [clean(row["released"]) for row in rows if len(clean(row["released"])) == 10]
    return max(days, default="")
