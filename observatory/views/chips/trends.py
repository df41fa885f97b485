"""Chips over time: the best shipping chip of each economy so far, and throughput by design power."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

from observatory.analysis import chips as an
from observatory.analysis.chips import Step
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import h
from observatory.charts.measure import Measure
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.charts.svg.bars import BarSpec
from observatory.charts.svg.lines import lines
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import common, labels, markers
from observatory.views.briefing.page import bars_both, both_widths
from observatory.views.chips.data import (
    AXES,
    Choice,
    Field,
    axis_name,
    axis_short,
    exact,
    plain_name,
    with_unit,
)
from observatory.views.chips.page import rows_of
from observatory.views.measures import Catalogue

LEADER: Final = "USA"
FEWEST: Final = 2
MOST_BARS: Final = 12


def _axis(c: Choice) -> str:
    """The measure of the frontier: what the picture shows upwards, if it has a better side."""
    return c.y if c.y in ("bandwidth", "memory", "fp16", "process") else "bandwidth"


def frontier_card(catalogue: Catalogue, field: Field, c: Choice) -> Card:
    """Best shipping chip of each economy so far, with export controls as marks."""
    t, axis = catalogue.t, _axis(c)
    measure = AXES[axis]
    found = an.frontier(field.chips, measure)
    order = [code for code in (*SCOPE, *COMPARATORS) if len(found.get(code, ())) >= FEWEST]
    if not order:
        return Card(
            id="frontier", title=t("Best chip so far"),
            empty=EmptyState(reason=t("No economy has two dated chips with a value by then."),
                             title=t("Too few chips")),
        )  # fmt: skip
    rows = [_row(step, code, catalogue) for code in order for step in found[code]]
    frame = pd.DataFrame(rows)
    span = (min(row["day"] for row in rows), max(row["day"] for row in rows))
    chosen = markers.choose(catalogue, span, ["CHN"], ("control",), 12)
    title = _title(catalogue, found, axis)
    undated = sum(
        chip.kind == "accelerator" and chip.status == "shipping" and chip.end is None and chip.fine(measure) is not None
        for chip in field.chips
    )  # fmt: skip

    def draw(width: float) -> str:
        spec = LineSpec(
            measure=Measure(name=axis_name(axis, t), higher_is_better=measure not in an.SMALLER),
            subjects=tuple(order[:7]), step=True, gaps=False, log=True, width=width,
            height=330 if width > 520 else 300, name=title, hits=True, key=False,
        )  # fmt: skip
        return lines(frame, spec, palette("css"), t, chosen.frame if chosen else None)

    behind = rows_of([step.chip for code in order for step in found[code]])
    few = [catalogue.name(code) for code in found if code not in order]
    notes = []
    if undated:
        notes.append(
            t.n("{n} undated chip is left out.", "{n} undated chips are left out.", undated)
        )
    if few:
        notes.append(t("Not drawn, one chip with a value each: {names}.", names=t.list(few)))
    return Card(
        id="frontier",
        title=title,
        subtitle=t("{measure}: best shipping chip of each economy so far, logarithmic", measure=axis_name(axis, t)),
        body=both_widths(draw, 1280),
        alt=title,
        table=CardTable(frame, (
            Column("label", t("Economy of the maker"), strong=True),
            Column("period", t("Released"), show=lambda v, row: t.period(str(v))),
            Column("chip", t("Chip"), lang="en"),
            Column("value", axis_name(axis, t), "right", lambda v, row: exact(v, t), row_id="row_id"),
        )),
        sources=common.sources_of(catalogue, behind),
        statuses=common.statuses_of(behind[behind["is_lead"]]),
        caveat=" ".join(notes),
        method=h("p", t(
            "A step is a chip that was better than every earlier shipping chip of its economy on the day of its"
            " release. How long one economy was behind another is the time since the other first had a chip at least"
            " as good; the dates are releases as listed, for some chips the first day of a year."
        )) + h("p", markers.rule(t)),
        after=markers.below(chosen, t),
    )  # fmt: skip


def _row(step: Step, code: str, catalogue: Catalogue) -> dict[str, Any]:
    value = step.chip.values
    own = next(v for v in value.values() if v.value == step.value and v.fine)
    return {
        "entity_id": code, "label": catalogue.name(code), "economy_id": code, "period": step.chip.released,
        "value": step.value, "chip": step.chip.name, "row_id": own.row_id, "source_id": own.source_id,
        "day": step.day,
    }  # fmt: skip


def lag(
    found: Mapping[str, Sequence[Step]], code: str, other: str, measure: str
) -> tuple[Step, Step] | None:
    """The best chip of one economy and the first of the other that was as good, if that was earlier."""
    own, theirs = found.get(code), found.get(other)
    if not own or not theirs:
        return None
    first = an.first_reached(theirs, own[-1].value, measure)
    return (own[-1], first) if first is not None and first.day < own[-1].day else None


def months(first: date, last: date) -> int:
    """Whole months between two days, rounded."""
    return round((last - first).days / 30.44)


def _title(catalogue: Catalogue, found: Mapping[str, Sequence[Step]], axis: str) -> str:
    t, measure = catalogue.t, AXES[axis]
    pair = lag(found, "CHN", LEADER, measure)
    if pair is not None:
        own, first = pair
        return t.n(
            "{chip} brought China in {when} to {value}; the United States had that {n} month before",
            "{chip} brought China in {when} to {value}; the United States had that {n} months before",
            months(first.day, own.day), chip=plain_name(own.chip), when=t.period(own.chip.released[:7]),
            value=with_unit(axis, own.value, t),
        )  # fmt: skip
    return t("Best chip of each economy so far in {measure}", measure=axis_short(axis, t))


# Throughput by power -----------------------------------------------------------------------------


def watt_cards(catalogue: Catalogue, field: Field) -> list[Card]:
    """Two lists that are not mixed: figures for FP16 or BF16 alike, and figures for FP16 alone."""
    return [_watts(catalogue, field, form) for form in ("fp16_or_bf16", "fp16")]


def _watts(catalogue: Catalogue, field: Field, form: str) -> Card:
    t = catalogue.t
    found = an.efficiencies(field.chips, form)
    word = labels.half_format(form, t)
    key = f"watts-{form.replace('_', '-')}"
    title = t("Throughput for each watt, {format}", format=word)
    if not found:
        return Card(
            id=key, title=title,
            empty=EmptyState(reason=t("No chip has both throughput in this format and power from one source."),
                             title=t("No chip with both values")),
        )  # fmt: skip
    rows: list[dict[str, Any]] = [
        {
            "entity_id": one.chip.id, "label": plain_name(one.chip), "economy_id": one.chip.economy,
            "value": one.value, "name": one.chip.name, "economy": catalogue.name(one.chip.economy),
            "native": t("{n} at {power}", n=t.sig(one.throughput.value, 4),
                        power=with_unit("power", one.power.value, t)),
            "throughput": one.throughput.value, "power": one.power.value, "row_id": one.throughput.row_id,
            "source_id": one.throughput.source_id,
        }
        for one in found
    ]  # fmt: skip
    # One bar a maker's best chips: the list would otherwise be one family of one maker.
    top = _spread(rows)
    own = next((row for row in rows if row["economy_id"] in SCOPE), None)
    best = rows[0]
    if len(rows) >= 5 and own is not None and own is not best:
        title = t(
            "{format}: {chip} reaches {value} TFLOP/s a watt; the best of the region, {own}, {other}",
            format=word, chip=best["label"], value=t.sig(best["value"], 3), own=own["label"],
            other=t.sig(own["value"], 3),
        )  # fmt: skip
    elif len(rows) >= 5:
        title = t("{format}: {chip} reaches {value} TFLOP/s a watt", format=word, chip=best["label"],
                  value=t.sig(best["value"], 3))  # fmt: skip
    spec = BarSpec(
        measure=Measure(name=t("TFLOP/s a watt")), width=600, pitch=36, most=MOST_BARS, name=title
    )
    behind = rows_of([one.chip for one in found])
    frame = pd.DataFrame(rows)
    return Card(
        id=key,
        title=title,
        subtitle=t("Peak {format} throughput without sparsity by design power, TFLOP/s a watt; best two of each maker",
                   format=word),
        body=bars_both(pd.DataFrame(top), spec, t),
        alt=title,
        table=CardTable(frame, (
            Column("name", t("Chip"), strong=True, lang="en"), Column("economy", t("Economy of the maker")),
            Column("throughput", t("16-bit, TFLOP/s"), "right", lambda v, row: exact(v, t), row_id="row_id"),
            Column("power", t("Power, W"), "right", lambda v, row: exact(v, t), row_id="row_id"),
            Column("value", t("TFLOP/s a watt"), "right", lambda v, row: t.sig(v, 3)),
        )),
        sources=common.sources_of(catalogue, behind),
        statuses=common.statuses_of(behind[behind["is_lead"]]),
        caveat=t("Design power is of the chip or card, not of a server; both figures are peaks."),
        method=_watt_method(t),
        receipt=None,
    )  # fmt: skip


def _spread(rows: Sequence[dict[str, Any]], each: int = 2) -> list[dict[str, Any]]:
    """The best `each` chips of every maker's first word, in order."""
    seen: dict[str, int] = {}
    kept = []
    for row in rows:
        maker = str(row["name"]).split(" ", 1)[0]
        if seen.get(maker, 0) < each:
            kept.append(row)
            seen[maker] = seen.get(maker, 0) + 1
    return kept[:MOST_BARS]


def _watt_method(t: Translator) -> Any:
    return h("p", t(
        "Throughput and power of one source are divided; both must be undoubted. Epoch AI gives some makers’ figures"
        " for FP16 and BF16 alike and others’ for FP16 only: the two lists are not mixed. Chips whose power the maker"
        " does not state, such as Google’s since 2021, are left out."
    ))  # fmt: skip
