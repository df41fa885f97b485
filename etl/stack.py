"""`data/stack.yml`: the rule that grades layers of the stack; read, checked, made into frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import yaml

from etl.blocks import BlockReader, Blocks, Rows, add_file, mapping
from etl.context import Context
from etl.findings import Finding, error
from etl.read import Dataset, Row
from observatory.model import stack as model
from observatory.model import vocab as v
from observatory.model.tables import Table

FILE: Final = "stack.yml"
SECTIONS: Final = ("layers", "signs", "suppliers")
TABLES: Final = (
    Table("stack_layers", model.StackLayerRow, FILE, ("layer",), "-"),
    Table("stack_signs", model.StackSignRow, FILE, ("sign_id",), "-"),
    Table("stack_conditions", model.StackConditionRow, FILE, ("sign_id", "field", "word"), "-"),
    Table("stack_suppliers", model.StackSupplierRow, FILE, ("kind", "word"), "-"),
)
WORDS: Final[dict[str, frozenset[str]]] = {
    "chips.kind": frozenset(v.ChipKind),
    "chips.status": frozenset(v.ChipStatus),
    "clusters.status": frozenset(v.ClusterStatus),
    "clusters.owner": frozenset({"home"}),
    "models.open_weights": frozenset({"true", "false"}),
    "models.modality": frozenset(v.Modality),
    "ipo_events.stage": frozenset(v.IpoStage),
    "ipo_events.org_layer": frozenset(v.StackLayer),
    "deals.kind": frozenset(v.DealKind),
    "deals.commitment": frozenset(v.Commitment),
    "deals.org_layer": frozenset(v.StackLayer),
    "policies.kind": frozenset(v.PolicyKind),
    "policies.status": frozenset(v.PolicyStatus),
    "policies.actor": frozenset(v.PolicyActor),
}
"""Words that conditions may name, by table and field."""


def add_stack(data: Dataset) -> Dataset:
    """Read the file below ``data.root`` into the data set; faults go to its findings."""
    return add_file(data, FILE, SECTIONS, TABLES, "stack", _fill)


def _fill(blocks: Blocks, name: str, rows: Rows, faults: list[Finding]) -> None:
    reader = _Reader("stack", TABLES, name, rows, faults)
    for key, line, node in reader.block(blocks, "layers"):
        reader.add("stack_layers", line, {"layer": key, "meaning": reader.text(node, line)})
    for key, line, node in reader.block(blocks, "signs"):
        reader.sign(key, line, node)
    for kind, line, node in reader.block(blocks, "suppliers"):
        for word, at, org in mapping(node, name, line, repr(kind), faults):
            said = {"kind": kind, "word": word, "org_id": reader.text(org, at)}
            reader.add("stack_suppliers", at, said)


class _Reader(BlockReader):
    def block(self, found: Blocks, key: str) -> list[tuple[str, int, Any]]:
        line, node = found.get(key, (1, None))
        return mapping(node, self.name, line, key, self.faults)

    def words(self, node: Any, line: int) -> list[str]:
        """One word, or a list of them."""
        if isinstance(node, yaml.SequenceNode):
            return [self.text(item, line) for item in node.value]
        return [self.text(node, line)]

    def sign(self, key: str, line: int, node: Any) -> None:
        fields: dict[str, str] = {"sign_id": key}
        lines: dict[str, int] = {}
        for field, at, value in mapping(node, self.name, line, repr(key), self.faults):
            lines[field] = at
            if field != "where":
                fields[field] = self.text(value, at)
                continue
            for name, place, words in mapping(value, self.name, at, "where", self.faults):
                for word in self.words(words, place):
                    said = {"sign_id": key, "field": name, "word": word}
                    self.add("stack_conditions", place, said)
        self.add("stack_signs", line, fields, lines)


def check(context: Context) -> Iterator[Finding]:
    """What the rule asks of indicators, boards, conditions and suppliers."""
    if not context.data.tables.get("stack_signs") or not context.whole(
        "stack", "indicators", "benchmarks", "organizations"
    ):
        return
    yield from _layers(context)
    yield from _signs(context)
    yield from _conditions(context)
    for row in context.rows("stack_suppliers"):
        if row.record.org_id not in context.ids["organizations"]:
            yield _wrong(row, f"{row.record.org_id!r} is no organisation on file")


def _wrong(row: Row, message: str) -> Finding:
    return error("stack", row.file, row.line, 1, message)


def _layers(context: Context) -> Iterator[Finding]:
    file = f"{context.data.root.name}/{FILE}"
    told = {str(row.record.layer) for row in context.rows("stack_layers")}
    for layer in v.GradedLayer:
        if layer not in told:
            yield error("stack", file, 1, 1, f"the layer {layer.value!r} is missing")
    used = {str(row.record.layer) for row in context.rows("stack_signs")}
    for row in context.rows("stack_layers"):
        if str(row.record.layer) not in used:
            yield _wrong(row, f"layer {row.record.layer.value!r} has no sign")


def _signs(context: Context) -> Iterator[Finding]:
    taken: dict[tuple[str, str], str] = {}
    for row in context.rows("stack_signs"):
        record = row.record
        if record.kind is v.SignKind.BEHIND and record.board not in context.ids["benchmarks"]:
            yield _wrong(row, f"{record.board!r} is no benchmark on file")
        if record.kind is not v.SignKind.INDICATOR:
            continue
        indicator = context.indicators.get(record.indicator)
        if indicator is None:
            yield _wrong(
                row, f"{record.indicator!r} is no indicator; expected one of data/indicators"
            )
            continue
        if indicator.higher_is_better is not True:
            yield _wrong(row, f"{record.indicator!r} is not known to be better where it is higher")
        if indicator.domain is v.Domain.CONTEXT:
            yield _wrong(row, f"{record.indicator!r} is context, which is never graded")
        if indicator.entity_type != "economy":
            yield _wrong(row, f"{record.indicator!r} is not measured for economies alone")
        other = taken.setdefault((record.layer, record.indicator), record.sign_id)
        if other != record.sign_id:
            yield _wrong(row, f"{record.indicator!r} is a sign of this layer twice")


def _conditions(context: Context) -> Iterator[Finding]:
    tables = {
        row.record.sign_id: str(row.record.table or "") for row in context.rows("stack_signs")
    }
    for row in context.rows("stack_conditions"):
        record = row.record
        table = tables.get(record.sign_id, "")
        allowed = model.CONDITIONS.get(table, ())
        if record.field not in allowed:
            expected = ", ".join(allowed) or "no condition: no table is read"
            yield _wrong(row, f"{record.field!r} is no condition of {table!r}; expected {expected}")
            continue
        words = WORDS[f"{table}.{record.field}"]
        if record.word not in words:
            yield _wrong(
                row, f"{record.word!r} of {record.field!r}; expected {', '.join(sorted(words))}"
            )
