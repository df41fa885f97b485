"""Reading a request: parameters into values, or the problem that says what is wrong with them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from observatory.api.problems import Problem, bad_value, unknown
from observatory.api.resources import (
    DEFAULT_LIMIT,
    FORMATS,
    KEPT,
    MAX_LIMIT,
    MAX_OFFSET,
    MAX_VALUES,
    Parameter,
    Resource,
)
from observatory.export.holdback import is_bulk
from observatory.model.scope import PRESETS
from observatory.model.time import PeriodError, parse_period

SHARED: Final = ("fields", "format", "limit", "offset", "build", "held_back")
_ID: Final = re.compile(r"[^\x00-\x1f\x7f,]{1,200}")
_CODE: Final = re.compile(r"[A-Z]{3}")
_BUILD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_COLUMN: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_FLAGS: Final = {"true": True, "1": True, "false": False, "0": False}
_FIRST: Final = dt.date(1900, 1, 1)
_LAST: Final = dt.date(2100, 12, 31)
PERIOD_FORMS: Final = "a period such as 2024, 2026-Q1, 2026-05, 2026-05-14, or two joined by .."


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of one subject. `given` holds values by parameter name, as bound later."""

    resource: Resource
    given: Mapping[str, Any]
    as_of: dt.date | None = None
    fields: tuple[str, ...] | None = None
    limit: int = DEFAULT_LIMIT
    offset: int = 0
    format: str | None = None
    build: str | None = None
    held: bool = False
    """Ask for the ids and sources of the rows that a bulk answer holds back, instead of the rows."""

    def is_bulk(self, rows: int) -> bool:
        """Whether so many rows of this are a copy in bulk: the rule of the explorer's files."""
        one = any(
            isinstance(value := self.given.get(name), list) and len(value) == 1
            for name in self.resource.single
        )
        return is_bulk(rows, 1 if one else None)

    def columns(self, known: Sequence[str]) -> list[str]:
        """Columns of the answer: those asked for in their order, and what every row keeps."""
        if self.fields is None:
            return list(known)
        if strange := [name for name in self.fields if name not in known]:
            raise bad_value(
                "fields", ",".join(strange), "columns that the rows have", known=list(known)
            )
        return list(dict.fromkeys((*self.fields, *(name for name in KEPT if name in known))))


def known_names(resource: Resource) -> list[str]:
    """Every parameter that an address takes."""
    own = [one.name for one in resource.parameters]
    return [*own, *(("as_of",) if resource.dated else ()), *SHARED]


def _one(pairs: Sequence[tuple[str, str]], name: str) -> str | None:
    """A parameter that may stand once; empty counts as absent."""
    values = [value.strip() for key, value in pairs if key == name]
    if len(values) > 1:
        raise bad_value(name, ",".join(values), "it may stand once only")
    return values[0] if values and values[0] else None


def _list(pairs: Sequence[tuple[str, str]], name: str) -> list[str]:
    """Values of a list, from commas and from repeated parameters."""
    parts = [part.strip() for key, value in pairs if key == name for part in value.split(",")]
    values = list(dict.fromkeys(part for part in parts if part))
    if len(values) > MAX_VALUES:
        raise bad_value(name, f"{values[0]},…", f"at most {MAX_VALUES} values")
    return values


def day(name: str, value: str) -> dt.date:
    """A day; Problem if it is none."""
    try:
        if len(value) != 10 or not value.isascii():
            raise ValueError(value)  # noqa: TRY301 - other ISO forms are not part of the interface
        found = dt.date.fromisoformat(value)
    except ValueError:
        raise bad_value(name, value, "a day such as 2026-03-01") from None
    if not _FIRST <= found <= _LAST:
        raise bad_value(name, value, "a day between 1900 and 2100")
    return found


def period(name: str, value: str) -> list[dt.date]:
    """First and last day of a period or of two joined by dots; Problem if it is none."""
    first, dots, last = value.partition("..")
    try:
        start = parse_period(first) if first else None
        end = (parse_period(last) if last else None) if dots else start
    except PeriodError:
        raise bad_value(name, value, PERIOD_FORMS) from None
    if start is None and end is None:
        raise bad_value(name, value, PERIOD_FORMS)
    days = [start.start if start else _FIRST, end.end if end else _LAST]
    if days[0] > days[1]:
        raise bad_value(name, value, "the first period begins before the last one ends")
    return days


