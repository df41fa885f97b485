"""The curated tables: file, record, key, and the letter of their public row ids."""

from __future__ import annotations

from dataclasses import dataclass

from observatory.model import facts, history, reference, scales
from observatory.model.fields import Record

SCHEMA_VERSION = 4


@dataclass(frozen=True, slots=True)
class Table:
    """One curated table. ``files`` is a path below the data folder; * stands for several files."""

    name: str
    record: type[Record]
    files: str
    key: tuple[str, ...]
    kind: str
    """Letter that starts the public id of its rows; two where no receipt opens them."""
    optional: bool = False
    """The file may be absent."""

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.record.model_fields)

    @property
    def sourced(self) -> bool:
        """Whether every row rests on a source; names may be the house's own."""
        field = self.record.model_fields.get("source_id")
        return field is not None and field.is_required() and self.name != "sources"

    @property
    def comment(self) -> str:
        return (self.record.__doc__ or "").strip()


# In load order: a table stands after those it refers to.
TABLES: tuple[Table, ...] = (
    Table("economies", reference.EconomyRow, "economies.csv", ("economy_id",), "e"),
    Table("subnational", reference.SubnationalRow, "subnational.csv", ("subnational_id",), "u"),
    Table("sources", reference.SourceRow, "sources.csv", ("source_id",), "s"),
    Table("organizations", reference.OrganizationRow, "organizations.csv", ("org_id",), "g"),
    Table("names", reference.NameRow, "names.csv", ("org_id", "language", "name"), "n"),
    Table("indicators", reference.IndicatorRow, "indicators/*.yml", ("indicator_id",), "q"),
    Table(
        "indicator_breaks",
        reference.IndicatorBreakRow,
        "indicators/breaks.csv",
        ("indicator_id", "starts", "entity_id"),
        "qb",
    ),
    Table(
        "observations",
        facts.ObservationRow,
        "observations/*.csv",
        ("indicator_id", "entity_id", "period", "span", "source_id", "known_on"),
        "o",
    ),
    Table("fx_rates", facts.FxRow, "capital/fx_rates.csv", ("currency", "period"), "f"),
    Table(
        "deals",
        facts.DealRow,
        "capital/deals.csv",
        ("deal_id", "source_id", "line", "known_on"),
        "d",
    ),
    Table(
        "deal_parties",
        facts.DealPartyRow,
        "capital/deal_parties.csv",
        ("deal_id", "role", "party_name"),
        "y",
    ),
    Table(
        "deal_links",
        facts.DealLinkRow,
        "capital/deal_links.csv",
        ("deal_id", "relation", "related_deal_id"),
        "yl",
    ),
    Table(
        "ipo_events",
        facts.IpoEventRow,
        "capital/ipo_events.csv",
        ("event_id", "source_id", "line", "known_on"),
        "i",
    ),
    Table("models", facts.ModelRow, "technology/models.csv", ("model_id",), "m"),
    Table(
        "model_sources",
        facts.ModelSourceRow,
        "technology/model_sources.csv",
        ("model_id", "source_id", "name"),
        "a",
    ),
    Table(
        "model_names", facts.ModelNameRow, "technology/model_names.csv", ("model_id", "name"), "l"
    ),
    Table("benchmarks", facts.BenchmarkRow, "technology/benchmarks.csv", ("benchmark_id",), "b"),
    Table(
        "benchmark_results",
        facts.BenchmarkResultRow,
        "technology/benchmark_results.csv",
        ("benchmark_id", "model_name", "as_of", "source_id", "known_on"),
        "r",
    ),
    Table(
        "scale_blocks",
        scales.ScaleBlockRow,
        "technology/scale_blocks.csv",
        ("benchmark_id", "starts"),
        "bs",
    ),
    Table("chips", facts.ChipRow, "technology/chips.csv", ("chip_id", "source_id"), "h"),
    Table(
        "supercomputers",
        facts.SupercomputerRow,
        "technology/supercomputers.csv",
        ("list_date", "rank"),
        "t",
    ),
    Table("clusters", facts.ClusterRow, "technology/clusters.csv", ("cluster_id",), "k"),
    Table("policies", facts.PolicyRow, "policy/policies.csv", ("policy_id", "source_id"), "p"),
    Table("topics", facts.TopicRow, "policy/topics.csv", ("topic",), "v"),
    Table(
        "policy_topics",
        facts.PolicyTopicRow,
        "policy/policy_topics.csv",
        ("policy_id", "topic"),
        "w",
    ),
    Table(
        "policy_parties",
        facts.PolicyPartyRow,
        "policy/policy_parties.csv",
        ("policy_id", "role", "party_name"),
        "x",
    ),
    Table(
        "policy_relations",
        facts.PolicyRelationRow,
        "policy/policy_relations.csv",
        ("policy_id", "relation", "related_policy_id"),
        "z",
    ),
    Table("claims", facts.ClaimRow, "evidence/claims.csv", ("claim_id",), "c"),
    Table(
        "claim_checks",
        facts.ClaimCheckRow,
        "evidence/claim_checks.csv",
        ("claim_id", "checked_on"),
        "cc",
        optional=True,
    ),
    Table(
        "corrections",
        facts.CorrectionRow,
        "evidence/corrections.csv",
        ("correction_id",),
        "co",
        optional=True,
    ),
    Table(
        "earlier_models",
        history.EarlierModelRow,
        "technology/earlier_models.csv",
        ("model_id", "replaced_on"),
        "mx",
        optional=True,
    ),
    Table(
        "earlier_clusters",
        history.EarlierClusterRow,
        "technology/earlier_clusters.csv",
        ("cluster_id", "replaced_on"),
        "kx",
        optional=True,
    ),
    Table(
        "earlier_supercomputers",
        history.EarlierSupercomputerRow,
        "technology/earlier_supercomputers.csv",
        ("list_date", "rank", "replaced_on"),
        "tx",
        optional=True,
    ),
    Table(
        "earlier_fx_rates",
        history.EarlierFxRow,
        "capital/earlier_fx_rates.csv",
        ("currency", "period", "replaced_on"),
        "fx",
        optional=True,
    ),
    Table(
        "readings",
        history.ReadingRow,
        "readings.csv",
        ("upstream", "file", "read_on", "sha256"),
        "rd",
        optional=True,
    ),
    Table("accepted", reference.AcceptedRow, "accepted.csv", ("check", "key"), "j"),
)

BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}

# Ids that other rows refer to but that are no primary key of their table by themselves.
GROUP_KEYS: dict[str, str] = {
    "deals": "deal_id",
    "ipo_events": "ipo_id",
    "policies": "policy_id",
    "chips": "chip_id",
}


def reference_column(table: str) -> str:
    """Column that references to a table are looked up in."""
    return GROUP_KEYS.get(table, BY_NAME[table].key[0])
