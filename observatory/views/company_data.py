"""Everything on file about one organisation, read once for all cards of its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import pandas as pd

from observatory.db import queries
from observatory.db.connect import Database
from observatory.i18n import Translator
from observatory.ui.markup import href
from observatory.views.labels import OrgName, clean, org_name

Row = Mapping[str, Any]
Rows = list[dict[str, Any]]
_FIRST: Final = date(1900, 1, 1)
_LAST: Final = date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a view needs besides the data: language, links, theme.

    `link(path, **params)` gives an address inside the app that keeps the reader's filters.
    """

    t: Translator
    link: Callable[..., str] = href
    theme: str = "light"


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


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if value is None or pd.isna(value) else value


def records(frame: pd.DataFrame) -> Rows:
    """Rows as dictionaries; missing values of any kind are None, days are dates."""
    return [
        {str(key): _plain(value) for key, value in item.items()}
        for item in frame.to_dict("records")
    ]


def load(db: Database, org: str, as_of: date | None, data_date: date | None = None) -> Company:
    """Read one organisation. Raises KeyError for an unknown id."""
    today = as_of or data_date or date.today()
    found = records(queries.organization(db, org, as_of))
    known = bool(found)
    if not found:
        found = records(queries.organization(db, org, None))
    if not found:
        raise KeyError(org)
    identity = found[0]
    economies = {row["economy_id"]: row for row in records(queries.economies(db))}
    names = records(queries.organization_names(db, org))
    deals = records(queries.deals(db, as_of, org=org))
    parties: dict[str, Rows] = {}
    for row in records(queries.company_deal_parties(db, org)):
        parties.setdefault(row["deal_id"], []).append(row)
    stages = records(queries.ipo_events(db, as_of, org=org))
    models = records(queries.models(db, as_of, org=org))
    standing = records(queries.company_standing(db, org, as_of))
    observations = records(queries.company_observations(db, org, as_of))
    chips = records(queries.chips(db, as_of, org=org))
    clusters = records(queries.clusters(db, as_of, org=org))
    systems = records(queries.company_supercomputers(db, org, as_of))
    policies = records(queries.policies(db, as_of, org=org))
    roles: dict[str, list[str]] = {}
    for row in records(queries.company_policy_roles(db, org)):
        roles.setdefault(row["policy_id"], []).append(row["role"])
    claims = records(queries.claims(db, as_of, org))
    tables = (
        observations, deals, stages, models, standing, chips, clusters, systems, policies, claims,
    )  # fmt: skip
    ids = {clean(row.get("source_id")) for rows in tables for row in rows}
    ids |= {clean(identity.get("source_id"))}
    sources = {r["source_id"]: r for r in records(queries.sources_by_id(db, sorted(ids - {""})))}
    mentioned = {clean(p["party_id"]) for rows in parties.values() for p in rows}
    mentioned |= {clean(row.get("top_org_id")) for row in standing}
    mentioned |= {clean(row.get("issuer_org_id")) for row in policies}
    mentioned |= {clean(row.get("org_id")) for row in deals} | {clean(identity["parent_org_id"])}
    named = records(queries.entity_names(db, sorted(mentioned - {""})))
    return Company(
        org=org,
        as_of=as_of,
        today=today,
        identity=identity,
        known=known,
        first_known=None if known else queries.company_first_known(db, org),
        economy=economies.get(clean(identity["economy_id"])),
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
        peers=_peers(db, identity, as_of, today),
        sources=sources,
        org_names={row["entity_id"]: row for row in named},
    )


def _events(db: Database, org: str, as_of: date | None) -> Rows:
    """One row an event, the best sourced one; in order of time."""
    order = ("official", "confirmed", "reported", "company_claim", "estimate", "disputed")
    kept: dict[str, dict[str, Any]] = {}
    for row in records(queries.events(db, _FIRST, _LAST, as_of, org_ids=[org])):
        before = kept.get(row["event_id"])
        place = order.index(row["status"]) if row["status"] in order else 9
        if before is None or place < before["place"]:
            kept[row["event_id"]] = {**row, "place": place}
    return sorted(kept.values(), key=lambda row: (row["date_end"], row["event_id"]))


def _peers(db: Database, identity: Row, as_of: date | None, today: date) -> Rows:
    """Others of the same layer and economy, then of the same economy, then of the same layer."""
    economy, own_layer = clean(identity["economy_id"]), clean(identity["stack_layer"])
    others: Rows = []
    if economy:
        others = records(queries.economy_organizations(db, economy, as_of, today))
    others = [row for row in others if row["org_id"] != identity["org_id"]]
    same = [row for row in others if clean(row["stack_layer"]) == own_layer and own_layer]
    if len(same) >= 3:
        return [{**row, "same": "both"} for row in same]
    rest = [row for row in others if row not in same]
    rest.sort(key=lambda row: clean(row["kind"]) != clean(identity["kind"]))
    found = [{**row, "same": "both"} for row in same]
    found += [{**row, "same": "economy"} for row in rest]
    if len(found) >= 3:
        return found
    every = records(queries.company_index(db, as_of))
    seen = {row["org_id"] for row in found} | {identity["org_id"]}
    layer = [row for row in every if clean(row["stack_layer"]) == own_layer]
    layer = layer or [row for row in every if row["kind"] == identity["kind"]]
    layer.sort(key=lambda row: -(row["n_models"] + row["n_deals"] + row["n_stages"]))
    return found + [{**row, "same": "layer"} for row in layer if row["org_id"] not in seen]
