"""Files of the explorer: a selection as a frame with typed columns and its provenance, then bytes.

Names of columns and values are ids and English, so that a file does not depend on the language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal, cast

import pandas as pd

from observatory.db import queries_explorer as q
from observatory.db.connect import Database
from observatory.db.explorer_fields import SOURCE
from observatory.db.explorer_fields import Kind as Stored
from observatory.export import citation, holdback
from observatory.export import csv as csv_file
from observatory.export import json as json_file
from observatory.export import parquet as parquet_file
from observatory.export import xlsx as xlsx_file
from observatory.export.table import Field, Held, Kind, Provenance, sources_in
from observatory.i18n import translator
from observatory.views.explorer import words
from observatory.views.explorer.choice import Choice
from observatory.views.labels import clean

Format = Literal["csv", "xlsx", "parquet", "json"]
MIME: Final[dict[Format, str]] = {
    "csv": "text/csv",
    "xlsx": xlsx_file.MIME,
    "parquet": parquet_file.MIME,
    "json": json_file.MIME,
}
ALWAYS: Final = (
    "row_id",
    "source_id",
    "source_title",
    "publisher",
    "source_url",
    "licence",
    "reuse",
    "attribution",
)
"""Columns of every file, whichever were chosen."""
_TYPES: Final[dict[Stored, Kind]] = {
    "text": "text", "word": "text", "id": "text", "period": "text", "number": "number", "integer": "integer",
    "date": "date", "flag": "flag",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """What a file says of the view it was made from. `address`: the lasting link, `filters`: its query."""

    address: str
    filters: tuple[tuple[str, str], ...]
    build_id: str
    data_date: date | None
    as_of: date | None
    made_on: date


def title(c: Choice) -> str:
    """What the file is called inside."""
    t = translator("en")
    return t("Data explorer: {table}", table=words.table_name(c.table, t))


def cite(c: Choice, at: Where) -> citation.Citation:
    """The selection as a thing to cite."""
    return citation.of_view(
        title(c), address=at.address, build_id=at.build_id, data_date=at.data_date, accessed=at.made_on,
        note="Cite the source of each figure too",
    )  # fmt: skip


def fields(c: Choice) -> list[Field]:
    """Columns of the file: all of the table, or those chosen and those of every file."""
    spec = c.spec
    names = [*c.columns, *ALWAYS] if c.columns else list(spec.fields)
    t = translator("en")
    return [
        Field(name, _TYPES[spec.fields[name]], words.name(name, t))
        for name in dict.fromkeys(names)
        if name in spec.fields
    ]


def _kept(frame: pd.DataFrame, c: Choice, measures: int | None) -> tuple[pd.DataFrame, Held]:
    # The list of sources is our own work, whatever the terms of the sources on it.
    return (frame, Held()) if c.table == "sources" else holdback.split(frame, measures=measures)


def make(db: Database, c: Choice, ask: q.Ask, at: Where, form: Format) -> bytes:
    """The file of a selection. Reads all its rows; raises `xlsx.TooLarge` past what a sheet holds."""
    wide = c.form != "long"
    if wide:
        frame = q.wide_rows(db, ask, cast(q.Form, c.form), at.as_of)
    else:
        # Columns that are not in the file still decide what may be in it and who is credited.
        names = dict.fromkeys(
            [*(one.key for one in fields(c)), *(k for k in SOURCE if k in c.spec.fields)]
        )
        names |= dict.fromkeys(["indicator_id"] if c.table == "observations" else [])
        frame = q.rows(db, ask, at.as_of, fields=list(names), order=c.order)
    measures = int(frame["indicator_id"].nunique()) if "indicator_id" in frame.columns else None
    kept, held = _kept(frame, c, measures)
    t = translator("en")
    cited = cite(c, at)
    about = Provenance(
        title=title(c),
        address=at.address,
        filters=at.filters,
        build_id=at.build_id,
        data_date=at.data_date,
        as_of=at.as_of,
        made_on=at.made_on,
        cite=citation.plain(cited, t),
        bibtex=citation.bibtex(cited),
        ris=citation.ris(cited),
        held=held,
        sources=() if c.table == "sources" else sources_in(kept),
    )
    columns = fields(c)
    more: list[tuple[str, pd.DataFrame, Sequence[Field]]] = []
    if wide:
        more = [("Values", kept, fields(replace(c, columns=())))]
        kept, columns = widened(kept, cast(q.Form, c.form))
        about = replace(
            about, notes=("Each cell is one value; row_ids names the row behind each.",)
        )
    match form:
        case "csv":
            return csv_file.table_csv(kept, columns, about)
        case "xlsx":
            return xlsx_file.to_xlsx(kept, columns, about, more)
        case "parquet":
            return parquet_file.to_parquet(kept, columns, about)
        case _:
            return json_file.to_json(kept, columns, about)


def widened(frame: pd.DataFrame, form: q.Form) -> tuple[pd.DataFrame, list[Field]]:
    """Rows with `line` as one line each: keys, one column a period or measure, and what they rest on.

    `row_ids` and `source_ids` name the row and source of each cell, as `head=id` in the order of columns.
    """
    head = "period" if form == "periods" else "indicator_id"
    keys = {
        "periods": ("measure", "indicator_id", "entity", "entity_id", "unit", "span"),
        "measures": ("entity", "entity_id", "period", "period_start", "period_end", "span"),
    }[form]
    order = {"periods": ["period_end", "period"], "measures": ["measure", "indicator_id"]}[form]
    heads = [clean(one) for one in frame.sort_values(order, kind="stable")[head].drop_duplicates()]
    lines: dict[int, dict[str, Any]] = {}
    rests: dict[int, dict[str, dict[str, str]]] = {}
    for row in frame.to_dict("records"):
        number = int(row["line"])
        line = lines.setdefault(number, {key: row[key] for key in keys})
        at = clean(row[head])
        line[f"= {at}"] = row["value"]
        mine = rests.setdefault(number, {name: {} for name in ("row_id", "source_id", "reuse")})
        for name, found in mine.items():
            found[at] = clean(row[name])
    for number, line in lines.items():
        under = rests[number]
        line["row_ids"] = "; ".join(
            f"{at}={under['row_id'][at]}" for at in heads if at in under["row_id"]
        )
        line["source_ids"] = "; ".join(
            f"{at}={under['source_id'][at]}" for at in heads if at in under["row_id"]
        )
        line["reuse"] = ", ".join(sorted(set(under["reuse"].values())))
    dates: dict[str, Kind] = {"period_start": "date", "period_end": "date"}
    labels = _labels(frame) if form == "measures" else {}
    columns = [Field(key, dates.get(key, "text")) for key in keys]
    columns += [Field(f"= {at}", "number", labels.get(at, "")) for at in heads]
    tail = [Field("row_ids"), Field("source_ids"), Field("reuse")]
    made = pd.DataFrame(
        [lines[number] for number in sorted(lines)], columns=[f.key for f in (*columns, *tail)]
    )
    # Inside the frame heads carry a mark, so that none can be taken for a key.
    made.columns = pd.Index([str(name).removeprefix("= ") for name in made.columns])
    named = [replace(one, key=one.key.removeprefix("= ")) for one in (*columns, *tail)]
    return made, named


def _labels(frame: pd.DataFrame) -> dict[str, str]:
    found = frame.drop_duplicates("indicator_id")
    return {
        clean(row["indicator_id"]): f"{clean(row['measure'])}, {clean(row['unit'])}"
        for row in found.to_dict("records")
    }
