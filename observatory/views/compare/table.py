"""Every headline measure of the compared economies in one table, shaded by rank."""

from __future__ import annotations

from typing import Final

from observatory.cards.card_model import Card, EmptyState
from observatory.cards.markup import Child, Safe, h, join, num, swatch
from observatory.i18n import Translator
from observatory.views import common, labels, links
from observatory.views.compare.data import PILLARS, Comparison, Row
from observatory.views.compare.parts import (
    hint,
    number,
    older_base,
    per_words,
    row_name,
    table,
    values,
)
from observatory.views.economy.context import why_missing
from observatory.views.economy.standing import OLDEST, Line
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

CARD: Final = "ranks"
STEPS: Final = 5


def shade(rank: int, base: int) -> int:
    """The step of a rank's shade: 0 for the last up to 4 for the first, evenly between them."""
    if base < 2:
        return 0
    share = (base - rank) / (base - 1)
    return min(int(share * (STEPS - 1) + 0.5), STEPS - 1)


def card(catalogue: Catalogue, found: Comparison) -> Card:
    """The table: measures by pillar, one column an economy, every value with its receipt."""
    t = catalogue.t
    subtitle = t.sentences(
        [
            t("The stronger the shade, the better the rank among the economies with a value"),
            per_words(found.per, t),
        ]
    )
    if not any(line.has_value for row in found.rows for line in row.lines.values()):
        title = t("No value to compare yet")
        return Card(
            id=CARD,
            title=title,
            subtitle=subtitle,
            empty=EmptyState(
                reason=t(
                    "No headline measure of {year} or later has a value by that day.",
                    year=str(OLDEST),
                ),
                title=title,
            ),
        )
    head = h(
        "tr",
        h("th", t("Measure"), scope="col"),
        h("th", t("Period"), scope="col", cls="x"),
        *(
            h(
                "th",
                swatch(code),
                h("a", catalogue.name(code), href=links.economy(code), data_go=True, cls="quiet"),
                scope="col",
                cls="r",
            )
            for code in found.economies
        ),
    )
    groups = [_group(catalogue, found, pillar) for pillar in PILLARS if found.of(pillar)]
    title = _title(catalogue, found)
    grid = h(
        "table",
        h("caption", title, cls="sr"),
        h("thead", head),
        *groups,
        cls="tb c-ranks",
        style=f"--n:{len(found.economies)}",
    )
    wrapped = h("div", grid, cls="tbwrap", tabindex="0", role="region", aria_label=title)
    used = values(catalogue, found, [(row, code) for row in found.rows for code in found.economies])
    known = used[used["status"] != ""]
    return Card(
        id=CARD,
        title=title,
        subtitle=subtitle,
        body=h(
            "div",
            _scale(t),
            wrapped,
            _more(found, len(groups) - 2, t),
            hint(found, t),
            cls="c-fold",
        ),
        table=table(catalogue, known, found.per),
        **common.evidence(catalogue, known),
        caveat=t("Ranks among economies that have the value: missing is never read as zero."),
        method=join(h("p", text) for text in _method(t)),
    )


def _more(found: Comparison, rest: int, t: Translator) -> Safe | None:
    """The line that opens the further pillars of the table on a phone."""
    if rest < 1:
        return None
    names = [labels.pillar(pillar, t) for pillar in PILLARS if found.of(pillar)][2:]
    said = t.n("{n} more pillar: {names}", "{n} more pillars: {names}", rest, names=t.list(names))
    return h("details", h("summary", said), cls="co-more c-more")


def _title(catalogue: Catalogue, found: Comparison) -> str:
    """How often each is among the first three."""
    t = catalogue.t
    counts: list[tuple[str, int]] = []
    for code in found.economies:
        lines = [row.lines[code] for row in found.rows if row.item.higher_is_better is not None]
        top = sum(line.kind == "ranked" and line.rank <= 3 for line in lines)
        if any(line.kind == "ranked" for line in lines):
            counts.append((code, top))
    if not counts:
        return t("All headline measures")
    counts.sort(key=lambda pair: -pair[1])
    said = [
        t("{economy} in {n}", economy=catalogue.say(code), n=t.number(n) if n else t("none"))
        for code, n in counts
    ]
    total = sum(row.item.higher_is_better is not None and row.section.ranked for row in found.rows)
    return t.n(
        "Among the first three of {n} ranked measure: {counts}",
        "Among the first three of {n} ranked measures: {counts}",
        total,
        counts=t.list(said),
    )


