"""Everything on file about one organisation, read once for all cards of its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from observatory.cards.markup import href
from observatory.db import queries
from observatory.db.connect import Database
from observatory.db.frames import plain_records
from observatory.i18n import Translator
from observatory.views.labels import OrgName, clean, org_name

Row = Mapping[str, Any]
Rows = list[dict[str, Any]]
_FIRST: Final = date(1900, 1, 1)
_LAST: Final = date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a view needs besides the data: language, links, theme.

    `link(path, **params)` gives an address inside the app that keeps the reader's filters; `pages`
    are the slugs of the pages there are, so that nothing links to one that is missing.
    """

    t: Translator
    link: Callable[..., str] = href
    theme: str = "light"
    pages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Company:
    """One organisation as known on `as_of` (None: now), read on `today`."""

    org: str
    as_of: date | None
    today: date
    identity: dict[str, Any]
    known: bool
    """False: its identity row was not known yet; the row shown is today's."""
    first_known: date | None
    economy: dict[str, Any] | None
    names: Rows
    subsidiaries: Rows
    observations: Rows
    deals: Rows
    parties: dict[str, Rows]
    stages: Rows
    models: Rows
    standing: Rows
    chips: Rows
    clusters: Rows
    systems: Rows
    policies: Rows
    policy_roles: dict[str, list[str]]
    claims: Rows
    events: Rows
    peers: Rows
    overview: Mapping[str, Row]
    """Every organisation known by the day, with counts of what is on file."""
    economies: Mapping[str, Row]
    sources: dict[str, dict[str, Any]]
    org_names: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return clean(self.identity.get("kind"))

    @property
    def economy_id(self) -> str:
        return clean(self.identity.get("economy_id"))

    def name(self, t: Translator) -> OrgName:
        """How to print it for a reader."""
        return org_name(
            self.identity["name"], self.identity["native_name"], self.identity["native_language"], t
        )

    def facts(self) -> int:
        """How many facts are on file besides the identity."""
        return sum(
            len(rows)
            for rows in (
                self.observations, self.deals, self.stages, self.models, self.standing, self.chips,
                self.clusters, self.systems, self.policies, self.claims,
            )
        )  # fmt: skip


@lru_cache(maxsize=8)
def overview(db: Database, as_of: date | None, today: date) -> dict[str, dict[str, Any]]:
    """Every organisation known by a day with counts of what is on file, by id."""
    return {row["org_id"]: row for row in plain_records(queries.company_index(db, as_of, today))}


@lru_cache(maxsize=8)
def _economies(db: Database) -> dict[str, dict[str, Any]]:
    return {row["economy_id"]: row for row in plain_records(queries.economies(db))}


