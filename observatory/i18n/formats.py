"""Numbers as a reader of each language writes them.

Between a number and its unit stands a no-break space (U+00A0); a negative number carries a
true minus (U+2212). Both are for display: exports take the raw values.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from numbers import Integral
from typing import Final, SupportsFloat

from babel.lists import format_list
from babel.numbers import NumberPattern, parse_pattern

from observatory.i18n.languages import KNOWN, forms_of

Number = SupportsFloat | Decimal | None
"""What the formatters take. None, NaN and infinities mean "not known"."""

NBSP: Final = "\u00a0"
MINUS: Final = "\u2212"
_SUPERSCRIPT: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")

# Below the first step a number is printed in full: 99,999 is as short as 9.99萬 and says more.
_STEPS: Final[dict[str, tuple[tuple[int, str], ...]]] = {
    "en": ((12, f"{NBSP}tn"), (9, f"{NBSP}bn"), (6, f"{NBSP}m")),
    "zh-Hans": ((12, "万亿"), (8, "亿"), (4, "万")),
    "zh-Hant": ((12, "兆"), (8, "億"), (4, "萬")),
    "ja": ((12, "兆"), (8, "億"), (4, "万")),
    "ko": ((12, "조"), (8, "억"), (4, "만")),
}
_LONG_ENGLISH: Final = ((12, f"{NBSP}trillion"), (9, f"{NBSP}billion"), (6, f"{NBSP}million"))
_FULL_BELOW: Final = {"en": Decimal(10) ** 6}
_FULL_BELOW_CJK: Final = Decimal(10) ** 5
_SCIENTIFIC_FROM: Final = Decimal(10) ** 16
_SCIENTIFIC_BELOW: Final = Decimal(10) ** -4
KEPT: Final = 8192
"""Printed numbers of a kind that are kept: new views print mostly what others have printed."""


def to_decimal(x: Number) -> Decimal | None:
    """Return `x` as the shortest decimal that stands for it; None where it is not a number."""
    try:
        if isinstance(x, Decimal):
            value = x
        elif isinstance(x, Integral):
            value = Decimal(int(x))
        else:
            value = Decimal(repr(float(x)))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return value if value.is_finite() else None


def round_sig(x: Decimal, n: int) -> Decimal:
    """Round to `n` significant digits, halves away from zero."""
    if n < 1:
        raise ValueError(f"significant digits must be at least 1, not {n}")
    if not x:
        return Decimal(0)
    with localcontext() as context:
        context.prec, context.rounding = n, ROUND_HALF_UP
        return +x


def round_places(x: Decimal, places: int) -> Decimal:
    """Round to `places` decimals, halves away from zero."""
    with localcontext() as context:
        context.prec = max(28, abs(x.adjusted()) + places + 3)
        return x.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@lru_cache(maxsize=64)
def _pattern(least: int, most: int) -> NumberPattern:
    decimals = "0" * least + "#" * (most - least)
    return parse_pattern("#,##0" + (f".{decimals}" if decimals else ""))


def plain(x: Decimal, lang: str, least_decimals: int = 0) -> str:
    """Print every digit of `x`, with the separators of the language."""
    exponent = x.as_tuple().exponent
    most = max(0, -exponent) if isinstance(exponent, int) else 0
    most = max(most, least_decimals)
    with localcontext() as context:
        # Babel rounds in the current context, which refuses more than its 28 digits.
        context.prec = max(28, x.adjusted() + most + 3)
        text: str = _pattern(least_decimals, most).apply(
            x.copy_abs(), KNOWN[lang].locale, decimal_quantization=False
        )
    return f"{MINUS}{text}" if x < 0 and text.strip("0.,") else text


def scientific(x: Decimal, lang: str, digits: int | None = 3) -> str:
    """Print as `5.02 × 10²⁶`; `digits` None keeps all of them."""
    if digits is not None:
        x = round_sig(x, digits)
    if not x:
        return "0"
    exponent = x.adjusted()
    mantissa = plain(x.scaleb(-exponent).normalize(), lang)
    return f"{mantissa}{NBSP}×{NBSP}10{str(exponent).translate(_SUPERSCRIPT)}"


@lru_cache(maxsize=KEPT)
def number(x: Decimal, lang: str, digits: int | None = None) -> str:
    """Print with `digits` decimals; None: at most two, three significant digits below one."""
    if digits is not None:
        return plain(round_places(x, digits), lang, digits)
    if abs(x) < 1:
        return sig(x, lang, 3)
    return plain(_strip(round_places(x, 2)), lang)


@lru_cache(maxsize=KEPT)
def sig(x: Decimal, lang: str, n: int = 3) -> str:
    """Print with at most `n` significant digits, no trailing zeros after the point."""
    if x and (abs(x) >= _SCIENTIFIC_FROM or abs(x) < _SCIENTIFIC_BELOW):
        return scientific(x, lang, n)
    return plain(_strip(round_sig(x, n)), lang)


@lru_cache(maxsize=KEPT)
def compact(x: Decimal, lang: str, *, n: int = 3, long: bool = False) -> str:
    """Print in the large units of the language, with at most `n` significant digits.

    In full below a million in English (`45,210`) and below 100,000 in the others; from 10^16
    on as a power of ten. `long` writes English units out.
    """
    size = abs(x)
    if size < 1000:
        rounded = round_sig(x, n)
        if abs(rounded) < 1000:
            return sig(x, lang, n)
        return plain(_strip(rounded), lang)
    if round_places(size, 0) < _FULL_BELOW.get(forms_of(lang), _FULL_BELOW_CJK):
        return plain(round_places(x, 0), lang)
    # Rounded before the unit is chosen: 999.9 million is 1 billion, not 1,000 million.
    rounded = round_sig(x, n)
    if abs(rounded) >= _SCIENTIFIC_FROM:
        return scientific(x, lang, n)
    steps = _LONG_ENGLISH if long and lang == "en" else _STEPS[forms_of(lang)]
    power, unit = next(step for step in steps if abs(rounded) >= Decimal(10) ** step[0])
    return plain(_strip(rounded.scaleb(-power)), lang) + unit


@lru_cache(maxsize=KEPT)
def percent(x: Decimal, lang: str, digits: int | None = None) -> str:
    """Print a value that is already in percent: `63.4 %` in English, `63.4%` in the others.

    `digits` None: one decimal, two significant digits below one, none from 1,000 on.
    """
    if digits is not None:
        text = number(x, lang, digits)
    elif abs(x) < 1:
        text = sig(x, lang, 2)
    else:
        text = plain(_strip(round_places(x, 1 if abs(x) < 1000 else 0)), lang)
    return text + percent_sign(lang)


def percent_sign(lang: str) -> str:
    """Return the sign with the space that the language puts before it."""
    return f"{NBSP}%" if forms_of(lang) == "en" else "%"


def signed(text: str, x: Decimal) -> str:
    """Put a plus before the printed number `text` where `x` is above zero."""
    return f"+{text}" if x > 0 else text


def ordinal(n: int, lang: str) -> str:
    """Print a place in an order: `3rd`, `第3`, `3位`, `3위`."""
    lang = forms_of(lang)
    if lang == "ja":
        return f"{n}位"
    if lang == "ko":
        return f"{n}위"
    if lang != "en":
        return f"第{n}"
    suffix = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


def rank(place: int, base: int, lang: str, *, tied: bool = False, economies: bool = True) -> str:
    """Print a rank with its base: `3rd of 11`, `11経済圏中3位`.

    `economies` False leaves the noun out, for ranks of firms, models and the like.
    """
    lang = forms_of(lang)
    if lang == "en":
        return f"{'joint ' if tied else ''}{ordinal(place, lang)} of {base}"
    if lang == "ja":
        return f"{base}{'経済圏' if economies else ''}中{place}位{'タイ' if tied else ''}"
    if lang == "ko":
        what = "개 경제권" if economies else "개"
        return f"{base}{what} 중 {'공동 ' if tied else ''}{place}위"
    simplified = lang == "zh-Hans"
    what = ("个" if simplified else "個") + ("" if not economies else _ECONOMIES_ZH[lang])
    joint = ("并列" if simplified else "並列") if tied else ""
    return f"{base}{what}中{joint}第{place}"


_ECONOMIES_ZH: Final = {"zh-Hans": "经济体", "zh-Hant": "經濟體"}


def join(items: Iterable[str], lang: str) -> str:
    """Join words into a list: `A, B and C`, `A、B和C`, `A、B、C`, `A, B 및 C`."""
    locale = "en_GB" if lang == "en" else KNOWN[lang].locale
    return format_list(list(items), locale=locale)


def _strip(x: Decimal) -> Decimal:
    """Drop trailing zeros after the point and any exponent, whatever the length."""
    text = f"{x:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def comma(lang: str) -> str:
    """The comma between parts of a label."""
    return {"ja": "、", "zh-Hans": "，", "zh-Hant": "，"}.get(lang, ", ")


def stop(lang: str) -> str:
    """The full stop."""
    return "。" if lang in ("ja", "zh-Hans", "zh-Hant") else "."


def colon(lang: str) -> str:
    """The colon between a lead word and its sentence."""
    return "：" if lang in ("ja", "zh-Hans", "zh-Hant") else ": "


def sentences(items: Iterable[str], lang: str) -> str:
    """Sentences one after another; a full stop is added where one has none."""
    end = stop(lang)
    gap = " " if end == "." else ""
    closed = [
        item
        if item.rstrip().endswith((".", "。", "!", "?", "！", "？"))
        else item.rstrip(".") + end
        for item in items
        if item
    ]
    return gap.join(closed)
