"""One measure of each pillar over time, as small charts of the compared economies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from observatory.cards.card_model import Card, EmptyState
from observatory.cards.markup import Safe, h, join
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.charts.svg.elements import table_of
from observatory.charts.svg.lines import lines
from observatory.i18n import Translator
from observatory.model.pillars import ORDER
from observatory.views import common, labels, links
from observatory.views.briefing.page import both_widths
from observatory.views.compare.choice import Choice
from observatory.views.compare.data import Comparison, Row
from observatory.views.compare.over_time import columns, drawn, long, long_enough, measure_of, rule
from observatory.views.compare.parts import row_name
from observatory.views.labels import clean
from observatory.views.measures import Catalogue


def _more(panels: Sequence[Safe], t: Translator) -> Safe | None:
    """The line under which a phone keeps the further charts."""
    if not panels:
        return None
    said = t.n("{n} more chart", "{n} more charts", len(panels))
    return h("details", h("summary", said), cls="co-more c-more")


def leads_card(catalogue: Catalogue, found: Comparison, choice: Choice) -> Card:
    """The lead measure of each pillar over time, each on its own scale."""
    t = catalogue.t
    title = t("One measure of each pillar over time")
    subtitle = (
        t("Each chart has its own scale")
        if choice.index is None
        else t("Index, {year} = 100", year=str(choice.index))
    )
    panels: list[Safe] = []
    used: list[pd.DataFrame] = []
    absent: list[str] = []
    for pillar in ORDER:
        row = _first_with_series(found, str(pillar))
        if row is None:
            absent.append(labels.pillar(str(pillar), t))
            continue
        frame, missing = drawn(catalogue, row, found.economies, choice.index)
        known = frame[frame["value"].notna()]
        if known["period"].nunique() < 2:
            absent.append(labels.pillar(str(pillar), t))
            continue
        used.append(long(catalogue, row, found, choice, known))
        panels.append(_lead(catalogue, row, found, choice, known, missing))
    if not panels:
        reason = t("No headline measure has two periods for two of them.")
        empty = EmptyState(reason=reason, title=t("No series to draw"))
        return Card(id="leads", title=title, subtitle=subtitle, empty=empty)
    after = None
    if absent:
        after = h("p", t("Without a series: {names}.", names=t.list(absent)), cls="small muted")
    everything = pd.concat(used, ignore_index=True)
    return Card(
        id="leads",
        title=title,
        subtitle=subtitle,
        body=h("div", *panels[:2], _more(panels[2:], t), *panels[2:], cls="c-leads"),
        table=columns(catalogue, everything, found.per or ("index" if choice.index else "")),
        sources=common.sources_of(catalogue, everything),
        vintage=common.vintage_of(catalogue, everything),
        statuses=common.statuses_of(everything)[:3],
        caveat=t("Of each pillar the lead measure, else the first with a series for two of them."),
        method=join([h("p", rule(t))]),
        after=after,
        actions=("table", "method", "download", "link"),
    )


def _first_with_series(found: Comparison, pillar: str) -> Row | None:
    """The first measure of a pillar, its lead one before others, with a series for two of the chosen."""
    for row in found.of(pillar):
        if len(long_enough(row, found.economies)) >= 2:
            return row
    return None


def _lead(
    catalogue: Catalogue,
    row: Row,
    found: Comparison,
    choice: Choice,
    known: pd.DataFrame,
    missing: Sequence[str],
) -> Safe:
    """One small chart under its measure's name."""
    t = catalogue.t
    name = row_name(row, found.per, t)
    shown = known
    if row.relative or choice.index is not None:
        shown = known.assign(row_id=table_of("leads"))
    spec = LineSpec(
        measure=measure_of(row, choice, t),
        subjects=found.economies,
        step=clean(row.item.row["frequency"]) in ("half-yearly", "snapshot"),
        log=choice.log,
        zero=None if choice.index is None else False,
        width=396,
        height=210,
        name=name,
    )
    note = t.period(clean(known.sort_values("period_end")["period"].iloc[-1]))
    if missing:
        names = t.list([catalogue.name(code) for code in missing])
        note = t("No value of {year}: {names}", year=str(choice.index), names=names)
    return h(
        "div",
        h("p", labels.pillar(row.item.pillar, t), cls="c-pillar"),
        h("h4", h("a", name, href=links.indicator(row.id), data_go=True, cls="quiet")),
        h("p", note, cls="small muted") if missing else None,
        both_widths(lambda wide: lines(shown, replace(spec, width=wide), palette("css"), t), 396),
    )
