"""Printed numbers of one column or chart with the same number of decimals.

Each number is rounded on its own: 60.04 becomes `60` beside `59.9`. Side by side that reads as two
precisions. Here the texts are made even afterwards, from the exact values: 60.04 becomes `60.0`,
and 12.53 beside 5.32 becomes `12.53`, not `12.50`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from observatory.i18n.formats import Number, plain, round_places, to_decimal

_PRINTED: Final = re.compile(
    r"(?P<head>[^\d]*)(?P<number>\d[\d,]*(?:\.\d+)?)(?P<tail>.*)", re.DOTALL
)
_SIGNS: Final = "+-−±"
# What follows a number that is half of a range or a date.
_GOES_ON: Final = ("-", "–", "/", ":", ".")
USUAL: Final = 3
"""Significant digits of the rounding rules."""
_MOST: Final = USUAL + 1


@dataclass(frozen=True, slots=True)
class Places:
    """Decimals that numbers of one unit have: `least` all of them, up to `most` small ones."""

    least: int
    most: int
    power: int
    """The power of ten between the values and the numbers as they are printed."""


Shared = Mapping[str, Places]
"""What stands around a number (its unit) -> the decimals of such numbers."""


@dataclass(frozen=True, slots=True)
class _Read:
    head: str
    number: Decimal
    tail: str

    @property
    def around(self) -> str:
        """The unit: all but the number, its sign, and digits of a year behind it."""
        return self.head.rstrip(_SIGNS) + "\0" + re.sub(r"\d+", "0", self.tail)

    @property
    def decimals(self) -> int:
        exponent = self.number.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0


def _read(text: str) -> _Read | None:
    match = _PRINTED.fullmatch(text)
    if match is None or match["tail"].startswith(_GOES_ON):
        return None
    return _Read(match["head"], Decimal(match["number"].replace(",", "")), match["tail"])


def _power(read: _Read, value: Decimal) -> int | None:
    """The power of ten by which a value was printed smaller or larger; None where that is not it."""
    size = abs(value)
    if not size or not read.number:
        return None
    about = read.number.adjusted() - size.adjusted()
    for power in sorted((about - 1, about, about + 1), key=abs):
        if round_places(size.scaleb(power), read.decimals) == read.number:
            return power
    return None


def shared(cells: Sequence[tuple[str, Number]]) -> dict[str, Places]:
    """The decimals that texts of numbers and their exact values share, by their units.

    All numbers of a unit get as many as any of them needs, but no more than leave the largest at four
    digits; smaller ones then keep the digits of their rounding rule, zeros too. A unit whose texts do
    not say the values given is left out.
    """
    groups: dict[str, list[tuple[_Read, Decimal]]] = {}
    for text, number in cells:
        read, value = _read(text), to_decimal(number)
        if read is not None and value is not None:
            groups.setdefault(read.around, []).append((read, value))
    found: dict[str, Places] = {}
    for around, group in groups.items():
        decimals = max(read.decimals for read, _ in group)
        powers = {_power(read, value) for read, value in group if value and read.number}
        if not decimals or len(powers) != 1 or None in powers:
            continue
        digits = [(_whole(read.number), read.decimals) for read, _ in group if read.number]
        most = max(_MOST, *(whole + places for whole, places in digits if places), 0)
        room = most - max(whole for whole, _ in digits)
        found[around] = Places(max(0, min(decimals, room)), decimals, powers.pop() or 0)
    return found


def _whole(number: Decimal) -> int:
    """Digits before the point; below one, less the zeros behind it."""
    return number.adjusted() + 1


def evened(text: str, number: Number, places: Shared) -> str:
    """A printed number with the decimals that it shares; other texts as they are."""
    read, value = _read(text), to_decimal(number)
    one = places.get(read.around) if read is not None else None
    if read is None or value is None or one is None:
        return text
    usual = USUAL - _whole(read.number) if read.number else 0
    decimals = max(one.least, min(one.most, usual))
    if decimals <= read.decimals:
        return text
    exact = abs(value).scaleb(one.power)
    if round_places(exact, read.decimals) != read.number:
        return text
    return read.head + plain(round_places(exact, decimals), "en", decimals) + read.tail


def even(cells: Sequence[tuple[str, Number]]) -> list[str]:
    """The texts of numbers with their exact values, made even."""
    places = shared(cells)
    if not places:
        return [text for text, _ in cells]
    return [evened(text, number, places) for text, number in cells]


__all__ = ["USUAL", "Places", "Shared", "even", "evened", "shared"]
