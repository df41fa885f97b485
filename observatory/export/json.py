"""JSON: what the file says of itself, its columns, its sources, its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any, Final

import orjson
import pandas as pd

from observatory.export.table import Field, Provenance, about, cell, cells, is_missing

MIME: Final = "application/json"


def plain(value: object) -> Any:
    """A value as JSON knows it: exact numbers, ISO days, null for missing."""
    if is_missing(value):
        return None
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()[:10]
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (bool, int, float, str)):
        return value
    return cell(value, "number") if hasattr(value, "__float__") else cell(value, "text")


def to_json(frame: pd.DataFrame, fields: Sequence[Field], provenance: Provenance) -> bytes:
    """One object: `about`, `columns`, `held_back`, `sources`, `rows` (one object a row); UTF-8."""
    names = [one.key for one in fields]
    columns = [[plain(value) for value in values] for values in cells(frame, fields)]
    said: dict[str, Any] = {"filters": dict(provenance.filters), "notes": list(provenance.notes)}
    for name, value in about(provenance, len(frame)):
        if not name.startswith("filter: ") and name != "note":
            said[name] = plain(value)
    body = {
        "about": said,
        "columns": [
            {"name": one.key, "holds": one.kind, **({"meaning": one.note} if one.note else {})}
            for one in fields
        ],
        "held_back": {
            "rows": provenance.held.rows,
            "why": provenance.held.why,
            "sources": [asdict(one) for one in provenance.held.sources],
        },
        "sources": [
            {key: plain(value) for key, value in line.items()} for line in provenance.sources
        ],
        "rows": [dict(zip(names, line, strict=True)) for line in zip(*columns, strict=True)],
    }
    return orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS)
