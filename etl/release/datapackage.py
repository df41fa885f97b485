"""The bundle as a Data Package, version 2 of the standard."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from observatory.db.pointer import Build

if TYPE_CHECKING:
    from etl.release.tables import TableInfo

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
CC_BY: Final = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
TITLE: Final = "East Asia AI Observatory, openly licensed rows"
ABOUT: Final = (
    "Sourced indicators and events on the AI ecosystems of thirteen economies of East Asia, "
    "South-East Asia and the Indo-Pacific. Selection, identifiers and definitions are under "
    "CC BY 4.0; each row keeps the licence of its source, named in licences.csv."
)
TYPES: Final = {
    "VARCHAR": "string",
    "DOUBLE": "number",
    "BIGINT": "integer",
    "INTEGER": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
}


def describe(
    folder: Path,
    made: Build,
    day: str,
    tables: Sequence[TableInfo],
    sources: Sequence[tuple[object, ...]],
) -> dict[str, Any]:
    """The descriptor: one resource a table, with a typed and explained schema."""
    return {
        "$schema": PROFILE,
        "name": "east-asia-ai-observatory",
        "id": made.content_hash,
        "title": TITLE,
        "description": ABOUT,
        "version": made.build_id,
        "created": f"{day}T00:00:00Z",
        "licenses": [CC_BY],
        "sources": [
            {"title": str(title), **({"path": str(url)} if _web(url) else {})}
            for _, title, _, url, *_ in sources
        ],
        "resources": [_resource(folder, table) for table in tables],
    }


def _web(url: object) -> bool:
    return isinstance(url, str) and url.startswith(("https://", "http://"))


def _resource(folder: Path, table: TableInfo) -> dict[str, Any]:
    path = folder / "csv" / f"{table.name}.csv"
    body = path.read_bytes()
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "path": f"csv/{table.name}.csv",
        "description": table.text,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
        "schema": {
            "fields": [
                {"name": c.name, "type": TYPES[c.kind], "description": c.text}
                for c in table.columns
            ],
            "missingValues": [""],
        },
    }
