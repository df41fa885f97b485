"""Rows as JSON, CSV or Parquet, with what a program needs to know about them beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

import orjson
import pyarrow as pa

from observatory.api.ask import Ask
from observatory.api.resources import FORMATS
from observatory.db.listing import Page
from observatory.export.csv import to_csv
from observatory.export.holdback import QUOTED_ROWS
from observatory.export.parquet import to_parquet
from observatory.export.table import Field, Held, Kind, Provenance

OWN_LICENCE: Final = "CC BY 4.0"
NAME: Final = "East Asia AI Observatory"


@dataclass(frozen=True, slots=True)
class Answer:
    """A body with its type and the headers that describe it."""

    body: bytes
    media: str
    headers: Mapping[str, str]


def texts(table: pa.Table) -> pa.Table:
    """The table with words of closed lists as plain text."""
    columns = [
        column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
        for column in table.columns
    ]
    return pa.table(dict(zip(table.column_names, columns, strict=True)))


def why_held_back(ask: Ask, page: Page) -> str:
    """The sentence that says what is missing from a bulk answer; empty if nothing is."""
    if not page.held_back or ask.held:
        return ""
    parts = [f"{n} {reuse}" for reuse, n in sorted(page.held_back.items())]
    one = " or ".join(ask.resource.single)
    return (
        f"More than {QUOTED_ROWS} rows are a copy in bulk, and rows whose source has no open licence are held back "
        f"from it: {' and '.join(parts)}. Selections of up to {QUOTED_ROWS} rows in all"
        f"{f', or with one {one},' if one else ''} show all with credit; held_back=ids lists what is missing."
    )


def address(ask: Ask, path: str, base: str, build_id: str, offset: int) -> str:
    """The address of another page of the same rows, bound to the build."""
    query: list[tuple[str, str]] = []
    for name, value in ask.given.items():
        if "/" in path.removeprefix(ask.resource.path) and name == "id":
            continue
        if isinstance(value, bool):
            query.append((name, str(value).lower()))
        elif name in {"since", "until"}:
            query.append((name, value.isoformat()))
        elif isinstance(value, list) and value and not isinstance(value[0], str):
            query.append((name, f"{value[0].isoformat()}..{value[1].isoformat()}"))
        else:
            query.append((name, ",".join(value)))
    if ask.as_of:
        query.append(("as_of", ask.as_of.isoformat()))
    if ask.fields:
        query.append(("fields", ",".join(ask.fields)))
    if ask.format:
        query.append(("format", ask.format))
    if ask.held:
        query.append(("held_back", "ids"))
    query += [("limit", str(ask.limit)), ("offset", str(offset)), ("build", build_id)]
    return f"{base}{path}?{urlencode(query, safe=',')}"


def _links(ask: Ask, page: Page, path: str, base: str, build_id: str) -> dict[str, str]:
    links = {"self": address(ask, path, base, build_id, ask.offset)}
    if ask.offset + ask.limit < page.total:
        links["next"] = address(ask, path, base, build_id, ask.offset + ask.limit)
    if ask.offset:
        links["prev"] = address(ask, path, base, build_id, max(0, ask.offset - ask.limit))
    return links


def meta(ask: Ask, page: Page, build_id: str, data_date: str) -> dict[str, Any]:
    """What is said about the rows: how many, of which build, what is held back and why."""
    return {
        "resource": ask.resource.name,
        "build_id": build_id,
        "data_date": data_date,
        "as_of": ask.as_of.isoformat() if ask.as_of else None,
        "total": page.total,
        "count": page.rows.num_rows,
        "limit": ask.limit,
        "offset": ask.offset,
        "held_back": {"rows": sum(page.held_back.values()), **page.held_back},
        "held_back_because": why_held_back(ask, page),
        "single_by": list(ask.resource.single),
        "licence_of_selection": OWN_LICENCE,
        "credit": f"{NAME}, build {build_id}; and the source of each row",
    }


def _records(table: pa.Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = table.to_pylist()
    return found


def _kind(one: pa.DataType) -> Kind:
    if pa.types.is_integer(one):
        return "integer"
    if pa.types.is_floating(one) or pa.types.is_decimal(one):
        return "number"
    if pa.types.is_boolean(one):
        return "flag"
    return "date" if pa.types.is_date(one) else "text"


def _parquet(table: pa.Table, ask: Ask, about: Mapping[str, Any], link: str) -> bytes:
    """A file that says of itself what the files of the explorer say."""
    fields = [Field(one.name, _kind(one.type)) for one in table.schema]
    held = about["held_back"]
    provenance = Provenance(
        title=f"{NAME}: {ask.resource.title}", address=link, build_id=about["build_id"],
        data_date=dt.date.fromisoformat(about["data_date"]), as_of=ask.as_of,
        held=Held(held["rows"], (), about["held_back_because"]),
    )  # fmt: skip
    return to_parquet(table.to_pandas(), fields, provenance)


def answer(
    ask: Ask, page: Page, form: str, *, path: str, base: str, build_id: str, data_date: str
) -> Answer:
    """The body in one of `FORMATS`, and headers that say the same as JSON's `meta` and `links`."""
    about = meta(ask, page, build_id, data_date)
    links = _links(ask, page, path, base, build_id)
    table = texts(page.rows)
    headers = {
        "x-total-count": str(page.total),
        "x-held-back": str(about["held_back"]["rows"]),
        "link": ", ".join(
            f'<{where}>; rel="{rel}"' for rel, where in links.items() if rel != "self"
        ),
    }
    if form == "json":
        body = orjson.dumps({"meta": about, "links": links, "data": _records(table)})
        return Answer(body, FORMATS[form], headers)
    stem = quote(f"{ask.resource.name}-{build_id}", safe="")
    ending = "parquet" if form == "parquet" else "csv"
    headers["content-disposition"] = f'attachment; filename="{stem}.{ending}"'
    if form != "parquet":
        names: Sequence[str] = table.column_names
        body = to_csv(names, _records(table), spreadsheet=form == "spreadsheet")
        return Answer(body, "text/csv; charset=utf-8", headers)
    body = _parquet(table, ask, about, links["self"])
    return Answer(body, FORMATS[form], headers)
