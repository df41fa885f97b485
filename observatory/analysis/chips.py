"""Accelerators compared: one value a chip and measure, who matches a reference, best so far.

A value is compared only where it is undoubted: of a source that is not weak, not marked as doubtful
or reckoned in the data, and with no source that says otherwise. The rest is shown, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

Row = Mapping[str, Any]
State = Literal["fine", "weak", "doubtful", "disputed"]

MEASURES: Final = ("memory_bandwidth_gbs", "memory_gb", "fp16_tflops", "process_nm", "tdp_w")
SMALLER: Final = frozenset({"process_nm", "tdp_w"})
"""Measures where less is better or at least no more is not less."""
TOLERANCE: Final = 0.02


@dataclass(frozen=True, slots=True)
class Value:
    """What is on file of one measure of a chip. `rivals` are (value, row id) of other sources."""

    value: float
    row_id: str
    source_id: str
    known_on: date | None
    state: State
    format: str = ""
    rivals: tuple[tuple[float, str], ...] = ()

    @property
    def fine(self) -> bool:
        return self.state == "fine"


@dataclass(frozen=True, slots=True)
class Chip:
    """One chip over all its sources. `status`: shipping, announced or empty (not stated)."""

    id: str
    name: str
    native: str
    org_id: str
    economy: str
    kind: str
    released: str
    start: date | None
    end: date | None
    status: str
    word: str
    row_id: str
    date_row: str
    values: Mapping[str, Value]
    rows: tuple[Row, ...]

    def fine(self, measure: str) -> float | None:
        """The undoubted value of a measure, else None."""
        found = self.values.get(measure)
        return found.value if found is not None and found.fine else None


def missing(value: object) -> bool:
    """None, NaN, NaT and empty text."""
    return value is None or value != value or str(value) in ("", "<NA>", "NaT", "nan", "None")


def _text(value: object) -> str:
    return "" if missing(value) else str(value)


def _day(value: Any) -> date | None:
    if missing(value):
        return None
    found: date = value.date() if hasattr(value, "date") else value
    return found


def _order(row: Row) -> tuple[bool, bool, int, str]:
    """Best row first: not weak, leading, latest."""
    known = _day(row.get("known_on"))
    return (
        row.get("confidence") == "low",
        not bool(row.get("is_lead")),
        -(known.toordinal() if known else 0),
        _text(row.get("row_id")),
    )


def apart(one: float, other: float) -> bool:
    """Whether two values of one thing differ beyond the tolerance of two percent."""
    return abs(one - other) > TOLERANCE * max(abs(one), abs(other))


def settle(rows: Sequence[Row], measure: str) -> Value | None:
    """The value of a measure over all sources of a chip, with its state; None if none states it."""
    stating = [row for row in sorted(rows, key=_order) if not missing(row.get(measure))]
    if not stating:
        return None
    best = stating[0]
    value = float(best[measure])
    rivals = tuple((float(row[measure]), _text(row["row_id"])) for row in stating[1:])
    agree = {
        _text(row.get("origin")) or _text(row.get("source_id"))
        for row in stating
        if not apart(value, float(row[measure]))
    }
    state: State = "fine"
    if any(measure in _text(row.get("not_compared")).split(";") for row in stating):
        state = "doubtful"
    elif any(apart(value, other) for other, _ in rivals):
        state = "disputed"
    elif all(row.get("confidence") == "low" for row in stating) and len(agree) < 2:
        state = "weak"
    return Value(
        value,
        _text(best["row_id"]),
        _text(best.get("source_id")),
        _day(best.get("known_on")),
        state,
        _text(best.get("fp16_format")) if measure == "fp16_tflops" else "",
        rivals,
    )


def gather(rows: Iterable[Row]) -> list[Chip]:
    """Chips from rows of `serve.chips` (with `origin` of the source), in order of their ids."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(row["chip_id"]), []).append(row)
    found = []
    for key, members in sorted(groups.items()):
        members.sort(key=_order)
        lead = next((row for row in members if row.get("is_lead")), members[0])
        dated = next((row for row in members if not missing(row.get("released"))), None)
        values = {name: value for name in MEASURES if (value := settle(members, name)) is not None}
        found.append(
            Chip(
                id=key,
                name=_text(lead["name"]),
                native=next((n for row in members if (n := _text(row.get("native_name")))), ""),
                org_id=_text(lead["org_id"]),
                economy=_text(lead["economy_id"]),
                kind=_text(lead["kind"]),
                released=_text(dated["released"]) if dated else "",
                start=_day(dated["period_start"]) if dated else None,
                end=_day(dated["period_end"]) if dated else None,
                status=next((s for row in members if (s := _text(row.get("chip_status")))), ""),
                word=_text(lead.get("status")),
                row_id=_text(lead["row_id"]),
                date_row=_text(dated["row_id"]) if dated else "",
                values=values,
                rows=tuple(members),
            )
        )
    return found


