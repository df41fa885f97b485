"""Cells of the explorer's table: what a value of a column looks like, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from observatory.cards.card_model import Column
from observatory.cards.markup import Safe, external, h, icon, num, status_word, swatch
from observatory.cards.words import status_label
from observatory.db.explorer_fields import Kind, Table
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import links
from observatory.views.explorer import words
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]
_PROFILED: Final = frozenset((*SCOPE, *COMPARATORS))
_EXACT_FROM: Final = 1e16
"""Numbers of this size are powers of ten."""
_VALUES: Final = frozenset(
    {
        "value", "amount", "raise_amount", "usd", "score", "rmax_pflops", "params_b", "h100_equivalents", "chip_count",
        "fp16_tflops", "valuation_usd_m", "post_money_usd_m", "power_mw", "rank", "claimed_value",
    }
)  # fmt: skip
"""Numbers that open the receipt of their row."""
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "measure": ("indicator_id",),
    "unit": ("indicator_id",),
    "entity": ("entity_id", "entity_kind", "economy_id"),
    "value": ("value_text",),
    "org": ("org_id",),
    "benchmark": ("benchmark_id",),
    "model_name": ("model_id",),
    "title": ("policy_id",),
    "publisher": ("source_id",),
    "source_title": ("source_id", "source_url"),
    "rows_on_file": ("source_id",),
}
"""Columns that a column's cells read beside their own."""


def needed(table: Table, shown: tuple[str, ...]) -> list[str]:
    """Columns to ask for: those shown, what their cells read, and the row's id."""
    names = [*shown, *(more for one in shown for more in NEEDED.get(one, ()))]
    names += ["row_id"] if table.receipts else ["source_id"]
    if table.id in ("models", "organizations"):
        names += ["model_id" if table.id == "models" else "org_id"]
    if table.id == "observations":
        names += ["measure", "entity", "period"]
    return [one for one in dict.fromkeys(names) if one in table.fields]


def economy(catalogue: Catalogue, code: str) -> Safe:
    """An economy's colour and name; those with a profile lead there."""
    name = catalogue.name(code)
    if code in _PROFILED:
        label: Safe = h("a", name, href=links.economy(code), data_go=True)
    else:
        label = h("span", name)
    return h("span", swatch(code), label, cls="ex-e")


def entity(catalogue: Catalogue, row: Row) -> Safe:
    """Whose value it is: an economy, a province, an organisation."""
    kind, key = clean(row["entity_kind"]), clean(row["entity_id"])
    if kind == "economy":
        return economy(catalogue, key)
    label: Safe | str = clean(row["entity"])
    if kind == "organization":
        label = h("a", label, href=links.org(key), data_go=True)
    return h("span", swatch(clean(row["economy_id"])), label, cls="ex-e")


def measure(catalogue: Catalogue, key: str) -> Safe:
    """A measure's short name in the reader's language, leading to its page."""
    return h("a", catalogue.indicators[key].short, href=links.indicator(key), data_go=True)


def rounded(value: Any, t: Translator) -> str:
    """A number for the screen; all its digits stand in files and receipts."""
    number = int(value) if float(value).is_integer() else float(value)
    return t.number(number) if abs(number) < _EXACT_FROM else t.sig(float(value), 6)


class Cells:
    """Columns of one table for the screen."""

    def __init__(self, catalogue: Catalogue, table: Table) -> None:
        self.catalogue, self.table, self.t = catalogue, table, catalogue.t

    def columns(self, shown: tuple[str, ...]) -> tuple[Column, ...]:
        """The columns with their heads; the first cell of a row opens its receipt."""
        own = tuple(self.column(one) for one in shown)
        if not self.table.receipts:
            return own
        return (Column("row_id", self.t("Receipt"), show=self._receipt, sort=False), *own)

    def column(self, name: str) -> Column:
        """One column."""
        kind = self.table.fields[name]
        right = kind in ("number", "integer")
        return Column(
            name,
            words.name(name, self.t),
            "right" if right else "left",
            show=lambda value, row: self._show(name, kind, value, row),
            strong=name in ("measure", "name", "title"),
        )

    def _receipt(self, value: Any, row: Row) -> Safe:
        label = self.t("Receipt of row {id}", id=clean(value))
        return h("button", icon("receipt_long"), cls="ex-r", type="button", data_receipt=clean(value),
                 aria_label=label, title=label)  # fmt: skip

    def _show(self, name: str, kind: Kind, value: Any, row: Row) -> str | Safe:
        t = self.t
        if found := self._linked(name, value, row):
            return found
        if kind in ("number", "integer"):
            shown = self._figure(name, value, row)
            return (
                num(shown, clean(row.get("row_id")))
                if name in _VALUES and self.table.receipts
                else shown
            )
        match kind:
            case "flag":
                return words.yes_no("yes" if bool(value) else "no", t)
            case "date":
                return h("span", t.date(clean(value)[:10]), cls="ex-n")
            case "period":
                return h("span", t.period(clean(value)), cls="ex-n")
            case "word":
                if name == "status":
                    return status_word(clean(value), status_label(clean(value), t))
                return words.word(self.table.id, name, clean(value), t)
        if name in ("published", "founded", "effective_from", "span"):
            return t.period(clean(value))
        if name in ("document", "language"):
            return words.word(self.table.id, name, clean(value), t)
        if name == "unit" and self.table.id == "observations":
            return t.data(
                clean(self.catalogue.indicators[clean(row["indicator_id"])].row["unit_label"])
            )
        if name in ("unit", "claimed_unit"):
            return t.data(clean(value))
        return h("span", clean(value), cls="ex-t" if len(clean(value)) > 80 else None)

    def _figure(self, name: str, value: Any, row: Row) -> str:
        if name == "usd":
            return self.t.money(float(value), "USD")
        return rounded(value, self.t)

    def _linked(self, name: str, value: Any, row: Row) -> Safe | None:
        text = clean(value)
        match name:
            case "measure":
                return measure(self.catalogue, clean(row["indicator_id"]))
            case "entity":
                return entity(self.catalogue, row)
            case "economy_id" | "host_economy":
                return economy(self.catalogue, text)
            case "source_url" | "website":
                return external(text.removeprefix("https://").removeprefix("http://")[:60], text)
            case "source_title":
                return h(
                    "a", text, href=links.source(clean(row["source_id"])), data_go=True, cls="ex-t"
                )
            case "rows_on_file":
                return h("span", self.t.number(int(value)))
        targets: dict[str, tuple[str, Callable[[str], str]]] = {
            "org": ("org_id", links.org),
            "benchmark": ("benchmark_id", links.board),
            "model_name": ("model_id", links.model),
        }
        if self.table.id == "models":
            targets["name"] = ("model_id", links.model)
        if self.table.id == "organizations":
            targets["name"] = ("org_id", links.org)
        if self.table.id == "policies":
            targets["title"] = ("policy_id", links.policy)
        if name in targets:
            column, address = targets[name]
            if key := clean(row.get(column)):
                return h("a", text, href=address(key), data_go=True)
        return None
