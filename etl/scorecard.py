"""`data/scorecard.yml`: read into typed rows, checked against the indicators, made into frames.

The file nests (pillars, indicators, presets), so it has a reader of its own; every fault says its
file and line like those of the other files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from etl.blocks import BlockReader, Blocks, Rows, add_file, mapping
from etl.context import Context
from etl.findings import Finding, error
from etl.read import Dataset, Row
from observatory.model import scorecard as model
from observatory.model.tables import Table
from observatory.model.vocab import Domain, ScoreTarget, ValueKind

FILE: Final = "scorecard.yml"
SECTIONS: Final = ("pillars", "indicators", "presets")
TABLES: Final = (
    Table("scorecard_pillars", model.ScorePillarRow, FILE, ("pillar",), "-"),
    Table("scorecard_indicators", model.ScoredIndicatorRow, FILE, ("indicator_id",), "-"),
    Table("scorecard_presets", model.ScorePresetRow, FILE, ("preset_id",), "-"),
    Table("scorecard_weights", model.ScoreWeightRow, FILE, ("preset_id", "kind", "target"), "-"),
)
DIVISIBLE: Final = (ValueKind.COUNT, ValueKind.MONEY, ValueKind.PHYSICAL)
"""Kinds of values that may be divided by people."""
ROUNDING: Final = 0.5
"""Points of a pillar may be rounded: so much either way for each pillar."""


def add_scorecard(data: Dataset) -> Dataset:
    """Read the file below ``data.root`` into the data set; faults go to its findings."""
    return add_file(data, FILE, SECTIONS, TABLES, "scorecard", _fill)


def _fill(blocks: Blocks, name: str, rows: Rows, faults: list[Finding]) -> None:
    reader = _Reader("scorecard", TABLES, name, rows, faults)
    nodes = {key: node for key, (_, node) in blocks.items()}
    for key, line, node in mapping(nodes.get("pillars"), name, 1, "pillars", faults):
        reader.add("scorecard_pillars", line, {"pillar": key, "meaning": reader.text(node, line)})
    for key, line, node in mapping(nodes.get("indicators"), name, 1, "indicators", faults):
        fields = reader.fields(node, line, key)
        reader.add("scorecard_indicators", line, {"indicator_id": key, **fields[0]}, fields[1])
    for key, line, node in mapping(nodes.get("presets"), name, 1, "presets", faults):
        reader.preset(key, line, node)


class _Reader(BlockReader):
    def fields(self, node: Any, line: int, key: str) -> tuple[dict[str, str], dict[str, int]]:
        """Scalar fields of a block and their lines."""
        values: dict[str, str] = {}
        lines: dict[str, int] = {}
        for field, at, value in mapping(node, self.name, line, repr(key), self.faults):
            lines[field] = at
            if (found := self.text(value, at)) != "":
                values[field] = found
        return values, lines

    def preset(self, key: str, line: int, node: Any) -> None:
        fields: dict[str, str] = {"preset_id": key}
        lines: dict[str, int] = {}
        for field, at, value in mapping(node, self.name, line, repr(key), self.faults):
            if field in ("pillars", "indicators"):
                kind = ScoreTarget.PILLAR if field == "pillars" else ScoreTarget.INDICATOR
                for target, place, weight in mapping(value, self.name, at, field, self.faults):
                    said = {"preset_id": key, "kind": str(kind), "target": target}
                    said["weight"] = self.text(weight, place)
                    self.add("scorecard_weights", place, said)
            else:
                lines[field] = at
                fields[field] = self.text(value, at)
        self.add("scorecard_presets", line, fields, lines)


def check(context: Context) -> Iterator[Finding]:
    """What the scorecard asks of the indicators, and of its own weights."""
    if not context.data.tables.get("scorecard_indicators") or not context.whole(
        "scorecard", "indicators"
    ):
        return
    yield from _indicators(context)
    yield from _pillars(context)
    yield from _presets(context)


def _wrong(row: Row, message: str) -> Finding:
    return error("scorecard", row.file, row.line, 1, message)


def _indicators(context: Context) -> Iterator[Finding]:
    taken: dict[tuple[str, str], str] = {}
    for row in context.rows("scorecard_indicators"):
        key, record = row.record.indicator_id, row.record
        indicator = context.indicators.get(key)
        if indicator is None:
            yield _wrong(row, f"{key!r} is no indicator; expected one of data/indicators")
            continue
        if indicator.higher_is_better is None:
            yield _wrong(row, f"{key!r} has no direction; expected higher_is_better true or false")
        if indicator.domain is Domain.CONTEXT:
            yield _wrong(row, f"{key!r} is context, which is never scored")
        if indicator.entity_type != "economy":
            yield _wrong(row, f"{key!r} is not measured for economies alone")
        if record.person_scale is not None and indicator.value_kind not in DIVISIBLE:
            kinds = ", ".join(DIVISIBLE)
            yield _wrong(
                row,
                f"{key!r} is a {indicator.value_kind}, which is never divided by people; expected {kinds}",
            )
        if indicator.value_kind is ValueKind.INDEX and record.composite is None:
            yield _wrong(row, f"{key!r} is an index; expected composite to name whose it is")
        if record.composite is not None:
            other = taken.setdefault((record.pillar, record.composite), key)
            if other != key:
                yield _wrong(
                    row,
                    f"{key!r} and {other!r} are both taken from {record.composite!r}; expected one in a pillar",
                )


def _pillars(context: Context) -> Iterator[Finding]:
    known = {row.record.pillar for row in context.rows("scorecard_pillars")}
    used = {row.record.pillar for row in context.rows("scorecard_indicators")}
    for row in context.rows("scorecard_indicators"):
        if row.record.pillar not in known:
            yield _wrong(row, f"pillar '{row.record.pillar}' is not among the pillars of the file")
    for row in context.rows("scorecard_pillars"):
        if row.record.pillar not in used:
            yield _wrong(row, f"pillar '{row.record.pillar}' has no indicator")


def _presets(context: Context) -> Iterator[Finding]:
    presets = context.rows("scorecard_presets")
    ids = [row.record.preset_id for row in presets]
    file = f"{context.data.root.name}/{FILE}"
    for name in model.PRESETS:
        if name not in ids:
            yield error("scorecard", file, 1, 1, f"the preset {name!r} is missing")
    pillars = {str(row.record.pillar) for row in context.rows("scorecard_pillars")}
    indicators = {row.record.indicator_id for row in context.rows("scorecard_indicators")}
    weights = context.rows("scorecard_weights")
    for row in weights:
        record = row.record
        is_pillar = record.kind is ScoreTarget.PILLAR
        if record.target not in (pillars if is_pillar else indicators):
            yield _wrong(row, f"{record.target!r} is no {record.kind} of the scorecard")
        if record.weight != int(record.weight):
            yield _wrong(
                row, f"{record.target}: {record.weight:g} is not whole; expected whole points"
            )
        if not is_pillar and record.weight > model.MAX_WEIGHT:
            yield _wrong(
                row, f"{record.target}: {record.weight:g}; expected at most {model.MAX_WEIGHT}"
            )
    sums: Counter[str] = Counter()
    given: dict[str, set[str]] = {key: set() for key in ids}
    for row in weights:
        if row.record.kind is ScoreTarget.PILLAR and row.record.preset_id in given:
            sums[row.record.preset_id] += row.record.weight
            given[row.record.preset_id].add(row.record.target)
    for row in presets:
        key = row.record.preset_id
        if missing := sorted(pillars - given[key]):
            yield _wrong(
                row, f"preset {key!r} gives no points to {', '.join(missing)}; write 0 for none"
            )
        elif abs(sums[key] - 100) > ROUNDING * len(pillars):
            yield _wrong(row, f"the points of preset {key!r} add up to {sums[key]:g}; expected 100")
