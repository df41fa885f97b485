"""The bundle in Croissant 1.0, the description that machine-learning tools read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from etl.release.datapackage import ABOUT, CC_BY, TITLE
from observatory.db.pointer import Build

if TYPE_CHECKING:
    from etl.release.tables import TableInfo

TYPES: Final = {
    "VARCHAR": "sc:Text",
    "DOUBLE": "sc:Float",
    "BIGINT": "sc:Integer",
    "INTEGER": "sc:Integer",
    "BOOLEAN": "sc:Boolean",
    "DATE": "sc:Date",
}
CONTEXT: Final[dict[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def describe(
    folder: Path, made: Build, day: str, tables: Sequence[TableInfo], address: str = ""
) -> dict[str, Any]:
    """The JSON-LD document: one file and one record set a table that has rows; ``address`` is the site's."""
    filled = [table for table in tables if table.rows]
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "east-asia-ai-observatory",
        "alternateName": TITLE,
        "description": ABOUT,
        "license": CC_BY["path"],
        **({"url": address} if address else {}),
        "version": f"{made.schema_version}.0.0+{made.build_id}",
        "datePublished": day,
        "citeAs": f"East Asia AI Observatory, build {made.build_id}, data to {day}.",
        "isLiveDataset": False,
        "distribution": [_file(folder, table.name) for table in filled],
        "recordSet": [_records(table) for table in filled],
    }


def _file(folder: Path, name: str) -> dict[str, Any]:
    body = (folder / "csv" / f"{name}.csv").read_bytes()
    return {
        "@type": "cr:FileObject",
        "@id": f"{name}.csv",
        "name": f"{name}.csv",
        "contentUrl": f"csv/{name}.csv",
        "contentSize": f"{len(body)} B",
        "encodingFormat": "text/csv",
        "sha256": hashlib.sha256(body).hexdigest(),
    }


def _records(table: TableInfo) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.text,
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table.name}/{column.name}",
                "name": column.name,
                "description": column.text,
                "dataType": TYPES[column.kind],
                "source": {
                    "fileObject": {"@id": f"{table.name}.csv"},
                    "extract": {"column": column.name},
                },
            }
            for column in table.columns
        ],
    }
