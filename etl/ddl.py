"""Statements that create the database, worked out from the records: types, keys, checks, comments."""

from __future__ import annotations

import types
import typing
from enum import StrEnum
from typing import Any

from pydantic.fields import FieldInfo

from etl import block_tables, freshness, scorecard, stack
from etl.checks.keys import REFERENCES
from observatory.model import vocab
from observatory.model.tables import GROUP_KEYS, TABLES, Table

SINGLE_KEYS = {table.name: table.key[0] for table in TABLES if len(table.key) == 1}

# Columns the build adds: type and comment.
ADDED: dict[str, tuple[str, str]] = {
    "row_id": ("VARCHAR", "Stable public id: hash of the row's key"),
    "place": ("VARCHAR", "File and line the row stands in"),
    "value_text": ("VARCHAR", "Value with the digits of the curated file"),
    "period_start": ("DATE", "First day of the period, or of the span where one is given"),
    "period_end": ("DATE", "Last day of the period; periods are ordered and drawn by it"),
    "period_precision": ("VARCHAR", "day, month, quarter, half, year, fiscal_year or range"),
    "usd": ("DOUBLE", "US dollars: the source's own figure, else the year's average rate"),
    "usd_basis": ("VARCHAR", "source, rate, rate_part_year, same_currency, no_rate or no_amount"),
    "usd_rate": ("DOUBLE", "Units of the currency for one US dollar, where a rate was used"),
    "usd_rate_period": ("VARCHAR", "Year of that rate"),
    "known_on": ("DATE", "Known to us no later than this day"),
}

DERIVED: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "cells": (
        "Everything said of one thing (one value, deal, stage, policy), as known from one day to the next",
        {
            "cell_id": ("VARCHAR NOT NULL", "Id of the thing spoken of"),
            "table_name": ("VARCHAR NOT NULL", "Table its rows stand in"),
            "valid_from": ("DATE NOT NULL", "First day of this state of knowledge"),
            "valid_to": ("DATE", "Day it ended; empty while it holds"),
            "lead_row_id": ("VARCHAR", "Row that stands for it in lists"),
            "chosen_row_id": (
                "VARCHAR",
                "Row chosen as headline; empty while sources are in dispute",
            ),
            "rule": ("VARCHAR NOT NULL", "Rule that chose, or the reason why none was chosen"),
            "n_rows": ("INTEGER NOT NULL", "Rows visible"),
            "n_sources": ("INTEGER NOT NULL", "Sources that count"),
            "n_origins": ("INTEGER NOT NULL", "Independent origins that count"),
            "low": ("DOUBLE", "Lowest value that counts"),
            "high": ("DOUBLE", "Highest value that counts"),
            "spread": ("DOUBLE", "Gap over the larger value, as a share"),
            "differs": (
                "VARCHAR",
                "On what its rows differ: value, date, state, joined by semicolons; empty where they agree",
            ),
        },
    ),
    "row_status": (
        "Status word of every row, as known from one day to the next",
        {
            "row_id": ("VARCHAR NOT NULL", "Row"),
            "cell_id": ("VARCHAR NOT NULL", "Cell the row belongs to"),
            "valid_from": ("DATE NOT NULL", "First day of this status"),
            "valid_to": ("DATE", "Day it ended; empty while it holds"),
            "status": ("core.status NOT NULL", "One of eight words"),
            "reason": ("VARCHAR NOT NULL", "Code of the reason"),
        },
    ),
    "events": (
        "One dated stream: policies, deals, listing stages, models, chips",
        {
            "event_id": ("VARCHAR NOT NULL", "Id of the event"),
            "row_id": ("VARCHAR NOT NULL", "Row that tells it"),
            "kind": ("core.event_kind NOT NULL", "Kind of event"),
            "subkind": ("VARCHAR", "Kind of policy or deal, stage, modality, chip status"),
            "economy_id": ("VARCHAR", "Economy"),
            "org_id": ("VARCHAR", "Organisation"),
            "date": ("VARCHAR NOT NULL", "Date as precise as stated"),
            "date_start": ("DATE NOT NULL", "First day it may mean"),
            "date_end": ("DATE NOT NULL", "Last day it may mean"),
            "date_precision": ("VARCHAR NOT NULL", "Precision of the date"),
            "effective": (
                "BOOLEAN NOT NULL",
                "The day a policy takes effect, not the day of its adoption",
            ),
            "title": ("VARCHAR", "Title, name, round or venue, in the source's words"),
            "title_native": ("VARCHAR", "Title or name in its own language"),
            "usd": ("DOUBLE", "Magnitude in US dollars, where money is involved"),
            "valid_from": ("DATE NOT NULL", "First day it was known so"),
            "valid_to": ("DATE", "Day this account of it ended; empty while it holds"),
        },
    ),
    "check_results": (
        "Findings of the checks of this build, with the reason where an editor accepted them",
        {
            "check_name": ("VARCHAR NOT NULL", "Name of the check"),
            "severity": ("core.severity NOT NULL", "error or warning"),
            "place": ("VARCHAR NOT NULL", "File and line"),
            "message": ("VARCHAR NOT NULL", "What was found"),
            "finding_key": ("VARCHAR", "Key an acceptance refers to"),
            "accepted_because": ("VARCHAR", "Reason an editor gave; empty if nobody did"),
        },
    ),
    "build": (
        "The build itself, one row",
        {
            "build_id": ("VARCHAR PRIMARY KEY", "Hash of everything the build was made from"),
            "schema_version": ("INTEGER NOT NULL", "Version of the table layouts"),
            "licence": ("VARCHAR NOT NULL", "all, or open for openly licensed rows only"),
            "data_date": ("DATE", "Latest day a source was read"),
            "left_out": ("INTEGER NOT NULL", "Rows left out by the licence choice"),
        },
    ),
}


