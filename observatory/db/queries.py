"""Typed functions, one a named query. ``as_of`` None means: all that is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from observatory.db.connect import Database

NOW = date(9999, 1, 1)


def _day(as_of: date | None) -> date:
    return as_of or NOW


def site_counts(db: Database, as_of: date | None) -> pd.DataFrame:
    """One row: observations, indicators, sources, economies, all_sources, data_date, build_id."""
    return db.query("site_counts", as_of=_day(as_of))


def economies(db: Database) -> pd.DataFrame:
    """Every economy with names, group and tile."""
    return db.query("economies")


def indicators(db: Database) -> pd.DataFrame:
    """What each indicator means; one row an indicator."""
    return db.query("indicators")


def headline_series(db: Database, indicator_ids: Sequence[str], as_of: date | None) -> pd.DataFrame:
    """Chosen values of indicators for all economies; value is null where sources are in dispute."""
    return db.query("headline_series", indicators=list(indicator_ids), as_of=_day(as_of))


def first_known(db: Database, indicator_ids: Sequence[str]) -> date | None:
    """First day on which any value of these indicators was known."""
    found = db.query("first_known", indicators=list(indicator_ids))["first_known"][0]
    return None if pd.isna(found) else pd.Timestamp(found).date()


def sources_by_id(db: Database, ids: Sequence[str] | None) -> pd.DataFrame:
    """Sources by id, or all of them."""
    return db.query("sources_by_id", ids=None if ids is None else list(ids))


def events(
    db: Database,
    first: date,
    last: date,
    as_of: date | None,
    economy_ids: Sequence[str] | None = None,
    org_ids: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Events that may have fallen between two days, oldest first."""
    return db.query(
        "events",
        first=first,
        last=last,
        as_of=_day(as_of),
        economies=None if economy_ids is None else list(economy_ids),
        orgs=None if org_ids is None else list(org_ids),
    )


def organizations(db: Database, as_of: date | None) -> pd.DataFrame:
    """Every organisation: id, names, economy, kind, layer, tickers."""
    return db.query("organizations", as_of=_day(as_of))


def organization(db: Database, org: str, as_of: date | None) -> pd.DataFrame:
    """Identity of one organisation: one row, or none."""
    return db.query("organization", org=org, as_of=_day(as_of))


def organization_names(db: Database, org: str) -> pd.DataFrame:
    """Names, brands, former names, tickers and subsidiaries of one organisation."""
    return db.query("organization_names", org=org)


def economy_organizations(
    db: Database, economy: str, as_of: date | None, today: date
) -> pd.DataFrame:
    """Organisations of one economy, those with the newest event first."""
    return db.query("economy_organizations", economy=economy, as_of=_day(as_of), today=today)


def _of(
    db: Database, name: str, as_of: date | None, economy: str | None, org: str | None
) -> pd.DataFrame:
    return db.query(name, as_of=_day(as_of), economy=economy, org=org)


def deals(
    db: Database, as_of: date | None, economy: str | None = None, org: str | None = None
) -> pd.DataFrame:
    """Rows on deals; those of one deal_id are never added up."""
    return _of(db, "deals", as_of, economy, org)


def ipo_events(
    db: Database, as_of: date | None, economy: str | None = None, org: str | None = None
) -> pd.DataFrame:
    """Rows on listing stages."""
    return _of(db, "ipo_events", as_of, economy, org)


def models(
    db: Database, as_of: date | None, economy: str | None = None, org: str | None = None
) -> pd.DataFrame:
    """Models, newest first."""
    return _of(db, "models", as_of, economy, org)


def chips(
    db: Database, as_of: date | None, economy: str | None = None, org: str | None = None
) -> pd.DataFrame:
    """Chips, newest first."""
    return _of(db, "chips", as_of, economy, org)


def clusters(
    db: Database, as_of: date | None, economy: str | None = None, org: str | None = None
) -> pd.DataFrame:
    """AI clusters, largest first."""
    return _of(db, "clusters", as_of, economy, org)


def supercomputers(
    db: Database, as_of: date | None, economy: str | None = None, org: str | None = None
) -> pd.DataFrame:
    """Systems on the newest TOP500 list."""
    return _of(db, "supercomputers", as_of, economy, org)


def policies(
    db: Database, as_of: date | None, economy: str | None = None, org: str | None = None
) -> pd.DataFrame:
    """Policies, newest first; undated last."""
    return _of(db, "policies", as_of, economy, org)


def standing(db: Database, org: str, as_of: date | None) -> pd.DataFrame:
    """Best placed model of a maker on each board's latest date, with the board's best and size."""
    return db.query("standing", org=org, as_of=_day(as_of))


