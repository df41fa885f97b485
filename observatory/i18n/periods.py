"""Periods and dates in words: `Q1 2026`, `2026年第1四半期`, `2026년 1분기`.

A period is YYYY, YYYY-MM, YYYY-MM-DD, YYYY-Qn, YYYY-Hn, FYYYYY or a range `A/B` of these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel import Locale

from observatory.i18n.languages import KNOWN, forms_of

_PERIOD: Final = re.compile(
    r"(?:(?P<fy>FY)(?P<fyear>\d{4})"
    r"|(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?))?)"
)
_MONTHS_EN: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_HALVES: Final = {
    "zh-Hans": ("上半年", "下半年"),
    "zh-Hant": ("上半年", "下半年"),
    "ja": ("上半期", "下半期"),
    "ko": ("상반기", "하반기"),
}
_DASH: Final = {"en": "–", "zh-Hans": "至", "zh-Hant": "至", "ja": "～", "ko": "~"}


@dataclass(frozen=True, slots=True)
class _Part:
    """A period split into the words for its year and for the rest of it."""

    kind: str
    year: str
    rest: str


def format_period(text: str, lang: str) -> str:
    """Print a canonical period or range; a text that is none comes back unchanged."""
    start_text, slash, end_text = text.strip().partition("/")
    start = _parse(start_text, lang)
    if start is None:
        return text
    if not slash:
        return _join(start, lang)
    end = _parse(end_text, lang)
    if end is None:
        return text
    return _range(start, end, lang)


def format_date(day: date | str, lang: str) -> str:
    """Print a day: `14 May 2026`, `2026年5月14日`. Takes a date or an ISO text."""
    text = day.isoformat() if isinstance(day, date) else day.strip()
    return format_period(re.split(r"[T ]", text, maxsplit=1)[0], lang)


def _parse(text: str, lang: str) -> _Part | None:
    match = _PERIOD.fullmatch(text)
    if match is None:
        return None
    if match["fy"]:
        return _Part("fiscal", match["fyear"], "")
    year = match["year"]
    if match["quarter"]:
        return _Part("quarter", year, _quarter(int(match["quarter"]), lang))
    if match["half"]:
        half = int(match["half"])
        own = _HALVES.get(lang)
        return _Part("half", year, own[half - 1] if own else f"H{half}")
    if match["day"]:
        return _Part("day", year, _day(int(match["month"]), int(match["day"]), lang))
    if match["month"]:
        return _Part("month", year, _month(int(match["month"]), lang))
    return _Part("year", year, "")


def _quarter(n: int, lang: str) -> str:
    return {
        "en": f"Q{n}",
        "zh-Hans": f"第{n}季度",
        "zh-Hant": f"第{n}季",
        "ja": f"第{n}四半期",
        "ko": f"{n}분기",
    }[forms_of(lang)]


def _month(month: int, lang: str) -> str:
    if forms_of(lang) == "en":
        return _month_name(month, lang)
    return f"{month}월" if lang == "ko" else f"{month}月"


def _day(month: int, day: int, lang: str) -> str:
    if forms_of(lang) == "en":
        return f"{day} {_month_name(month, lang)}"
    if lang == "ko":
        return f"{month}월 {day}일"
    return f"{month}月{day}日"


def _month_name(month: int, lang: str) -> str:
    """Short name of a month, where it stands before the year."""
    if lang == "en":
        return _MONTHS_EN[month - 1]
    names = Locale.parse(KNOWN[lang].locale).months["format"]["abbreviated"]
    return str(names[month])


def _join(part: _Part, lang: str) -> str:
    lang = forms_of(lang)
    if part.kind == "fiscal":
        return {
            "en": f"FY{part.year}",
            "zh-Hans": f"{part.year}财年",
            "zh-Hant": f"{part.year}會計年度",
            "ja": f"{part.year}年度",
            "ko": f"{part.year} 회계연도",
        }[lang]
    if lang == "en":
        return f"{part.rest} {part.year}".strip()
    if part.kind == "year":
        return {"ko": f"{part.year}년"}.get(lang, f"{part.year}年")
    if lang == "ko":
        return f"{part.year}년 {part.rest}"
    return f"{part.year}年{part.rest}"


def _range(start: _Part, end: _Part, lang: str) -> str:
    lang = forms_of(lang)
    dash = _DASH[lang]
    if start.kind == end.kind == "year":
        if lang == "en":
            return f"{start.year}–{end.year}"
        year = "년" if lang == "ko" else "年"
        return f"{start.year}{dash}{end.year}{year}"
    same_year = start.year == end.year and start.kind == end.kind and bool(start.rest)
    if not same_year:
        # Spaced dash between parts that hold spaces themselves.
        spaced = f" {dash} " if lang == "en" else dash
        return f"{_join(start, lang)}{spaced}{_join(end, lang)}"
    if lang == "en":
        spaced = " – " if start.kind == "day" else dash
        return f"{start.rest}{spaced}{end.rest} {end.year}"
    return f"{_join(start, lang)}{dash}{end.rest}"