def _economies(name: str, values: Sequence[str]) -> list[str]:
    found: list[str] = []
    for value in values:
        if value.lower() in PRESETS:
            found += PRESETS[value.lower()]
        elif value.isascii() and _CODE.fullmatch(value.upper()):
            found.append(value.upper())
        else:
            raise bad_value(name, value, "ISO 3166-1 alpha-3 codes or one of " + ", ".join(PRESETS))
    return list(dict.fromkeys(found))


def _number(pairs: Sequence[tuple[str, str]], name: str, default: int, low: int, high: int) -> int:
    value = _one(pairs, name)
    if value is None:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", value) or not low <= int(value) <= high:
        raise bad_value(name, value, f"a whole number from {low} to {high}")
    return int(value)


def _value(one: Parameter, pairs: Sequence[tuple[str, str]]) -> Any:
    """The value of one parameter; None if it is absent."""
    if one.kind in {"day", "period", "flag"}:
        text = _one(pairs, one.name)
        if text is None:
            return None
        if one.kind == "flag":
            if text.lower() not in _FLAGS:
                raise bad_value(one.name, text, "true or false")
            return _FLAGS[text.lower()]
        return day(one.name, text) if one.kind == "day" else period(one.name, text)
    values = _list(pairs, one.name)
    if not values:
        return None
    if one.kind == "economies":
        return _economies(one.name, values)
    if one.kind == "words":
        if strange := [value for value in values if value not in one.words]:
            raise bad_value(one.name, strange[0], "one of " + ", ".join(one.words))
    elif strange := [value for value in values if not _ID.fullmatch(value)]:
        raise bad_value(one.name, strange[0], "ids of at most 200 signs")
    return values


def read(resource: Resource, pairs: Sequence[tuple[str, str]], wanted_id: str | None = None) -> Ask:
    """A request's query as an `Ask`. Raises Problem, naming what cannot be used.

    `wanted_id` comes from an address such as `/deals/<id>` and stands for `id=`.
    """
    names = known_names(resource)
    if wanted_id is not None:
        names.remove("id")
    if strange := [name for name, _ in pairs if name not in names]:
        raise unknown(list(dict.fromkeys(strange)), names)
    given: dict[str, Any] = {}
    for one in resource.parameters:
        value = [wanted_id] if one.name == "id" and wanted_id is not None else _value(one, pairs)
        if value is not None:
            given[one.name] = value
    fields = _list(pairs, "fields") or None
    if fields and (strange := [name for name in fields if not _COLUMN.fullmatch(name)]):
        raise bad_value("fields", strange[0], "names of columns")
    build = _one(pairs, "build")
    if build is not None and not _BUILD.fullmatch(build):
        raise bad_value("build", build, "the id of a build")
    as_of = _one(pairs, "as_of") if resource.dated else None
    form = _one(pairs, "format")
    if form is not None and form not in FORMATS:
        raise bad_value("format", form, "one of " + ", ".join(FORMATS))
    held = _one(pairs, "held_back")
    if held not in {None, "ids"}:
        raise bad_value("held_back", str(held), "ids")
    return Ask(
        resource, given,
        as_of=day("as_of", as_of) if as_of else None,
        fields=tuple(fields) if fields else None,
        limit=_number(pairs, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT),
        offset=_number(pairs, "offset", 0, 0, MAX_OFFSET),
        format=form, build=build, held=held is not None,
    )  # fmt: skip


def negotiate(accept: str) -> str:
    """The format that an Accept header prefers: the order of quality, then of the header.

    Problem 406 if none of ours will do. Media ranges that are no media ranges are passed over.
    """
    if not accept.strip():
        return "json"
    offers: list[tuple[float, int, str]] = []
    parameter: Callable[[str], str] = lambda part: part.strip().lower()  # noqa: E731
    for place, entry in enumerate(accept[:2000].split(",")):
        media, *rest = map(parameter, entry.split(";"))
        quality = 1.0
        for part in rest:
            if part.startswith("q="):
                try:
                    quality = float(part[2:])
                except ValueError:
                    quality = 0.0
        for name, own in FORMATS.items():
            group = own.partition("/")[0] + "/*"
            if media in {own, "*/*", group} and quality > 0:
                # What is named outright goes before what is only allowed.
                offers.append((-quality, place + (0 if media == own else 1000), name))
                break
    if not offers:
        raise Problem(
            406,
            "the answer can be " + ", ".join(dict.fromkeys(FORMATS.values())),
            {"formats": list(FORMATS)},
        )
    return min(offers)[2]
