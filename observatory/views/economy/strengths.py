"""In what an economy stands out from its peers and falls behind them, with the numbers."""

from __future__ import annotations

from typing import Final

import pandas as pd

from observatory.analysis.strengths import Standout, standout, strengths_and_gaps
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Child, Safe, h, join, num
from observatory.cards.woven import slot, weave
from observatory.i18n import Translator
from observatory.views import common, labels, links
from observatory.views.compare.parts import is_ratio
from observatory.views.economy.score import short, short_value
from observatory.views.economy.standing import Field, Line, Standing
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

SHOWN: Final = 4


def found_in(
    catalogue: Catalogue, place: Standing, field: Field, most: int = SHOWN
) -> tuple[tuple[Standout, ...], tuple[Standout, ...]]:
    """Strengths and gaps among the peers; two empty lists for an economy that is not ranked."""
    every: list[Standout] = []
    for line in place.lines:
        if line.kind != "ranked":
            continue
        item = line.item
        one = standout(
            field.sections[item.id], place.economy, item.id, item.pillar, log=is_ratio(item)
        )
        if one is not None:
            every.append(one)
    kin = {key: clean(item.row["measure_id"]) for key, item in catalogue.indicators.items()}
    return strengths_and_gaps(every, most, kin)


def card(catalogue: Catalogue, place: Standing, field: Field) -> Card:
    """Two short lists: strengths, gaps."""
    t = catalogue.t
    best, last = found_in(catalogue, place, field)
    subtitle = t("Best and last quarter of its peers, furthest from the median of the others first")
    if not best and not last:
        title = t("Nothing stands out")
        reason = t("In no ranked measure does it stand in the best or last quarter of its peers.")
        if place.economy not in place.members:
            title = t("Strengths and gaps")
            reason = t("A comparator is not ranked with its peers unless it is switched on.")
        elif not any(line.kind == "ranked" for line in place.lines):
            title = t("Strengths and gaps")
            reason = t("No measure can be ranked: fewer than five of these peers have a value.")
        return Card(
            id="strengths",
            title=title,
            subtitle=subtitle,
            empty=EmptyState(
                reason=reason,
                title=title,
                action_label=t("Rank it among all thirteen") if place.too_few else "",
                action_href=links.economy(place.economy) if place.too_few else "",
            ),
        )
    lines = {line.item.id: line for line in place.lines}
    parts: list[Child] = []
    for head, ones in ((t("Strengths"), best), (t("Gaps"), last)):
        none = h(
            "p",
            t("No measure in the best quarter.")
            if ones is best
            else t("No measure in the last quarter."),
            cls="muted small",
        )
        items = [_item(catalogue, one, lines[one.indicator]) for one in ones]
        parts.append(h("div", h("h4", head), h("ol", *items) if items else none))
    used = pd.DataFrame(
        [
            {
                "source_id": lines[one.indicator].source_id,
                "known_on": lines[one.indicator].known_on,
                "status": lines[one.indicator].status,
            }
            for one in (*best, *last)
        ]
    )
    return Card(
        id="strengths",
        title=_title(catalogue, best, last),
        subtitle=subtitle,
        body=h("div", *parts, cls="e-stand"),
        table=_table(catalogue, place, field, (*best, *last)),
        **common.evidence(catalogue, used),
        method=join(h("p", text) for text in method(t)),
    )


def _title(catalogue: Catalogue, best: tuple[Standout, ...], last: tuple[Standout, ...]) -> str:
    t = catalogue.t
    first = catalogue.indicators[best[0].indicator].short if best else ""
    final = catalogue.indicators[last[0].indicator].short if last else ""
    if best and last:
        return t(
            "Stands out in {best}; furthest behind in {last}",
            best=_in_text(first, t),
            last=_in_text(final, t),
        )
    if best:
        return t("Stands out in {best}; no gap among its peers", best=_in_text(first, t))
    return t("Furthest behind in {last}; no strength among its peers", last=_in_text(final, t))


def _in_text(name: str, t: Translator) -> str:
    """A measure's name inside a sentence: a common word loses its capital, a name keeps it."""
    head = name.split(" ")[0]
    if t.lang == "en" and head[1:].islower() and head not in ("Git", "Epoch", "Stanford", "Scopus"):
        return name[:1].lower() + name[1:]
    return name


def _item(catalogue: Catalogue, one: Standout, line: Line) -> Safe:
    """One measure: value and place, and the middle of the others."""
    t = catalogue.t
    item = line.item
    middle = short(item, one.median, t)
    said = t(
        "{value}, {rank}; median of the {n} others {median} ({period})",
        value=slot("value"),
        rank=slot("rank"),
        n=t.number(one.others),
        median=slot("median"),
        period=t.period(line.period),
    )
    whole = t.rank(one.rank, one.base, tied=one.tied, economies=False)
    open_table = h(
        "button", middle, cls="num", type="button", data_act="table", data_card="strengths"
    )
    return h(
        "li",
        h("a", item.short, href=links.indicator(item.id), data_go=True),
        h("span", labels.pillar(item.pillar, t), cls="c-pillar"),
        h(
            "span",
            weave(
                said,
                value=num(short_value(line, one.value, t), line.row_id),
                rank=h("b", whole),
                median=open_table,
            ),
            cls="sub2",
        ),
    )


def method(t: Translator) -> tuple[str, ...]:
    """The rule, for the card and the profile's reader."""
    return (
        t(
            "A strength is a place in the best quarter of the peers with a value, a gap one in the last quarter; "
            "only measures with a better end and five values or more."
        ),
        t(
            "Ordered by the distance from the median of the others, in units of the range between the quartiles of "
            "all. Counts, amounts and quantities are compared by their logarithms. At most two of a pillar."
        ),
        t("Large economies lead in counts by their size: peers of like size make a fairer list."),
    )


def _table(
    catalogue: Catalogue, place: Standing, field: Field, ones: tuple[Standout, ...]
) -> CardTable:
    """All values that the medians are made of."""
    t = catalogue.t
    parts = []
    for one in ones:
        frame = field.sections[one.indicator].frame
        item = catalogue.indicators[one.indicator]
        parts.append(
            frame.assign(
                measure=item.name,
                economy=[catalogue.name(str(code)) for code in frame["entity_id"]],
                rank=frame["value"]
                .rank(method="min", ascending=item.higher_is_better is False)
                .astype("int64"),
            )
        )
    whole = pd.concat(parts, ignore_index=True)
    keep = ["measure", "economy", "period", "value", "rank", "status", "row_id", "indicator_id",
            "entity_id", "source_id"]  # fmt: skip
    columns = (
        Column("measure", t("Measure"), strong=True),
        Column("economy", t("Economy")),
        Column("period", t("Period"), show=lambda value, row: t.period(clean(value))),
        Column("value", t("Value"), "right", lambda value, row: t.sig(value, 5), row_id="row_id"),
        Column("rank", t("Rank"), "right", phone=False),
    )
    return CardTable(whole[keep], columns)
