"""The OpenAPI 3.1 document, from the same declaration as the routes and the columns of the build."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from observatory import __version__
from observatory.api.answers import NAME, OWN_LICENCE
from observatory.api.ask import PERIOD_FORMS
from observatory.api.resources import (
    BASE,
    DEFAULT_LIMIT,
    FORMATS,
    INDICATOR,
    KEPT,
    MAX_LIMIT,
    MAX_OFFSET,
    MAX_VALUES,
    RESOURCES,
    Parameter,
    Resource,
)
from observatory.db import listing, queries
from observatory.db.connect import Database
from observatory.export.holdback import QUOTED_ROWS
from observatory.model.scope import PRESETS

_ENUM: Final = re.compile(r"'((?:[^']|'')*)'")
_TYPES: Final[dict[str, dict[str, Any]]] = {
    "DOUBLE": {"type": ["number", "null"]},
    "BIGINT": {"type": ["integer", "null"]},
    "INTEGER": {"type": ["integer", "null"]},
    "BOOLEAN": {"type": ["boolean", "null"]},
    "DATE": {"type": ["string", "null"], "format": "date"},
}
_COMMENTS: Final = {
    "source_id": "Id of the source: /api/v1/sources/<id>",
    "source_title": "Title of the source",
    "source_url": "Address of the source",
    "org_id": "Id of the organisation: /api/v1/organizations/<id>",
    "org_economy_id": "Economy of the organisation's head office",
    "indicator_id": "Id of the indicator: /api/v1/indicators/<id>",
    "economy_id": "ISO 3166-1 alpha-3 code, or the observatory's own code of an aggregate",
    "source_licence": "Licence or terms of the row's source; the observatory's own where it wrote the row itself",
    "source_publisher": "Who publishes the source",
    "reuse": "open, quotable or closed: what may be taken in bulk",
    "source_reuse": "open, quotable or closed: how rows of the source may be reused",
    "attribution": "The credit to give",
    "row_ids": "Every row of the cell, joined by semicolons",
    "topics": "Topics, joined by semicolons",
    "parties": "Economies and organisations named, joined by semicolons",
    "board_date": "Date of the ranking as the source writes it",
    "day": "Day on which it became known",
    "change": "new: known for the first time; status: the status word changed",
    "table_name": "Table the row stands in",
    "subject_id": "What the row is about: an indicator, deal, listing, model, board, chip, cluster, system or policy",
    "earlier_status": "Status word before",
}
_DAY: Final = {"type": "string", "format": "date", "pattern": r"^(19|20)\d{2}-\d{2}-\d{2}$"}
_TEXT: Final = {
    "type": "string",
    "minLength": 1,
    "maxLength": 200,
    "pattern": r"^[^\x00-\x1f\x7f,]+$",
}
_PERIOD: Final = (
    r"(FY)?(19|20)\d{2}(-(Q[1-4]|H[12]|(0[1-9]|1[0-2])))?"  # days are left to the description
)


@lru_cache(maxsize=16)
def data_date(db: Database) -> str:
    """The last day a source of the build was read."""
    found = queries.site_counts(db, None)["data_date"][0]
    return str(found)[:10]


def _schema(one: Parameter) -> dict[str, Any]:
    if one.kind == "flag":
        return {"type": "boolean"}
    if one.kind == "day":
        return dict(_DAY)
    if one.kind == "period":
        return {"type": "string", "pattern": f"^{_PERIOD}$", "examples": ["2024", "2026-Q1"]}
    items: dict[str, Any] = dict(_TEXT)
    if one.kind == "words":
        items = {"type": "string", "enum": list(one.words)}
    elif one.kind == "economies":
        items = {"type": "string", "pattern": "^(" + "|".join(PRESETS) + "|[A-Z]{3})$"}
    return {"type": "array", "items": items, "minItems": 1, "maxItems": MAX_VALUES}


def _parameter(name: str, what: str, schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name, "in": "query", "description": what, "schema": schema}
    if schema.get("type") == "array":
        found |= {"style": "form", "explode": False}
    return found


def _own(one: Parameter) -> dict[str, Any]:
    what = one.what
    if one.kind == "period":
        what = f"{what} Takes {PERIOD_FORMS}."
    if one is INDICATOR:
        what = f"{what} An id that does not exist is an error (400), which names those near it."
    if one.kind == "economies":
        what = f"{what} Groups: {', '.join(PRESETS)}."
    return _parameter(one.name, what, _schema(one))


def _shared(resource: Resource, columns: list[str]) -> list[dict[str, Any]]:
    found = []
    if resource.dated:
        found.append(_parameter("as_of", "Only what was known by this day.", dict(_DAY)))
    return [
        *found,
        _parameter(
            "fields", f"Columns of the answer, joined by commas; {', '.join(KEPT)} always stay.",
            {"type": "array", "items": {"type": "string", "enum": columns}, "minItems": 1,
             "maxItems": MAX_VALUES},
        ),
        _parameter("format", "Format of the answer; goes before the Accept header.",
                   {"type": "string", "enum": list(FORMATS)}),
        _parameter("limit", "Rows in one answer.",
                   {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}),
        _parameter("offset", "Rows to pass over.",
                   {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0}),
        _parameter("held_back", "The ids and sources of the rows that a bulk answer holds back, instead of the rows.",
                   {"type": "string", "enum": ["ids"]}),
        _parameter("build", "Id of a build: the same rows as long as the build is kept.",
                   {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"}),
    ]  # fmt: skip


def _column(db: Database, resource: Resource, field: listing.Field) -> dict[str, Any]:
    comments = listing.comments(db)
    own = comments.get(f"{resource.view}.{field.name}")
    text = _COMMENTS.get(field.name) or own or comments.get(field.name) or ""
    if field.type.startswith("ENUM"):
        words: list[str | None] = [word.replace("''", "'") for word in _ENUM.findall(field.type)]
        schema: dict[str, Any] = {"type": ["string", "null"], "enum": [*words, None]}
    else:
        schema = dict(_TYPES.get(field.type, {"type": ["string", "null"]}))
    return schema | ({"description": text} if text else {})


def columns(db: Database, resource: Resource) -> dict[str, dict[str, Any]]:
    """Columns of a subject's rows with type and meaning, as JSON schemas."""
    found = listing.fields(db, resource.listing)
    return {field.name: _column(db, resource, field) for field in found}


