"""What is measured: how values of an indicator are written in labels, ticks and hover texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from observatory.i18n.even import Places, even, evened, shared
from observatory.i18n.formats import percent_sign

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
    places: tuple[tuple[str, Places], ...] = field(default=(), repr=False, kw_only=True)
    """Decimals that the values of one drawing share (`among`)."""

    def among(self, values: Iterable[float | None], t: Translator) -> Measure:
        """The measure as one drawing of these values writes it: all with the same decimals."""
        known = [value for value in values if value is not None]
        alone = replace(self, places=())
        found = shared([(alone.bare(value, t), value) for value in known])
        # The unit of a subclass stands around what this class writes.
        found |= shared([(Measure.full(alone, value, t), value) for value in known])
        return replace(self, places=tuple(found.items()))

    def bare(self, value: float, t: Translator) -> str:
        """Write a value without its unit: `37.1`, `2.4 bn`."""
        said = t.value(value, self.unit, self.unit_label, self.scale, self.currency, style="bare")
        return evened(said, value, dict(self.places)) if self.places else said

    def full(self, value: float, t: Translator) -> str:
        """Write a value with its unit: `37.1 %`, `US$2.4 bn`, `606 PFLOP/s`."""
        said = t.value(value, self.unit, self.unit_label, self.scale, self.currency, style="full")
        return evened(said, value, dict(self.places)) if self.places else said

    def ticks(self, values: Sequence[float], t: Translator) -> list[str]:
        """Write tick labels, ascending: numbers alone, the unit once at the largest.

        `0, 20, 40, 60 %` and `0, 2, 4, 6 bn`.
        """
        if not values:
            return []
        alone = replace(self, places=())
        top = max(values, key=abs)
        head = alone.bare(top, t)
        match = _PRINTED.fullmatch(head)
        tail = match[2] if match else ""
        if self.unit == "percent":
            labels = even([(alone.bare(value, t), value) for value in values])
            labels[-1] += percent_sign(t.lang)
            return labels
        if not match or not tail.strip() or top == 0:
            return even([(alone.bare(value, t), value) for value in values])
        factor = float(match[1].replace(",", "")) / abs(top)
        labels = even([(t.number(value * factor), value * factor) for value in values])
        labels[-1] += tail
        return labels


PLAIN: Final = Measure()
"""A plain number without a unit."""