def load(db: Database, org: str, as_of: date | None, data_date: date | None = None) -> Company:
    """Read one organisation. Raises KeyError for an unknown id."""
    today = as_of or data_date or datetime.now(UTC).date()
    found = plain_records(queries.organization(db, org, as_of))
    known = bool(found)
    if not found:
        found = plain_records(queries.organization(db, org, None))
    if not found:
        raise KeyError(org)
    identity = found[0]
    every = overview(db, as_of, today)
    counts = every.get(org)

    def rows(what: tuple[str, ...], read: Callable[[], pd.DataFrame]) -> Rows:
        # A table in which the overview counts nothing need not be asked.
        if counts is not None and not any(counts[f"n_{name}"] for name in what):
            return []
        return plain_records(read())

    names = plain_records(queries.organization_names(db, org))
    deals = rows(("deals", "parts"), lambda: queries.deals(db, as_of, org=org))
    parties: dict[str, Rows] = {}
    for row in plain_records(queries.company_deal_parties(db, org)) if deals else []:
        parties.setdefault(row["deal_id"], []).append(row)
    stages = rows(("stages",), lambda: queries.ipo_events(db, as_of, org=org))
    models = rows(("models",), lambda: queries.models(db, as_of, org=org))
    standing = rows(("results",), lambda: queries.company_standing(db, org, as_of))
    observations = rows(("values",), lambda: queries.company_observations(db, org, as_of))
    chips = rows(("chips",), lambda: queries.chips(db, as_of, org=org))
    clusters = one_each(rows(("clusters",), lambda: queries.clusters(db, as_of, org=org)))
    systems = rows(("systems",), lambda: queries.company_supercomputers(db, org, as_of))
    policies = rows(("policies",), lambda: queries.policies(db, as_of, org=org))
    roles: dict[str, list[str]] = {}
    for row in plain_records(queries.company_policy_roles(db, org)) if policies else []:
        roles.setdefault(row["policy_id"], []).append(row["role"])
    claims = plain_records(queries.claims(db, as_of, org))
    tables = (
        observations, deals, stages, models, standing, chips, clusters, systems, policies, claims,
    )  # fmt: skip
    ids = {clean(row.get("source_id")) for table in tables for row in table}
    ids |= {clean(identity.get("source_id"))}
    sources = {
        r["source_id"]: r for r in plain_records(queries.sources_by_id(db, sorted(ids - {""})))
    }
    mentioned = {clean(p["party_id"]) for group in parties.values() for p in group}
    mentioned |= {clean(row.get("org_id")) for row in deals} | {clean(identity["parent_org_id"])}
    mentioned -= {""}
    named = plain_records(queries.entity_names(db, sorted(mentioned))) if mentioned else []
    return Company(
        org=org,
        as_of=as_of,
        today=today,
        identity=identity,
        known=known,
        first_known=None if known else queries.company_first_known(db, org),
        economy=_economies(db).get(clean(identity["economy_id"])),
        names=[row for row in names if row["kind"] != "subsidiary"],
        subsidiaries=[row for row in names if row["kind"] == "subsidiary"],
        observations=observations,
        deals=deals,
        parties=parties,
        stages=stages,
        models=models,
        standing=standing,
        chips=chips,
        clusters=clusters,
        systems=systems,
        policies=policies,
        policy_roles=roles,
        claims=claims,
        events=_events(db, org, as_of),
        peers=_peers(list(every.values()), identity),
        overview=every,
        economies=_economies(db),
        sources=sources,
        org_names={row["entity_id"]: row for row in named},
    )


_FURTHEST: Final = ("operational", "under_construction", "planned")


def one_each(clusters: Rows) -> Rows:
    """One row a cluster: rows of one name and owner are several sources on one site.

    The furthest state stands for it, since a plan is older than what runs; the others are under
    `others`.
    """
    groups: dict[str, Rows] = {}
    for row in clusters:
        groups.setdefault(clean(row["name"]).casefold(), []).append(row)

    def order(row: Row) -> int:
        state = clean(row["cluster_status"])
        return _FURTHEST.index(state) if state in _FURTHEST else len(_FURTHEST)

    found: Rows = []
    for group in groups.values():
        lead = min(group, key=order)
        found.append({**lead, "others": [row for row in group if row is not lead]})
    return found


def _events(db: Database, org: str, as_of: date | None) -> Rows:
    """One row an event, the best sourced one; in order of time."""
    order = ("official", "confirmed", "reported", "company_claim", "estimate", "disputed")
    kept: dict[str, dict[str, Any]] = {}
    for row in plain_records(queries.events(db, _FIRST, _LAST, as_of, org_ids=[org])):
        before = kept.get(row["event_id"])
        place = order.index(row["status"]) if row["status"] in order else 9
        if before is None or place < before["place"]:
            kept[row["event_id"]] = {**row, "place": place}
    return sorted(kept.values(), key=lambda row: (row["date_end"], row["event_id"]))


def _peers(every: Rows, identity: Row) -> Rows:
    """Others of the same layer and economy, then of the same economy, then of the same layer."""
    economy, layer = clean(identity["economy_id"]), clean(identity["stack_layer"])
    rest = [row for row in every if row["org_id"] != identity["org_id"]]
    near = [row for row in rest if economy and row["economy_id"] == economy]
    found = [{**row, "same": "both"} for row in near if layer and row["stack_layer"] == layer]
    if len(found) >= 3:
        return found
    others = [row for row in near if not layer or row["stack_layer"] != layer]
    others.sort(key=lambda row: row["kind"] != identity["kind"])
    found += [{**row, "same": "economy"} for row in others]
    if len(found) >= 3:
        return found
    seen = {row["org_id"] for row in found}
    like = [row for row in rest if layer and row["stack_layer"] == layer]
    like = like or [row for row in rest if row["kind"] == identity["kind"]]
    like.sort(key=lambda row: -(row["n_models"] + row["n_deals"] + row["n_stages"]))
    return found + [{**row, "same": "layer"} for row in like if row["org_id"] not in seen]