_PROBLEM: Final = {"description": "What is wrong", "content": {
    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}  # fmt: skip


def _answers(name: str, *, item: bool) -> dict[str, Any]:
    body = {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["meta", "links", "data"],
                "properties": {
                    "meta": {"$ref": "#/components/schemas/Meta"},
                    "links": {"$ref": "#/components/schemas/Links"},
                    "data": {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}},
                },
            }
        },
        "text/csv": {"schema": {"type": "string"}},
        FORMATS["parquet"]: {"schema": {"type": "string", "format": "binary"}},
    }
    heads = {
        "ETag": {"schema": {"type": "string"}, "description": "Build, program version and format"},
        "X-Total-Count": {"schema": {"type": "string"}, "description": "Rows that match"},
        "X-Held-Back": {"schema": {"type": "string"}, "description": "Rows held back by licence"},
    }
    found: dict[str, Any] = {
        "200": {"description": "Rows", "headers": heads, "content": body},
        "304": {"description": "Nothing changed since the ETag that was sent"},
    }
    problems = ("400", "404", "406", "414", "503")
    return found | dict.fromkeys(problems, _PROBLEM)


def _operations(db: Database, resource: Resource) -> dict[str, Any]:
    names = list(columns(db, resource))
    schema = resource.name.replace("-", "_")
    shared = _shared(resource, names)
    paths: dict[str, Any] = {
        resource.path: {
            "get": {
                "operationId": f"list_{schema}",
                "summary": resource.title,
                "description": resource.what,
                "tags": [resource.name],
                "parameters": [*map(_own, resource.parameters), *shared],
                "responses": _answers(schema, item=False),
            }
        }
    }
    if resource.id:
        path_id = {"name": "id", "in": "path", "required": True, "schema": dict(_TEXT)}
        own = [_own(one) for one in resource.parameters if one.name != "id"]
        paths[f"{resource.path}/{{id}}"] = {
            "get": {
                "operationId": f"get_{schema}",
                "summary": f"{resource.title}: one of them",
                "description": f"Rows whose {resource.id} is the id; nothing is held back.",
                "tags": [resource.name],
                "parameters": [path_id, *own, *shared],
                "responses": _answers(schema, item=True),
            }
        }
    return paths


