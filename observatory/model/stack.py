"""Records of `data/stack.yml`: layers of the stack, signs with their steps, words of suppliers."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, model_validator

from observatory.model import vocab as v
from observatory.model.fields import Id, Number, Record, Ref, Text, Whole
from observatory.model.reference import Organization

COUNTED: Final[dict[str, tuple[str, ...]]] = {
    "chips": ("org_id", "chip_id", "memory_bandwidth_gbs", "fp16_tflops"),
    "clusters": ("owner_org_id", "cluster_id", "h100_equivalents", "power_mw"),
    "models": ("model_id", "org_id", "params_b"),
    "ipo_events": ("org_id", "ipo_id"),
    "deals": ("deal_id", "org_id", "amount_usd_m"),
    "policies": ("policy_id",),
}
"""Tables that signs may read, and the columns they may count or take the largest of."""
CONDITIONS: Final[dict[str, tuple[str, ...]]] = {
    "chips": ("kind", "status"),
    "clusters": ("status", "owner"),
    "models": ("open_weights", "modality"),
    "ipo_events": ("stage", "org_layer"),
    "deals": ("kind", "commitment", "org_layer"),
    "policies": ("kind", "status", "actor"),
}
"""Conditions that rows of a table may be held to."""
NUMBERS: Final = frozenset(
    {"memory_bandwidth_gbs", "fp16_tflops", "h100_equivalents", "power_mw", "params_b",
     "amount_usd_m"}
)  # fmt: skip


class StackLayerRow(Record):
    """A layer of the stack."""

    layer: v.GradedLayer = Field(description="Layer")
    meaning: Text = Field(description="What it stands for")


class StackSignRow(Record):
    """A sign of a layer: where its value comes from, and from which values on it is medium and high."""

    sign_id: Id = Field(description="Identifier")
    layer: v.GradedLayer = Field(description="Layer it belongs to")
    kind: v.SignKind = Field(description="How its value is read")
    name: Text | None = Field(default=None, description="Name; that of the indicator if empty")
    indicator: Annotated[Id, Ref("indicators")] | None = Field(
        default=None, description="Indicator, for signs of this kind"
    )
    table: Id | None = Field(default=None, description="Table that is counted")
    column: Id | None = Field(default=None, description="Column that is counted or compared")
    board: Annotated[Id, Ref("benchmarks")] | None = Field(
        default=None, description="Board, for points behind the best"
    )
    id_without: Text | None = Field(
        default=None, description="Rows whose id holds this text are left out"
    )
    since: Whole | None = Field(
        default=None, ge=1990, le=2100, description="Year from which on values or rows count"
    )
    medium_from: Number = Field(description="Medium from this value on")
    high_from: Number = Field(description="High from this value on")
    why: Text = Field(description="Why these steps")

    @model_validator(mode="after")
    def _whole(self) -> StackSignRow:
        kind, counted = self.kind, self.kind in (v.SignKind.COUNT, v.SignKind.LARGEST)
        if (kind is v.SignKind.INDICATOR) != (self.indicator is not None):
            raise ValueError("an indicator belongs to signs of kind indicator, and only there")
        if (kind is v.SignKind.BEHIND) != (self.board is not None):
            raise ValueError("a board belongs to signs of kind behind, and only there")
        if counted != (self.table is not None and self.column is not None) or (
            not counted and (self.table or self.column or self.id_without)
        ):
            raise ValueError("table and column belong to signs of kind count and largest")
        if kind is v.SignKind.INDICATOR and self.since is None:
            raise ValueError("an indicator needs since: the year from which on values count")
        if kind is not v.SignKind.INDICATOR and not self.name:
            raise ValueError("a sign that is no indicator needs a name")
        if kind is v.SignKind.BEHIND:
            if not self.medium_from > self.high_from > 0:
                raise ValueError("points behind: expected medium_from above high_from above zero")
        elif self.medium_from >= self.high_from:
            raise ValueError(
                f"medium_from {self.medium_from:g} is not below high_from {self.high_from:g}"
            )
        if self.table is not None:
            self._table()
        return self

    def _table(self) -> None:
        known = COUNTED.get(str(self.table))
        if known is None:
            raise ValueError(f"table {self.table!r} cannot be read; expected {', '.join(COUNTED)}")
        if self.column not in known:
            raise ValueError(f"column {self.column!r} of {self.table}; expected {', '.join(known)}")
        if (self.kind is v.SignKind.LARGEST) != (self.column in NUMBERS):
            raise ValueError(f"{self.column!r}: largest needs numbers, count needs names or ids")


class StackConditionRow(Record):
    """A word that rows must hold to count for a sign; several words of one field: any of them."""

    sign_id: Id = Field(description="Sign")
    field: Id = Field(description="Column of the table, or org_layer, owner")
    word: Text = Field(description="Word it may hold")


class StackSupplierRow(Record):
    """A word that names a supplier."""

    kind: v.SupplyKind = Field(description="What it is looked for in")
    word: Text = Field(description="Word, in any case")
    org_id: Organization = Field(description="Who stands behind it")
