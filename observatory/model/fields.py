"""Building blocks of the records: constrained texts, references, and what a cell may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from observatory.model.time import PeriodError, parse_period

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_LANGUAGES = frozenset(
    "en zh-Hans zh-Hant ja ko vi id ms th fil hi es fr de pt ru ar he ta te kn".split()
)


class Record(BaseModel):
    """A row of a curated table. Unknown columns are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def choices(record: type[Record], name: str) -> tuple[str, ...]:
    """The words a field may hold, where its vocabulary is closed; else none."""
    kind = record.model_fields[name].annotation
    for one in (kind, *get_args(kind)):
        if isinstance(one, type) and issubclass(one, StrEnum):
            return tuple(one)
        if one is bool:
            return ("true", "false")
    return ()


@dataclass(frozen=True, slots=True)
class Ref:
    """Foreign key: the value must stand in the first key column of this table."""

    table: str


@dataclass(frozen=True, slots=True)
class RefList:
    """Semicolon-separated ids of this table."""

    table: str


_UNSEEN = frozenset("\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the order of what stands around them, or make two texts look the same."""


def _text(value: str) -> str:
    if value != value.strip():
        raise ValueError("starts or ends with a space; expected the bare text")
    for char in value:
        if ord(char) < 32 and char not in "\n\t":
            raise ValueError(f"holds the control character U+{ord(char):04X}; expected plain text")
        if char in _UNSEEN:
            raise ValueError(f"holds the unseen character U+{ord(char):04X}; expected plain text")
    return value


def _number(value: Any) -> Any:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise ValueError(
            f"{value!r} is not a number; expected digits with an optional decimal point, "
            "no thousands separators and no unit, such as 12.5"
        )
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"-?[0-9]{1,18}", value):
        raise ValueError(f"{value!r} is not a whole number; expected digits only, such as 12")
    return value


def _flag(value: Any) -> Any:
    if isinstance(value, str) and value not in ("true", "false"):
        raise ValueError(f"{value!r} is neither 'true' nor 'false'")
    return value == "true" if isinstance(value, str) else value


def _period(value: str) -> str:
    try:
        parse_period(value)
    except PeriodError as error:
        raise ValueError(str(error)) from error
    return value


def _day(value: str) -> str:
    if parse_period(_period(value)).precision != "day":
        raise ValueError(f"{value!r} is no day; expected YYYY-MM-DD")
    return value


def _url(value: str) -> str:
    if not re.match(r"https?://[^\s/]+\.[^\s]+$", value):
        raise ValueError(f"{value!r} is no web address; expected http:// or https:// and a host")
    return value


def _language(value: str) -> str:
    if value not in _LANGUAGES:
        raise ValueError(
            f"{value!r} is no language tag we use; expected BCP 47 such as en, zh-Hans, ja, ko"
        )
    return value


Text = Annotated[str, Field(min_length=1), AfterValidator(_text)]
Id = Annotated[
    str,
    Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.+-]*$", max_length=160),
]
PeriodText = Annotated[str, AfterValidator(_period)]
Day = Annotated[str, AfterValidator(_day)]
Url = Annotated[str, AfterValidator(_url)]
Language = Annotated[str, AfterValidator(_language)]
Number = Annotated[float, Field(allow_inf_nan=False), BeforeValidator(_number)]
Positive = Annotated[Number, Field(gt=0)]
NonNegative = Annotated[Number, Field(ge=0)]
Whole = Annotated[int, BeforeValidator(_whole)]
Count = Annotated[Whole, Field(ge=0)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
EntityId = Annotated[
    str,
    Field(pattern=r"^([A-Z]{3}|CN-[A-Z]{2}|[a-z0-9][a-z0-9.+-]*)$", max_length=120),
]
