"""Parquet: typed columns, and what the file says of itself as key-value metadata."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from observatory.export.json import plain
from observatory.export.table import Cell, Field, Kind, Provenance, about, cells

MIME: Final = "application/vnd.apache.parquet"
PREFIX: Final = "observatory."
_TYPES: Final[Mapping[Kind, Any]] = {
    "text": pa.string(),
    "number": pa.float64(),
    "integer": pa.int64(),
    "date": pa.date32(),
    "flag": pa.bool_(),
    "mixed": pa.string(),
}


def _fit(value: Cell, kind: Kind) -> Cell:
    """A cell as its column's type takes it."""
    if value is None:
        return None
    if kind == "number":
        return float(value) if isinstance(value, (int, Decimal)) else value
    return str(value) if kind == "mixed" else value


def to_parquet(frame: pd.DataFrame, fields: Sequence[Field], provenance: Provenance) -> bytes:
    """A Parquet file; a missing value is null. Metadata keys start with `observatory.`."""
    arrays = []
    for one, values in zip(fields, cells(frame, fields), strict=True):
        exact = [_fit(value, one.kind) for value in values]
        arrays.append(pa.array(exact, type=_TYPES[one.kind]))
    said: dict[str, Any] = {}
    for name, value in about(provenance, len(frame)):
        if name.startswith("filter: "):
            said.setdefault("filters", {})[name.removeprefix("filter: ")] = plain(value)
        elif name == "note":
            said.setdefault("notes", []).append(plain(value))
        else:
            said[name] = plain(value)
    said["sources"] = [
        {key: plain(value) for key, value in line.items()} for line in provenance.sources
    ]
    if provenance.held.rows:
        said["held_back"] = [
            {
                "source_id": h.source_id,
                "publisher": h.publisher,
                "licence": h.licence,
                "reuse": h.reuse,
                "rows": h.rows,
            }
            for h in provenance.held.sources
        ]
    metadata = {
        PREFIX + key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for key, value in said.items()
    }
    schema = pa.schema(
        [
            pa.field(one.key, _TYPES[one.kind], metadata={"note": one.note} if one.note else None)
            for one in fields
        ],
        metadata=metadata,
    )
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()