def matches(value: float, reference: float, measure: str) -> bool:
    """Whether a value is as good as a reference or better."""
    return value <= reference if measure in SMALLER else value >= reference


def matching(chips: Iterable[Chip], reference: Chip, measures: Sequence[str]) -> list[Chip]:
    """Accelerators that match or exceed a reference in all measures, by undoubted values only."""
    found = []
    for chip in chips:
        if chip.id == reference.id or chip.kind != "accelerator":
            continue
        pairs = [(chip.fine(name), reference.fine(name), name) for name in measures]
        if pairs and all(
            own is not None and other is not None and matches(own, other, name)
            for own, other, name in pairs
        ):
            found.append(chip)
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """A chip that set a record of its economy when it was released."""

    chip: Chip
    day: date
    value: float


def frontier(chips: Iterable[Chip], measure: str) -> dict[str, list[Step]]:
    """Best so far by economy, oldest first: shipping, dated accelerators with undoubted values."""
    usable = [
        (chip.end, value, chip)
        for chip in chips
        if chip.kind == "accelerator"
        and chip.status == "shipping"
        and chip.end is not None
        and (value := chip.fine(measure)) is not None
    ]
    usable.sort(key=lambda one: (one[0], one[1] if measure in SMALLER else -one[1], one[2].id))
    found: dict[str, list[Step]] = {}
    for day, value, chip in usable:
        steps = found.setdefault(chip.economy, [])
        if not steps or (
            value < steps[-1].value if measure in SMALLER else value > steps[-1].value
        ):
            steps.append(Step(chip, day, value))
    return found


def first_reached(steps: Sequence[Step], level: float, measure: str) -> Step | None:
    """The first step at a level or beyond."""
    return next((step for step in steps if matches(step.value, level, measure)), None)


@dataclass(frozen=True, slots=True)
class Efficiency:
    """Peak 16-bit throughput by design power, TFLOP/s a watt, with the format it stands in."""

    chip: Chip
    value: float
    format: str
    throughput: Value
    power: Value


def efficiencies(chips: Iterable[Chip], form: str) -> list[Efficiency]:
    """Accelerators with undoubted throughput of one format and power, the best first.

    Both are stated by the same source, so that they speak of the same card.
    """
    found = []
    for chip in chips:
        throughput, power = chip.values.get("fp16_tflops"), chip.values.get("tdp_w")
        if chip.kind != "accelerator" or throughput is None or power is None:
            continue
        if throughput.fine and power.fine and throughput.format == form:
            if throughput.source_id != power.source_id:
                continue
            value = throughput.value / power.value
            found.append(Efficiency(chip, value, form, throughput, power))
    return sorted(found, key=lambda one: (-one.value, one.chip.id))


__all__ = [
    "MEASURES", "SMALLER", "TOLERANCE", "Chip", "Efficiency", "State", "Step", "Value", "apart",
    "efficiencies", "first_reached", "frontier", "gather", "matches", "matching",
    "missing", "settle",
]  # fmt: skip
