"""Schema ``serve``: what pages and analysts read. Views are files; every column has a comment."""

from __future__ import annotations

from importlib.resources import files

import duckdb

from etl import block_tables, scorecard, stack
from etl.ddl import ADDED, DERIVED, quote
from observatory.model.tables import TABLES
from observatory.model.vocab import Status

# Comments of view columns that no core column of the same name explains.
EXTRA: dict[str, str] = {
    "status": "Status word: one of eight",
    "policy_status": "Status of the instrument as the source saw it",
    "chip_status": "Shipping or announced; empty where the source does not say",
    "chips.kind": "Accelerator, or a processor that stands beside them",
    "cluster_status": "Running, being built, planned or closed",
    "claimed_value": "Figure claimed",
    "claimed_unit": "Unit of the figure claimed",
    "events.kind": "Kind of event",
    "names.kind": "Kind of name",
    "model_names.kind": "Kind of name",
    "deals.kind": "Kind of deal",
    "scale_blocks.kind": "One scale, or a gap between scales",
    "policies.kind": "Kind of instrument",
    "organizations.kind": "Kind of organisation",
    "policy_topics.name_en": "Name of the topic in English",
    "is_headline": "Chosen for its cell by the headline rule",
    "is_forecast": "A forecast, plan or target, not a measured value",
    "is_lead": "Stands for its cell in lists",
    "group_id": "Role of the economy in the observatory",
    "in_scope": "One of the thirteen economies that are ranked",
    "status_reason": "Code of the reason for the status",
    "source_title": "Title of the source",
    "source_kind": "Kind of source, in order of trust",
    "source_url": "Address of the source",
    "org_name": "Name of the organisation in English",
    "org_native_name": "Name of the organisation in its own script",
    "org_economy_id": "Economy of the organisation's head office",
    "indicator_name": "Name of the indicator",
    "n_observations": "Observations resting on it",
    "conflicts.thing_id": "Id of the measure, deal, listing stage, model, chip, cluster or policy",
    "conflicts.entity_id": "Economy, province or organisation it is about",
    "conflicts.economy_id": "Economy it is about, or that of the organisation",
    "conflicts.org_id": "Organisation it is about",
    "conflicts.period": "Period or date, as the row that leads prints it",
    "outcome": "What was done: disputed or weak (none is chosen), official, near, words (dates or conditions differ)",
    "n_rows": "Rows resting on it",
    "published_end": "Last day the stated date of publication may mean",
    "entity_sources.n_rows": "Observations of the entity that rest on the source",
    "source_days.n_rows": "Observations that rest on the source and became known on the day",
    "newest": "Last day of the newest period among them",
    "first_known": "First day on which one of them was known",
    "n": "How many of them there are",
    "n_entities": "Economies, provinces and organisations with a value",
    **{status: f"Values whose status is {status}" for status in Status},
    "last_end": "Last day of the newest period; of quality, forecasts left aside",
    "last_period": "Newest period; of quality, forecasts left aside",
    "first_end": "Last day of the oldest period",
    "first_period": "Oldest period",
    "measure_quality.row_id": "Row of the newest period, the last of them by id",
    "measure_cover.row_id": "Row that stands for the newest period",
    "published_on": "First day on which a dated source with the newest period was known",
    "measure_quality.known_on": "First day on which a value of the newest period was known",
    "n_scope": "Economies of the thirteen with a cell",
    "n_economies": "Economies with a cell, aggregates and the group other left aside",
    "n_orgs": "Organisations with a cell",
    "n_provinces": "Provinces of China with a cell",
    "n_cells": "Cells: pairs of entity and period",
    "n_disputed": "Cells in dispute",
    "measure_reach.n_sources": "Sources of the rows that stand for its cells",
    "n_held": "Economies of the thirteen with a value that is chosen and no forecast",
    "n_held_periods": "Periods for which they have one",
    "year": "Year in which the periods end; empty for all",
    "measure_cover.period": "Newest of the periods",
    "measure_cover.period_end": "Last day of the newest of the periods",
    "measure_cover.status": "Status word of the newest cell",
    "only_forecast": "All of the cells hold forecasts",
    "n_usable": "Rows of the cell that are not superseded",
    "last_known": "Day on which the newest of the rows that are not superseded became known",
    "cell_days.n_cells": "Cells: indicator, entity, period and span",
    "n_several": "Cells with two and more rows that are not superseded",
    "lead": "Only rows chosen for their cell; else all",
    "value_counts.n_rows": "Observations that are alike in this and known in these days",
}

