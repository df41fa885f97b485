"""World Bank indicators: the API's JSON, or the long CSV of its mirror (a folder an indicator)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from etl.refresh.faults import Fault, listed
from etl.refresh.kit import Kit
from etl.refresh.received import Received
from etl.refresh.tabular import json_of, mapping, sequence

FIELDS = ("indicator", "countryiso3code", "date", "value")
_CODE = re.compile(r"[A-Z0-9]{2}(?:[._][A-Z0-9]{2,4}){1,4}")


def parse(kit: Kit) -> None:
    take: dict[str, dict[str, str]] = kit.upstream.spec.take["indicators"]
    first = int(kit.upstream.spec.take["first_year"])
    pairs: set[tuple[str, str]] = set()
    for item in kit.files:
        code, rows = _json(kit, item) if item.role == "api" else _csv(kit, item, take)
        wanted = take.get(code)
        if not wanted:
            kit.left_out[f"values of {code}, which we do not take"] += 1
            continue
        _title(item, code, wanted["title"], rows)
        indicator, source = wanted["indicator"], wanted["source"]
        if (indicator, source) in pairs:
            raise Fault(f"one file of {code}", "two", item.where)
        pairs.add((indicator, source))
        for economy, year, value, _ in rows:
            if value and year.isdigit() and int(year) >= first:
                entity = kit.economy(economy)
                if entity:
                    kit.observation(
                        item,
                        indicator,
                        source,
                        entity,
                        year,
                        value,
                        f"row {economy} {year}",
                        hint="official",
                    )
    kit.observations_of(pairs, lambda row: row["period"].isdigit())


Values = list[tuple[str, str, str, str]]
"""Economy code, year, value and name of the indicator."""


def _title(item: Received, code: str, title: str, rows: Values) -> None:
    """The name of a series holds its unit: a new name is a new definition or unit."""
    said = {name for *_, name in rows if name}
    if said - {title}:
        raise Fault(f"{code} to be {title!r}", listed(sorted(said - {title})), item.where)


def _json(kit: Kit, item: Received) -> tuple[str, Values]:
    document = sequence(json_of(item), item.where)
    head = document[0] if document else {}
    if isinstance(head, dict) and "message" in head:
        said = [part.get("value", "") for part in head["message"] if isinstance(part, dict)]
        raise Fault("values of an indicator", f"the message {listed(said)}", item.where)
    mapping(head, ("page", "pages", "total"), item.where)
    if head["pages"] != "1":
        raise Fault(
            "all values on one page (per_page=20000)", f"page 1 of {head['pages']}", item.where
        )
    records = sequence(document[1] if len(document) > 1 else None, item.where)
    kit.count(item, len(records))
    if str(head["total"]).isdigit() and int(head["total"]) != len(records):
        raise Fault(f"{head['total']} records as announced", f"{len(records)}", item.where)
    found: Values = []
    codes = set()
    for record in records:
        fields = mapping(record, FIELDS, item.where)
        codes.add(fields["indicator"]["id"])
        found.append(
            (
                fields["countryiso3code"] or _country(fields),
                fields["date"],
                "" if fields["value"] is None else str(fields["value"]),
                fields["indicator"].get("value", ""),
            )
        )
    if len(codes) != 1:
        raise Fault("one indicator a file", listed(sorted(codes)) or "none", item.where)
    return codes.pop(), found


def _country(fields: Any) -> str:
    country = fields.get("country")
    return str(country.get("id", "")) if isinstance(country, dict) else ""


def _csv(kit: Kit, item: Received, take: dict[str, dict[str, str]]) -> tuple[str, Values]:
    rows = kit.csv(item)
    codes = list(_codes(item, take))
    if len(codes) != 1:
        raise Fault(
            "the code of the indicator in the name of file or folder",
            repr(item.path or item.name),
            item.where,
        )
    return codes[0], [(row["Country Code"], row["Year"], row["Value"], "") for row in rows]


def _codes(item: Received, take: dict[str, dict[str, str]]) -> Iterator[str]:
    said = (item.path or item.address).upper().replace("_", ".")
    found = {match[0].removesuffix(".CSV") for match in _CODE.finditer(said)}
    known = {code for code in take if code in said}
    # The longest: NY.GDP.MKTP.CD and NY.GDP.MKTP.KD.ZG share a beginning with nothing else.
    if known:
        yield max(known, key=len)
    else:
        yield from sorted(found, key=len)[-1:]
