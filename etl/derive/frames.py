"""All tables of the database as frames: curated rows with ids and places, and derived tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from etl import block_tables, freshness, scorecard, stack
from etl.block_tables import plain
from etl.context import Context
from etl.derive.cells import Cell, build_cells, lead, public_id
from etl.derive.events import COLUMNS as EVENT_COLUMNS
from etl.derive.events import events
from etl.derive.money import to_usd
from etl.derive.status import State
from etl.read import Row
from observatory.model.differ import VALUE, words_that_differ
from observatory.model.tables import BY_NAME, TABLES
from observatory.model.time import parse_period
from observatory.model.vocab import Status

PERIODS = {
    "observations": "period",
    "deals": "announced",
    "ipo_events": "stage_date",
    "models": "released",
    "benchmark_results": "as_of",
    "chips": "released",
    "clusters": "date",
    "policies": "date",
    "supercomputers": "list_date",
    "earlier_models": "released",
    "earlier_clusters": "date",
    "earlier_supercomputers": "list_date",
}
"""Column whose days are worked out for ordering and drawing."""

MONEY = {"deals": ("amount", "amount_usd_m"), "ipo_events": ("raise_amount", "raise_usd_m")}


def build_frames(context: Context) -> dict[str, pd.DataFrame]:
    """Frames by table name, rows in a fixed order; keys are those of the ``core`` schema."""
    rates = {
        (row.record.currency, row.record.period): row.record.units_per_usd
        for row in context.rows("fx_rates")
    }
    records = {
        table.name: [_base(context, row, rates) for row in context.rows(table.name)]
        for table in TABLES
    }
    frames = {
        name: pd.DataFrame(rows, columns=list(_columns(name))) for name, rows in records.items()
    }
    cells = build_cells(context)
    states = [dict(zip(CELL_COLUMNS, row, strict=True)) for row in _cell_rows(cells)]
    frames["cells"] = pd.DataFrame(states, columns=CELL_COLUMNS)
    frames["row_status"] = pd.DataFrame(_status_rows(cells), columns=STATUS_COLUMNS)
    frames["events"] = pd.DataFrame(events(context, records, states), columns=EVENT_COLUMNS)
    frames.update(block_tables.frames(context.data, scorecard.TABLES))
    frames["upstreams"] = freshness.frame(context.data)
    frames.update(block_tables.frames(context.data, stack.TABLES))
    return frames


def _columns(table: str) -> Iterator[str]:
    spec = BY_NAME[table]
    yield from ("row_id", "place")
    yield from spec.columns
    if table == "observations":
        yield "value_text"
    if table in PERIODS:
        yield from ("period_start", "period_end", "period_precision")
    if table in MONEY:
        yield from ("usd", "usd_basis", "usd_rate", "usd_rate_period")
    if spec.sourced and "known_on" not in spec.columns:
        yield "known_on"


def _base(context: Context, row: Row, rates: dict[tuple[str, str], float]) -> dict[str, Any]:
    out: dict[str, Any] = {"row_id": public_id(row), "place": f"{row.file}:{row.line}"}
    out.update(
        {column: plain(getattr(row.record, column)) for column in BY_NAME[row.table].columns}
    )
    if row.table == "observations":
        out["value_text"] = row.raw["value"]
    if row.table in PERIODS:
        text = getattr(row.record, PERIODS[row.table])
        if text:
            span = getattr(row.record, "span", None)
            period = parse_period(span or text)
            out["period_start"], out["period_end"] = period.start, period.end
            out["period_precision"] = parse_period(text).precision
    if row.table in MONEY:
        amount, stated = (getattr(row.record, column) for column in MONEY[row.table])
        money = to_usd(
            amount, row.record.currency, stated, getattr(row.record, PERIODS[row.table]), rates
        )
        out.update(
            usd=money.usd,
            usd_basis=money.basis,
            usd_rate=money.rate,
            usd_rate_period=money.rate_period,
        )
    if BY_NAME[row.table].sourced:
        out["known_on"] = context.known(row)
    return out


CELL_COLUMNS = [
    "cell_id",
    "table_name",
    "valid_from",
    "valid_to",
    "lead_row_id",
    "chosen_row_id",
    "rule",
    "n_rows",
    "n_sources",
    "n_origins",
    "low",
    "high",
    "spread",
    "differs",
]


def _cell_rows(cells: list[Cell]) -> Iterator[tuple[Any, ...]]:
    for cell in cells:
        for interval in cell.intervals:
            state = interval.state
            yield (
                cell.cell_id,
                cell.table,
                interval.start,
                interval.end,
                lead(cell, interval.start),
                state.chosen,
                state.rule,
                len(state.statuses),
                state.sources,
                state.origins,
                state.low,
                state.high,
                _spread(state.low, state.high),
                _differs(cell, state),
            )


def _differs(cell: Cell, state: State) -> str | None:
    """On what the rows that are not superseded differ, joined by ';'; None where they agree."""
    found = [VALUE] if state.low is not None and state.low != state.high else []
    live = [key for key, status, _ in state.statuses if status is not Status.SUPERSEDED]
    found += words_that_differ(cell.table, [cell.words[key] for key in live])
    return ";".join(found) or None


def _spread(low: float | None, high: float | None) -> float | None:
    """Gap over the larger value, as a share."""
    if low is None or high is None:
        return None
    top = max(abs(low), abs(high))
    return (high - low) / top if top else 0.0


STATUS_COLUMNS = ["row_id", "cell_id", "valid_from", "valid_to", "status", "reason"]


def _status_rows(cells: list[Cell]) -> Iterator[tuple[Any, ...]]:
    """Status of each row over time; intervals that only another row's status split are joined."""
    for cell in cells:
        open_rows: dict[str, tuple[date, str, str]] = {}
        for interval in cell.intervals:
            for key, status, reason in interval.state.statuses:
                now = (str(status), reason)
                if key in open_rows and open_rows[key][1:] == now:
                    continue
                if key in open_rows:
                    start, old, why = open_rows[key]
                    yield (key, cell.cell_id, start, interval.start, old, why)
                open_rows[key] = (interval.start, *now)
        for key, (start, last, why) in sorted(open_rows.items()):
            yield (key, cell.cell_id, start, None, last, why)
