"""The translator: one object a language that turns facts into the reader's words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from observatory.i18n import formats, money, periods, units
from observatory.i18n.catalog import Messages, load_messages
from observatory.i18n.formats import Number
from observatory.i18n.languages import DEFAULT_LANGUAGE, KNOWN

PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


def N_(msgid: str) -> str:  # noqa: N802 - the gettext name for "translate this later"
    """Mark a text that is translated elsewhere (`t(label)`), so that it is extracted."""
    return msgid


def fill(pattern: str, values: dict[str, object]) -> str:
    """Put values into `{name}` places. Raises KeyError for a place without a value.

    Values are inserted once and as they are: braces in them are not read again.
    """
    return PLACEHOLDER.sub(lambda match: str(values[match[1]]), pattern)


class Translator:
    """Texts, numbers, money and periods in one language. Stateless: share it freely."""

    def __init__(self, lang: str, messages: Messages, data: Messages) -> None:
        self._lang = lang
        self._messages = messages
        self._data = data

    @property
    def lang(self) -> str:
        """The language id as in URLs, e.g. `zh-Hant`."""
        return self._lang

    @property
    def html_lang(self) -> str:
        """The value for `lang=` attributes."""
        return self._lang

    # Texts ---------------------------------------------------------------------------------

    def __call__(self, msgid: str, /, **values: object) -> str:
        """Translate an interface text; `{name}` places take the given values."""
        translated = self._messages.get(msgid)
        if translated is not None:
            try:
                return fill(translated, values)
            except KeyError:
                # A translator's slip in a placeholder must not take a page down.
                return fill(msgid, values)
        return fill(msgid, values)

    def n(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """Translate a text that depends on a count; `{n}` is the count with separators."""
        values = {"n": self.number(n), **values}
        english = singular if n == 1 else plural
        translated = self._messages.get_plural(singular, n)
        try:
            return fill(translated or english, values)
        except KeyError:
            return fill(english, values)

    def data(self, text: str) -> str:
        """Translate a name, unit label or definition of an indicator; else the English."""
        return self._data.get(text) or text

    def data_lang(self, text: str) -> str:
        """Return the language that `data` answers in for this text: for `lang=` marks."""
        return self._lang if self._data.get(text) is not None else DEFAULT_LANGUAGE

    # Numbers -------------------------------------------------------------------------------

    def number(self, x: Number, digits: int | None = None) -> str:
        """Print with `digits` decimals; None: at most two, no trailing zeros."""
        value = formats.to_decimal(x)
        return self._unknown() if value is None else formats.number(value, self._lang, digits)

    def sig(self, x: Number, n: int = 3) -> str:
        """Print with at most `n` significant digits."""
        value = formats.to_decimal(x)
        return self._unknown() if value is None else formats.sig(value, self._lang, n)

    def compact(self, x: Number, *, n: int = 3, long: bool = False) -> str:
        """Print in large units: `1.2 tn` (`long`: `1.2 trillion`), `1.2万亿`, `1.2兆`."""
        value = formats.to_decimal(x)
        if value is None:
            return self._unknown()
        return formats.compact(value, self._lang, n=n, long=long)

    def percent(self, x: Number, digits: int | None = None) -> str:
        """Print a value that is in percent already: 63.4 gives `63.4 %`."""
        value = formats.to_decimal(x)
        return self._unknown() if value is None else formats.percent(value, self._lang, digits)

    def signed(self, x: Number, digits: int | None = None) -> str:
        """Print a number with its sign, plus too."""
        value = formats.to_decimal(x)
        if value is None:
            return self._unknown()
        return formats.signed(formats.number(value, self._lang, digits), value)

    def signed_percent(self, x: Number, digits: int | None = None) -> str:
        """Print a relative change that is in percent already: `+11.2 %`."""
        value = formats.to_decimal(x)
        if value is None:
            return self._unknown()
        return formats.signed(formats.percent(value, self._lang, digits), value)

    def money(self, amount: Number, currency: str, compact: bool = True) -> str:
        """Print an amount in whole units of a currency (ISO 4217 code)."""
        value = formats.to_decimal(amount)
        if value is None:
            return self._unknown()
        return money.money(value, currency, self._lang, compact=compact)

    def currency(self, code: str) -> str:
        """Return the short mark of a currency in this language: `US$`, `米ドル`."""
        return money.currency_name(code, self._lang)

    # Values of indicators --------------------------------------------------------------------

    def value(
        self,
        x: Number,
        unit: str,
        unit_label: str = "",
        scale: Number = 1,
        currency: str | None = None,
        compact: bool = True,
        style: units.Style = "auto",
    ) -> str:
        """Print a value with the unit of its indicator (columns unit, unit_label, scale...).

        `style`: `auto` names the unit where a reader needs it (not for indices, whose scale
        the subtitle names), `full` always, `bare` never.
        """
        value = formats.to_decimal(x)
        if value is None:
            return self._unknown()
        read = units.read_unit(unit, unit_label, scale, currency or None)
        return units.format_value(value, read, self._lang, self.data, compact=compact, style=style)

    def unit(
        self, unit: str, unit_label: str = "", scale: Number = 1, currency: str | None = None
    ) -> str:
        """The unit of values as `value` prints them: `KRW` for values kept in `KRW million`."""
        read = units.read_unit(unit, unit_label, scale, currency or None)
        if read.whole(Decimal(1)) == 1:
            return self.data(read.label)
        if read.currency:
            return self.currency(read.currency)
        named = self.data(read.noun)
        return named if named != read.noun or self._lang == "en" else self.data(read.label)

    def exact(self, value: Number | str, unit_label: str = "") -> str:
        """Print all digits as the source has them, with separators and the unit label."""
        text = units.format_exact(value, unit_label, self._lang, self.data)
        return self._unknown() if text is None else text

    def change(
        self,
        x: Number,
        unit: str,
        unit_label: str = "",
        scale: Number = 1,
        currency: str | None = None,
    ) -> str:
        """Print the difference of two values of an indicator: `+11.2 points`, `up 2 places`."""
        value = formats.to_decimal(x)
        if value is None:
            return self._unknown()
        read = units.read_unit(unit, unit_label, scale, currency or None)
        return units.format_change(value, read, self._lang, self.data)

    # Order and time --------------------------------------------------------------------------

    def ordinal(self, n: int) -> str:
        """Print a place: `3rd`, `第3`, `3位`, `3위`."""
        return formats.ordinal(n, self._lang)

    def rank(self, place: int, base: int, *, tied: bool = False, economies: bool = True) -> str:
        """Print a place with its base: `3rd of 11`. `economies` False: of other things."""
        return formats.rank(place, base, self._lang, tied=tied, economies=economies)

    def list(self, items: Iterable[str]) -> str:
        """Join words: `A, B and C`."""
        return formats.join(items, self._lang)

    def parts(self, items: Iterable[str]) -> str:
        """Join the parts of a label with the language's comma: `A, B`, `A、B`, `A，B`."""
        return formats.comma(self._lang).join(item for item in items if item)

    @property
    def comma(self) -> str:
        """The comma between parts of a label, with its space where the language has one."""
        return formats.comma(self._lang)

    @property
    def stop(self) -> str:
        """The full stop."""
        return formats.stop(self._lang)

    @property
    def colon(self) -> str:
        """The colon, with its space where the language has one."""
        return formats.colon(self._lang)

    def sentences(self, items: Iterable[str]) -> str:
        """Join sentences, each closed with the language's full stop."""
        return formats.sentences(items, self._lang)

    def period(self, period: str) -> str:
        """Print a period or range of the data; any other text comes back unchanged."""
        return periods.format_period(period, self._lang)

    def date(self, day: date | str) -> str:
        """Print a day: `14 May 2026`. Takes a date, a datetime or an ISO text."""
        return periods.format_date(day, self._lang)

    def _unknown(self) -> str:
        return self(N_("not known"))

    def __repr__(self) -> str:
        return f"Translator({self._lang!r})"


@lru_cache(maxsize=len(KNOWN))
def translator(lang: str) -> Translator:
    """Return the translator of a language id of `KNOWN`. Raises KeyError for others."""
    if lang not in KNOWN:
        raise KeyError(f"no such language: {lang!r}; known: {', '.join(KNOWN)}")
    if lang == DEFAULT_LANGUAGE:
        return Translator(lang, Messages(), Messages())
    return Translator(lang, load_messages(lang, "messages"), load_messages(lang, "data"))