def _scale(t: Translator) -> Safe:
    """What the shades mean."""
    steps = [h("i", cls=f"heat h{step}") for step in range(STEPS)]
    return h(
        "p",
        h("span", t("last")),
        *steps,
        h("span", t("first")),
        h("span", t("Small: rank, of how many with a value"), cls="muted"),
        cls="c-scale",
    )


def _group(catalogue: Catalogue, found: Comparison, pillar: str) -> Safe:
    t = catalogue.t
    wide = 2 + len(found.economies)
    head = h(
        "tr",
        h("th", labels.pillar(pillar, t), scope="rowgroup", colspan=wide, cls="c-group"),
    )
    rows = [_row(catalogue, found, row) for row in found.of(pillar)]
    return h("tbody", head, *rows)


def _row(catalogue: Catalogue, found: Comparison, row: Row) -> Safe:
    t = catalogue.t
    name = row_name(row, found.per, t)
    note = []
    if row.item.higher_is_better is False:
        note.append(t("low is better"))
    unit = row.item.unit(t) if clean(row.item.row["value_kind"]) == "physical" else ""
    if unit:
        note.append(unit)
    return h(
        "tr",
        h(
            "th",
            h("a", name, href=links.indicator(row.id), data_go=True, cls="quiet"),
            h("span", t.parts(note), cls="sub2") if note else None,
            scope="row",
        ),
        h("td", t.period(row.period) if row.period else "", cls="x c-when"),
        *(_cell(catalogue, found, row, code) for code in found.economies),
    )


def _cell(catalogue: Catalogue, found: Comparison, row: Row, code: str) -> Safe:
    t, line = catalogue.t, row.lines[code]
    parts: list[Child] = [h("span", _value(catalogue, row, line, code), cls="v")]
    under = _under(row, line, t)
    if under:
        parts.insert(0, h("span", under, cls="k"))
    step = ""
    if line.kind == "ranked" and row.item.higher_is_better is not None:
        step = f"heat h{shade(line.rank, line.base)}"
    return h("td", h("div", *parts), cls=f"r {step}".strip(), data_l=catalogue.name(code))


def _value(catalogue: Catalogue, row: Row, line: Line, code: str) -> Safe:
    t = catalogue.t
    if line.has_value and line.value is not None:
        return number(row, line.value, line.row_id, CARD, t)
    match line.kind:
        case "old":
            return num(t.period(line.period), line.row_id)
        case "disputed":
            return num(t("disputed"), line.row_id)
        case "unchecked":
            return num(t("unchecked only"), line.row_id)
        case _:
            return h("span", t("none on file"), cls="unk")


def _under(row: Row, line: Line, t: Translator) -> str:
    """Rank with its base, or why there is none; the period where it is another one."""
    found: list[str] = []
    if line.has_value and line.period != row.period:
        found.append(t.period(line.period))
    if row.relative and line.has_value:
        found += older_base(row, line.row_id, t)
    match line.kind, line.why:
        case "ranked", _:
            found.append(t("{rank}/{of}", rank=t.number(line.rank), of=t.number(line.base)))
            if row.item.higher_is_better is None:
                found.append(t("by size"))
        case "shown", "few":
            found.append(t("too few: {n}", n=t.number(line.base)))
        case "shown", "comparator":
            found.append(t("not ranked"))
        case "shown", _:
            if line.period == row.period:
                found.append(t.period(line.period))
            found.append(t("not the ranked period"))
        case "old", _:
            found.append(t("too old"))
        case "disputed", _:
            found.append(t("no rank"))
        case _:
            pass
    return t.parts(found)


def missing(catalogue: Catalogue, found: Comparison) -> list[tuple[str, str, str]]:
    """Measures without a value: economy, id of the measure, reason."""
    out: list[tuple[str, str, str]] = []
    for code in found.economies:
        for row in found.rows:
            line = row.lines[code]
            if line.kind == "missing":
                why = why_missing(catalogue, row.item, code)
                out.append((code, row.id, why))
    return out


def _method(t: Translator) -> tuple[str, ...]:
    return (
        t(
            "Ranks are among the thirteen economies that have a value, comparators only where switched on. A "
            "measure is compared at the newest period that at least eight of the thirteen hold; else each "
            "economy's newest value within three years, its period shown."
        ),
        t(
            "Measures without a better end, such as population, are ranked by size and not shaded. With fewer "
            "than five values there is no rank."
        ),
        t("Disputed and unchecked values, forecasts and part-years never enter."),
    )
