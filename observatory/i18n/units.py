"""Values with the units that stand in the data: shares, ranks, compute, money, things counted.

The unit of an indicator (`USD million`, `percent`, `papers`) decides how its values are printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from observatory.i18n import formats
from observatory.i18n.languages import forms_of
from observatory.i18n.money import CURRENCIES, with_currency
from observatory.i18n.nouns import NOUNS, SUFFIXES

Style = Literal["auto", "full", "bare"]
"""auto: the unit where a reader needs it; full: always; bare: the number alone."""

_MONEY_UNIT: Final = re.compile(
    r"(?P<code>[A-Z]{3})(?: (?P<size>million|billion|trillion))?(?:,? (?P<rest>\S.*))?"
)
_SIZES: Final = {"million": 6, "billion": 9, "trillion": 12}
# Their level is only meaningful on the scale that the subtitle names.
_SCALE_ONLY: Final = frozenset(
    {"count", "elo", "index", "index 0-1", "index 0-100", "ratio", "standardised score"}
)
_WHOLE_COUNTS: Final = {
    "million persons": (6, "persons"),
    "10 thousand racks": (4, "racks"),
    "billion international dollars": (9, "international dollars"),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """How the unit of an indicator is read.

    `power`: the power of ten between the values and whole units; `noun`: what is counted;
    `currency`: the code of a money unit; `suffix`: what follows the currency ("per share").
    """

    name: str
    label: str
    power: int = 0
    factor: Decimal = Decimal(1)
    currency: str | None = None
    noun: str = ""
    suffix: str = ""

    def whole(self, x: Decimal) -> Decimal:
        """Return the value in whole units (dollars, persons) instead of millions of them."""
        return x.scaleb(self.power) if self.power else x * self.factor


def read_unit(
    name: str, label: str = "", scale: formats.Number = 1, currency: str | None = None
) -> Unit:
    """Read the unit columns of an indicator. What the unit's name says wins over `scale`."""
    label = label or name
    if name in _WHOLE_COUNTS:
        power, noun = _WHOLE_COUNTS[name]
        return Unit(name, label, power=power, noun=noun)
    match = _MONEY_UNIT.fullmatch(name)
    if match and match["code"] == (currency or match["code"]) and _is_money(match, currency):
        rest = (match["rest"] or "").strip("()")
        if match["size"]:
            return Unit(
                name, label, power=_SIZES[match["size"]], currency=match["code"], suffix=rest
            )
        factor = formats.to_decimal(scale) or Decimal(1)
        return Unit(name, label, factor=factor, currency=match["code"], suffix=rest)
    factor = formats.to_decimal(scale) or Decimal(1)
    return Unit(name, label, factor=factor, currency=currency, noun=name)


def _is_money(match: re.Match[str], currency: str | None) -> bool:
    # "GPU hours" or "TWh" would otherwise pass for a currency: only known shapes do.
    return currency is not None or match["code"] in CURRENCIES


def format_value(
    x: Decimal,
    unit: Unit,
    lang: str,
    translate: Callable[[str], str],
    *,
    compact: bool = True,
    style: Style = "auto",
) -> str:
    """Print a value with its unit. `translate` gives a unit label in the reader's language.

    `compact` False prints all digits of the value, still in whole units.
    """
    if unit.name == "percent":
        if style == "bare":
            return formats.percent(x, lang).removesuffix(formats.percent_sign(lang))
        if not compact:
            return formats.plain(x, lang) + formats.percent_sign(lang)
        return formats.percent(x, lang)
    if unit.name == "rank" and style != "bare" and x >= 1 and x == x.to_integral_value():
        return formats.ordinal(int(x), lang)
    whole = unit.whole(x)
    if unit.name == "FLOP" and compact:
        text = formats.scientific(whole, lang)
    elif compact:
        text = formats.compact(whole, lang)
    else:
        text = formats.plain(whole, lang)
    if style == "bare":
        return text
    if unit.currency:
        return _suffix(with_currency(text, unit.currency, lang), unit.suffix, lang, translate)
    if unit.name in _SCALE_ONLY:
        if style == "auto" or unit.name == "count":
            return text
        return f"{text} ({translate(unit.label)})"
    return with_noun(text, unit.noun, unit.label, lang, translate, one=whole == 1)


def with_noun(
    text: str,
    noun: str,
    label: str,
    lang: str,
    translate: Callable[[str], str],
    *,
    one: bool = False,
) -> str:
    """Put what is counted to a printed number: `1,234 papers`, `1,234篇论文`."""
    forms = NOUNS.get(noun)
    if forms is None or forms_of(lang) != lang:
        return f"{text}{formats.NBSP}{translate(label)}"
    pattern = forms.patterns.get(lang)
    if pattern is not None:
        return pattern.replace("{n}", text)
    return f"{text} {forms.singular if one else forms.plural}"


def _suffix(text: str, suffix: str, lang: str, translate: Callable[[str], str]) -> str:
    if not suffix:
        return text
    pattern = SUFFIXES.get(suffix, {}).get(lang)
    return pattern.replace("{amount}", text) if pattern else f"{text} ({translate(suffix)})"


def format_exact(
    value: formats.Number | str, label: str, lang: str, translate: Callable[[str], str]
) -> str | None:
    """Print all digits as the source has them, unit label behind; None if not a number.

    A text keeps its trailing zeros: `"2.40"` stays 2.40.
    """
    number = _from_text(value) if isinstance(value, str) else formats.to_decimal(value)
    if number is None:
        return None
    if abs(number) >= Decimal(10) ** 16:
        text = formats.scientific(number.normalize(), lang, None)
    else:
        text = formats.plain(Decimal(f"{number:f}"), lang, _decimals(number))
    if label in {"", "count"}:
        return text
    if label in {"%", "percent"}:
        return text + formats.percent_sign(lang)
    return f"{text}{formats.NBSP}{translate(label)}"


def _from_text(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def _decimals(x: Decimal) -> int:
    exponent = x.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


_POINTS: Final = {
    "en": "{n} points",
    "zh-Hans": "{n}个百分点",
    "zh-Hant": "{n}個百分點",
    "ja": "{n}ポイント",
    "ko": "{n}%p",
}
_PLACES: Final = {
    "en": ("up {n} place", "up {n} places", "down {n} place", "down {n} places"),
    "zh-Hans": ("上升{n}位", "上升{n}位", "下降{n}位", "下降{n}位"),
    "zh-Hant": ("上升{n}位", "上升{n}位", "下降{n}位", "下降{n}位"),
    "ja": ("{n}つ上昇", "{n}つ上昇", "{n}つ下降", "{n}つ下降"),
    "ko": ("{n}계단 상승", "{n}계단 상승", "{n}계단 하락", "{n}계단 하락"),
}


def format_change(x: Decimal, unit: Unit, lang: str, translate: Callable[[str], str]) -> str:
    """Print a difference of two values: `+11.2 points`, `−35 papers`, `up 2 places`.

    Differences of percentages are percentage points. A smaller rank is a better one, so a rank
    change below zero reads as a rise.
    """
    if unit.name == "rank" and x == x.to_integral_value() and x:
        size = abs(int(x))
        form = (0 if x < 0 else 2) + (0 if size == 1 else 1)
        return _PLACES[forms_of(lang)][form].replace("{n}", str(size))
    if unit.name == "percent":
        text = formats.percent(x, lang).removesuffix(formats.percent_sign(lang))
        return _POINTS[forms_of(lang)].replace("{n}", formats.signed(text, x))
    return formats.signed(format_value(x, unit, lang, translate), x)
