"""What is measured: how values of an indicator are written in labels, ticks and hover texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from observatory.i18n import Translator

_PRINTED: Final = re.compile(r"[-−]?([\d.,]+)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Measure:
    """The unit columns of an indicator, as the data have them, and its name for the reader.

    `unit`, `unit_label`, `scale`, `currency` are passed to `Translator.value` unchanged; `name`
    and `unit_label` are in the reader's language already where the caller translated them.
    """

    name: str = ""
    unit: str = ""
    unit_label: str = ""
    scale: float = 1.0
    currency: str | None = None
    higher_is_better: bool = True

    def bare(self, value: float, t: Translator) -> str:
        """Write a value without its unit: `37.1`, `2.4 bn`."""
        return t.value(value, self.unit, self.unit_label, self.scale, self.currency, style="bare")

    def full(self, value: float, t: Translator) -> str:
        """Write a value with its unit: `37.1 %`, `US$2.4 bn`, `606 PFLOP/s`."""
        return t.value(value, self.unit, self.unit_label, self.scale, self.currency, style="full")

    def ticks(self, values: Sequence[float], t: Translator) -> list[str]:
        """Write tick labels, ascending: numbers alone, the unit once at the largest.

        `0, 20, 40, 60 %` and `0, 2, 4, 6 bn`.
        """
        if not values:
            return []
        top = max(values, key=abs)
        head = self.bare(top, t)
        match = _PRINTED.fullmatch(head)
        tail = match[2] if match else ""
        if self.unit == "percent":
            labels = [self.bare(value, t) for value in values]
            labels[-1] = t.percent(values[-1])
            return labels
        if not match or not tail.strip() or top == 0:
            return [self.bare(value, t) for value in values]
        factor = float(match[1].replace(",", "")) / abs(top)
        labels = [t.number(value * factor) for value in values]
        labels[-1] += tail
        return labels


PLAIN: Final = Measure()
"""A plain number without a unit."""