def claims(db: Database, as_of: date | None, entity: str | None = None) -> pd.DataFrame:
    """Claims of the founding documents that name an entity, worst verdict first."""
    return db.query("claims", as_of=_day(as_of), entity=entity)


def economy_sources(db: Database, economy: str, as_of: date | None) -> pd.DataFrame:
    """Sources behind one economy's values, by how many rest on each."""
    return db.query("economy_sources", economy=economy, as_of=_day(as_of))


def conflicts(db: Database, as_of: date | None, entity: str | None = None) -> pd.DataFrame:
    """Values on which sources differ, widest gap first."""
    return db.query("conflicts", as_of=_day(as_of), entity=entity)


# The letter a public id starts with names the table of its row.
KINDS = {
    "o": "observations",
    "d": "deals",
    "i": "ipo_events",
    "m": "models",
    "r": "benchmark_results",
    "h": "chips",
    "t": "supercomputers",
    "k": "clusters",
    "p": "policies",
    "c": "claims",
    "f": "fx_rates",
    "g": "organizations",
}


def rows_by_id(db: Database, table: str, ids: Sequence[str], as_of: date | None) -> pd.DataFrame:
    """Rows of one table by public id; ``table`` is a value of KINDS (KeyError otherwise)."""
    if table not in KINDS.values():
        raise KeyError(table)
    return db.query(f"row_{table}", ids=list(ids), as_of=_day(as_of))


def cell_of_row(db: Database, row_id: str, as_of: date | None) -> pd.DataFrame:
    """State of the cell a row belongs to, one row for each row in it; empty if unknown by then."""
    return db.query("cell_of_row", row_id=row_id, as_of=_day(as_of))


def indicators_by_id(db: Database, ids: Sequence[str]) -> pd.DataFrame:
    """Indicators by id."""
    return db.query("indicators_by_id", ids=list(ids))


def entity_names(db: Database, ids: Sequence[str]) -> pd.DataFrame:
    """Names of economies, provinces and organisations by id."""
    return db.query("entity_names", ids=list(ids))


# The company profile. ---------------------------------------------------------------------------


def company_index(db: Database, as_of: date | None, today: date) -> pd.DataFrame:
    """Every organisation with counts of what is on file by table, those with newest event first."""
    return db.query("company_index", as_of=_day(as_of), today=today)


def company_first_known(db: Database, org: str) -> date | None:
    """First day on which anything on an organisation was known."""
    found = db.query("company_first_known", org=org)["first_known"][0]
    return None if pd.isna(found) else pd.Timestamp(found).date()


def company_observations(db: Database, org: str, as_of: date | None) -> pd.DataFrame:
    """Values measured for one organisation: all rows with status, reason and remark."""
    return db.query("company_observations", org=org, as_of=_day(as_of))


def company_deal_parties(db: Database, org: str) -> pd.DataFrame:
    """Payers, receivers and investors of the deals that name one organisation."""
    return db.query("company_deal_parties", org=org)


def company_standing(db: Database, org: str, as_of: date | None) -> pd.DataFrame:
    """Best placed model on each board's latest date; ties share a place."""
    return db.query("company_standing", org=org, as_of=_day(as_of))


def company_supercomputers(db: Database, org: str, as_of: date | None) -> pd.DataFrame:
    """TOP500 systems at an organisation's site (`at_site`) or made by it, newest list of each."""
    return db.query("company_supercomputers", org=org, as_of=_day(as_of))


def company_policy_roles(db: Database, org: str) -> pd.DataFrame:
    """Roles of one organisation in policies: policy_id, role."""
    return db.query("company_policy_roles", org=org)


def cell_values(db: Database, cell_ids: Sequence[str], as_of: date | None) -> pd.DataFrame:
    """Every value of some cells, lowest first, with its publisher."""
    return db.query("cell_values", cells=list(cell_ids), as_of=_day(as_of))


def economy_known(db: Database, economy: str, as_of: date | None) -> pd.DataFrame:
    """One row: values of an economy known by the day, known at all, and the first day."""
    return db.query("economy_known", economy=economy, as_of=_day(as_of))


def known_share(
    db: Database, indicator_ids: Sequence[str], economy_ids: Sequence[str], as_of: date | None
) -> tuple[int, int, date | None]:
    """Values with a source by a day, values on file, and the first day any had one."""
    row = db.query(
        "known_share",
        indicators=list(indicator_ids),
        economies=list(economy_ids),
        as_of=_day(as_of),
    ).iloc[0]
    first = None if pd.isna(row["first_known"]) else pd.Timestamp(row["first_known"]).date()
    return int(row["known"]), int(row["total"]), first


def benchmark(db: Database, benchmark_id: str) -> pd.DataFrame:
    """One benchmark: one row, or none."""
    return db.query("benchmark_by_id", id=benchmark_id)