# Views that are worked out once, in the build, with the order of their rows. What readers limit by
# comes first, so that the blocks of other measures are not read; without it every question would
# join its rows with the states of all rows of all tables.
STORED: dict[str, str] = {
    "sources": "source_id",
    "organizations": "org_id, valid_from",
    "observations": "indicator_id, entity_id, period_end, period, row_id, valid_from",
    "headlines": "indicator_id, entity_id, period_end, period, cell_id, valid_from",
    "conflicts": "indicator_id, entity_id, cell_id, valid_from",
    "deals": "deal_id, row_id, valid_from",
    "ipo_events": "event_id, row_id, valid_from",
    "models": "model_id, row_id, valid_from",
    "benchmark_results": "benchmark_id, period_end, row_id, valid_from",
    "chips": "chip_id, row_id, valid_from",
    "supercomputers": "list_date, rank, valid_from",
    "clusters": "cluster_id, row_id, valid_from",
    "policies": "policy_id, row_id, valid_from",
    "events": "date_start, event_id, valid_from",
    # Ids are hashes: only a list in their own order finds one without reading them all.
    "row_keys": "row_id",
    # Answers about everything at once, as they were from one day to the next.
    "entity_sources": "entity_id, source_id, valid_from",
    "measure_quality": "indicator_id, valid_from",
    "measure_reach": "indicator_id, valid_from",
    "measure_cover": "year, indicator_id, economy_id, valid_from",
    "source_days": "source_id, known_on",
    "cell_days": "valid_from",
    "value_counts": "lead, indicator_id, entity_id, source_id, unit, status, valid_from, valid_to",
    "entity_periods": "lead, entity_id, period, valid_from, valid_to",
}


def view_files() -> list[tuple[str, str, str]]:
    """Name, comment (first line of the file) and statement of each view, in file order."""
    found = []
    for path in sorted(files("etl").joinpath("sql").iterdir(), key=lambda item: item.name):
        if path.name.endswith(".sql"):
            text = path.read_text(encoding="utf-8")
            first, _, body = text.partition("\n")
            found.append(
                (path.name[3:-4], first.removeprefix("-- ").strip(), body.strip().rstrip(";"))
            )
    return found


def known_comments() -> dict[str, str]:
    """Comment of each core column by its name; the first table that has it wins."""
    comments: dict[str, str] = {}
    for table in TABLES:
        for column, info in table.record.model_fields.items():
            comments.setdefault(column, info.description or "")
    comments.update({column: text for column, (_, text) in ADDED.items()})
    for _, columns in DERIVED.values():
        for column, (_, text) in columns.items():
            comments.setdefault(column, text)
    blocks = block_tables.comments([*scorecard.TABLES, *stack.TABLES])
    return comments | EXTRA | blocks


def create_views(connection: duckdb.DuckDBPyConnection, database: str) -> None:
    """Create every view with comments; a column nobody explains raises LookupError."""
    comments = known_comments()
    connection.execute("CREATE SCHEMA stored")
    for name, comment, rows in view_files():
        body = rows
        if name in STORED:
            connection.execute(
                f"CREATE TABLE stored.{name} AS SELECT * FROM ({rows}) ORDER BY {STORED[name]}"  # noqa: S608 - own names
            )
            connection.execute(
                f"COMMENT ON TABLE stored.{name} IS {quote(f'Rows of the view serve.{name}')}"
            )
            body = f"SELECT * FROM stored.{name}"  # noqa: S608 - own names
        connection.execute(f"CREATE VIEW serve.{name} AS {body}")
        connection.execute(f"COMMENT ON VIEW serve.{name} IS {quote(comment)}")
        columns = connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE schema_name = 'serve' AND table_name = $name "
            "AND database_name = $database ORDER BY column_index",
            {"name": name, "database": database},
        ).fetchall()
        for (column,) in columns:
            text = comments.get(f"{name}.{column}") or comments.get(column)
            if not text:
                raise LookupError(
                    f"column {column!r} of view serve.{name} has no comment; add it to etl/serve.py"
                )
            connection.execute(f'COMMENT ON COLUMN serve.{name}."{column}" IS {quote(text)}')
