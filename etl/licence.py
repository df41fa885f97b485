"""A data set of openly licensed rows only: what else goes, goes with its references, and is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd

from etl.checks.keys import REFERENCES, SOFT
from etl.read import Dataset, Row
from observatory.model.tables import TABLES, Table, reference_column
from observatory.model.vocab import PartyKind, Reuse


def open_only(data: Dataset) -> tuple[Dataset, Counter[str]]:
    """Rows of open sources, and how many rows of each table were left out.

    A row that needs a row left out is left out too; where the reference may be empty it is emptied.
    """
    kept = Dataset(data.root, dict(data.tables), [], set(data.broken))
    allowed = {
        row.record.source_id for row in data.rows("sources") if row.record.reuse is Reuse.OPEN
    }
    for _ in range(len(TABLES)):
        ids = {
            table.name: {
                getattr(row.record, reference_column(table.name)) for row in kept.rows(table.name)
            }
            for table in TABLES
        }
        before = sum(len(rows) for rows in kept.tables.values())
        for table in TABLES:
            kept.tables[table.name] = [
                fitted
                for row in kept.rows(table.name)
                if (table.name != "sources" or row.record.source_id in allowed)
                and (fitted := _fit(table, row, ids, allowed))
            ]
        if sum(len(rows) for rows in kept.tables.values()) == before:
            break
    left = Counter({name: len(data.rows(name)) - len(kept.rows(name)) for name in data.tables})
    return kept, +left


def _fit(table: Table, row: Row, ids: dict[str, set[str]], allowed: set[str]) -> Row | None:
    """The row with references to what is left out emptied; None if it cannot stay."""
    record = row.record
    if table.sourced and record.source_id not in allowed:
        return None
    changes: dict[str, str | None] = {}
    for column, (target, many) in REFERENCES[table.name].items():
        value = getattr(record, column)
        if value is None or (table.sourced and column == "source_id"):
            continue
        parts = value.split(";") if many else [value]
        left = [part for part in parts if part in ids[target]]
        if len(left) == len(parts):
            continue
        if not left and table.record.model_fields[column].is_required():
            return None
        changes[column] = ";".join(left) or None
    if any(
        getattr(record, column) not in ids[target]
        for column, target in SOFT.get(table.name, {}).items()
    ):
        return None
    if table.name == "observations":
        homes = ids["economies"] | ids["subnational"] | ids["organizations"]
        if record.entity_id not in homes:
            return None
    kind = getattr(record, "party_kind", None)
    if kind is PartyKind.ORGANIZATION and record.party_id not in ids["organizations"]:
        return None
    if not changes:
        return row
    raw = row.raw | {column: value or "" for column, value in changes.items()}
    return replace(row, record=record.model_copy(update=changes), raw=raw)


NOT_OPEN = "not_open"
"""Rule of a cell whose chosen row is not open: the number stands on the site, not in the open set."""


def as_on_site(
    opened: dict[str, pd.DataFrame], whole: dict[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """The frames of the open rows with the statuses and choices that all rows give.

    Worked out from open rows alone, a value that other sources dispute would look undisputed. A
    cell keeps its counts; where not all of its rows are open, its range is left empty, and where
    the chosen row is not open nothing is chosen and the rule says so.
    """
    kept = set(opened["row_status"]["row_id"])
    status = whole["row_status"]
    cell_rows = status[["cell_id", "row_id"]].drop_duplicates()
    inside = cell_rows["row_id"].isin(kept)
    partly = set(cell_rows.loc[~inside, "cell_id"]) & set(cell_rows.loc[inside, "cell_id"])
    stand_in = cell_rows[inside].groupby("cell_id", sort=False)["row_id"].first()

    cells = whole["cells"]
    cells = cells[cells["cell_id"].isin(cell_rows.loc[inside, "cell_id"])].copy()
    mixed = cells["cell_id"].isin(partly)
    hidden = mixed & cells["chosen_row_id"].notna() & ~cells["chosen_row_id"].isin(kept)
    cells.loc[hidden, "rule"] = NOT_OPEN
    cells.loc[hidden, "chosen_row_id"] = None
    cells.loc[mixed, ["low", "high", "spread"]] = None
    lost = ~cells["lead_row_id"].isin(kept)
    cells.loc[lost, "lead_row_id"] = cells.loc[lost, "cell_id"].map(stand_in)
    return opened | {
        "row_status": status[status["row_id"].isin(kept)].reset_index(drop=True),
        "cells": cells.reset_index(drop=True),
    }