def enum_name(enum: type[StrEnum]) -> str:
    """SQL name of a vocabulary: EconomyGroup -> economy_group."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in enum.__name__).lstrip("_")


def enums() -> list[type[StrEnum]]:
    found = [
        item
        for item in vars(vocab).values()
        if isinstance(item, type) and issubclass(item, StrEnum)
    ]
    return sorted((item for item in found if item is not StrEnum), key=lambda item: item.__name__)


def _base(annotation: Any) -> Any:
    """Python type behind optional and annotated wrappers."""
    if typing.get_origin(annotation) is typing.Annotated:
        return _base(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return _base(next(part for part in typing.get_args(annotation) if part is not type(None)))
    return annotation


def column_type(info: FieldInfo) -> str:
    base = _base(info.annotation)
    if isinstance(base, type) and issubclass(base, StrEnum):
        return f"core.{enum_name(base)}"
    return {str: "VARCHAR", float: "DOUBLE", int: "BIGINT", bool: "BOOLEAN"}[base]


DERIVED.update(block_tables.layout(scorecard.TABLES, column_type))
DERIVED["upstreams"] = (freshness.COMMENT, freshness.COLUMNS)
DERIVED.update(block_tables.layout(stack.TABLES, column_type))


def _nullable(table: Table, column: str) -> bool:
    info = table.record.model_fields[column]
    return not info.is_required() and info.default is None and column not in table.key[:1]


def quote(text: str) -> str:
    """SQL text literal."""
    return "'" + text.replace("'", "''") + "'"


def create_table(table: Table, columns: list[str]) -> list[str]:
    """CREATE TABLE with keys and checks, and its comments."""
    lines: list[str] = []
    comments = [f"COMMENT ON TABLE core.{table.name} IS {quote(table.comment)}"]
    for column in columns:
        if column in table.record.model_fields and column != "known_on":
            info = table.record.model_fields[column]
            kind = column_type(info)
            line = f'"{column}" {kind}{"" if _nullable(table, column) else " NOT NULL"}'
            if kind == "DOUBLE":
                line += f' CHECK (isfinite("{column}"))'
            text = info.description or ""
        else:
            kind, text = ADDED[column]
            line = f'"{column}" {kind}{" NOT NULL" if column in ("row_id", "place", "known_on") else ""}'
        lines.append(line)
        comments.append(f'COMMENT ON COLUMN core.{table.name}."{column}" IS {quote(text)}')
    key = SINGLE_KEYS.get(table.name)
    lines.append(f'PRIMARY KEY ("{key or "row_id"}")')
    if key:
        lines.append("UNIQUE (row_id)")
    for column, (target, many) in REFERENCES[table.name].items():
        # A parent row would have to stand before its child; the checks cover that column.
        if not many and target not in GROUP_KEYS and target != table.name:
            lines.append(
                f'FOREIGN KEY ("{column}") REFERENCES core.{target} ("{SINGLE_KEYS[target]}")'
            )
    if "period_start" in columns:
        lines.append("CHECK (period_start <= period_end)")
    return [f"CREATE TABLE core.{table.name} (\n  " + ",\n  ".join(lines) + "\n)", *comments]


def create_derived(name: str) -> list[str]:
    comment, columns = DERIVED[name]
    body = ",\n  ".join(f'"{column}" {kind}' for column, (kind, _) in columns.items())
    return [
        f"CREATE TABLE core.{name} (\n  {body}\n)",
        f"COMMENT ON TABLE core.{name} IS {quote(comment)}",
        *(
            f'COMMENT ON COLUMN core.{name}."{column}" IS {quote(text)}'
            for column, (_, text) in columns.items()
        ),
    ]


def create_types() -> list[str]:
    return [
        f"CREATE TYPE core.{enum_name(item)} AS ENUM ({', '.join(quote(str(member)) for member in item)})"
        for item in enums()
    ]