_TEXT_TYPE: Final = {"type": "string"}
_COUNT: Final = {"type": "integer", "minimum": 0}
_SCHEMAS: Final[dict[str, Any]] = {
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": _TEXT_TYPE, "title": _TEXT_TYPE, "status": {"type": "integer"}, "detail": _TEXT_TYPE,
            "parameter": _TEXT_TYPE,
            "unknown": {"type": "array", "items": _TEXT_TYPE},
            "known": {"type": "array", "items": _TEXT_TYPE},
            "near": {
                "type": "array", "items": _TEXT_TYPE,
                "description": "Ids like the one that does not exist, the nearest first",
            },
        },
    },
    "Links": {
        "type": "object",
        "properties": {"self": _TEXT_TYPE, "next": _TEXT_TYPE, "prev": _TEXT_TYPE},
    },
    "Meta": {
        "type": "object",
        "required": ["resource", "build_id", "data_date", "total", "count", "held_back"],
        "properties": {
            "resource": _TEXT_TYPE,
            "build_id": _TEXT_TYPE,
            "data_date": {"type": "string", "format": "date"},
            "as_of": {"type": ["string", "null"], "format": "date"},
            "total": _COUNT, "count": _COUNT, "limit": _COUNT, "offset": _COUNT,
            "held_back": {
                "type": "object", "required": ["rows"],
                "properties": {"rows": _COUNT, "quotable": _COUNT, "closed": _COUNT},
            },
            "held_back_because": _TEXT_TYPE,
            "single_by": {
                "type": "array", "items": _TEXT_TYPE,
                "description": "Parameters which, with one value, ask for one thing: then nothing is held back",
            },
            "licence_of_selection": _TEXT_TYPE,
            "credit": _TEXT_TYPE,
        },
    },
}  # fmt: skip


@lru_cache(maxsize=8)
def document(db: Database, base: str = "") -> dict[str, Any]:
    """The document. `base`: scheme and host of this server, where they are set."""
    schemas = {
        one.name.replace("-", "_"): {
            "type": "object", "description": one.what, "properties": columns(db, one),
            "additionalProperties": False,
        }
        for one in RESOURCES
    }  # fmt: skip
    paths: dict[str, Any] = {
        f"{BASE}/": {
            "get": {
                "operationId": "index",
                "summary": "Every subject",
                "responses": {
                    "200": {
                        "description": "Build and subjects",
                        "content": {"application/json": {"schema": {"type": "object"}}},
                    },
                    "304": {"description": "Nothing changed since the ETag that was sent"},
                    "400": _PROBLEM,
                    "503": _PROBLEM,
                },
            }
        }
    }
    for one in RESOURCES:
        paths |= _operations(db, one)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{NAME}: open data",
            "version": __version__,
            "description": "Sourced facts on the AI ecosystems of East Asia and Asia's middle powers. Every row"
            " names its source, its licence and its status. Rows whose source has no open licence are held back from"
            f" answers in bulk (more than {QUOTED_ROWS} rows of more than one measure) and counted.",
            "license": {"name": OWN_LICENCE, "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": base or "/"}],
        "tags": [{"name": one.name, "description": one.title} for one in RESOURCES],
        "paths": paths,
        "components": {"schemas": _SCHEMAS | schemas},
    }
