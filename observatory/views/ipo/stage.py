"""The stage of a listing attempt as every page shows it: by the rules of the pipeline, never a raw row's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from observatory.analysis.pipeline import Step, standing
from observatory.db import queries_ipo
from observatory.db.connect import Database
from observatory.db.frames import plain_records
from observatory.views.ipo.data import step_of

Row = Mapping[str, Any]
Rows = list[dict[str, Any]]


def steps(rows: Iterable[Row]) -> list[Step]:
    """The leading rows of an attempt as the pipeline's rules read them."""
    return [step_of(row) for row in rows]


def stands(rows: Sequence[Row], day: date) -> dict[str, Any] | None:
    """The row of the stage an attempt has reached on a day, with `stage` as shown.

    A stage dated ahead is a plan until that day comes. None if nothing was known by then.
    """
    now = standing(steps(rows), day)
    if now is None:
        return None
    row = next(row for row in rows if row["row_id"] == now.step.row_id)
    return {**row, "stage": now.stage}


def known(rows: Iterable[dict[str, Any]]) -> Rows:
    """Stages of an attempt whose source is not weak."""
    return [row for row in rows if row["status"] != "unchecked"]


def listed(attempts: Iterable[Rows], day: date) -> dict[str, Any] | None:
    """The newest listing of a company that has happened by a day, or None."""
    found = [
        row for rows in attempts for row in known(rows)
        if row["stage"] == "listed" and row["period_start"] <= day
    ]  # fmt: skip
    return max(found, key=lambda row: row["period_end"]) if found else None


def headline(attempts: Sequence[Rows], day: date) -> dict[str, Any] | None:
    """Where a company's listing stands by sources that are not weak; a listing that happened first."""
    done = listed(attempts, day)
    if done is not None:
        return done
    kept = [rows for rows in (known(rows) for rows in attempts) if rows]
    if not kept:
        return None
    return stands(max(kept, key=lambda rows: max(row["period_end"] for row in rows)), day)


def by_attempt(db: Database, as_of: date | None) -> dict[str, Rows]:
    """The leading rows of every attempt known on `as_of`, in order of time."""
    found: dict[str, Rows] = {}
    for row in plain_records(queries_ipo.ipo_attempts(db, as_of)):
        if row["is_lead"]:
            found.setdefault(str(row["ipo_id"]), []).append(row)
    return found


def by_company(db: Database, as_of: date | None, day: date) -> dict[str, dict[str, Any]]:
    """The stage to name for each company with an attempt that is not only whispered of."""
    groups: dict[str, list[Rows]] = {}
    for rows in by_attempt(db, as_of).values():
        groups.setdefault(str(rows[0]["org_id"]), []).append(rows)
    shown = {org: headline(attempts, day) for org, attempts in groups.items()}
    return {org: row for org, row in shown.items() if row is not None}
