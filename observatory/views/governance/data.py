"""Indices of governance and readiness, by family: which measures, which editions, which parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from observatory.analysis.cross_section import CrossSection, usable
from observatory.db.frames import records
from observatory.i18n import N_, Translator
from observatory.views.measures import Catalogue


@dataclass(frozen=True, slots=True)
class Family:
    """One index. `measures`: its series, the newest method last; they are never joined. `parts`: what
    the newest edition is made of."""

    id: str
    name: str
    measures: tuple[str, ...]
    parts: tuple[str, ...] = ()

    @property
    def main(self) -> str:
        return self.measures[-1]


FAMILIES: Final[Mapping[str, Family]] = {
    one.id: one
    for one in (
        Family(
            "readiness", N_("Government AI Readiness Index"),
            ("gov_ai_readiness_score_to_2024", "gov_ai_readiness_score"),
            ("gov_ai_readiness_pillar_policy_capacity", "gov_ai_readiness_pillar_governance",
             "gov_ai_readiness_pillar_ai_infrastructure", "gov_ai_readiness_pillar_public_sector_adoption",
             "gov_ai_readiness_pillar_development_diffusion", "gov_ai_readiness_pillar_resilience"),
        ),
        Family("democratic-values", N_("AI and Democratic Values Index"), ("ai_democratic_values_score",)),
        Family("preparedness", N_("IMF AI Preparedness Index"), ("ai_preparedness_index",)),
        Family("ict", N_("ICT Development Index"), ("ict_development_index",)),
        Family("cybersecurity", N_("Global Cybersecurity Index"), ("global_cybersecurity_index",)),
        Family("middle-powers", N_("Index of AI middle powers"), ("mpapi_composite",),
               ("mpapi_capacity_depth", "mpapi_governance", "mpapi_infrastructure")),
        Family("asia-pacific", N_("Asia Pacific AI Readiness Index"), ("apac_ai_readiness_overall",),
               ("apac_ai_readiness_government", "apac_ai_readiness_business")),
    )
}  # fmt: skip
DEFAULT: Final = "readiness"
COUNTS: Final = (
    "intl_ai_instruments_active", "national_ai_rules_tracked", "oecd_ai_policies_total", "ai_bills_passed_cumulative",
)  # fmt: skip
"""What others counted: more is not better, so no rank is told."""
OPINION: Final = (
    "public_trust_government_regulate_ai", "public_trust_country_regulate_ai", "public_trust_in_ai_edelman",
    "public_embrace_ai_edelman",
)  # fmt: skip


def read(query: Mapping[str, str]) -> tuple[Family, str]:
    """The index that a query names, and the word that names none."""
    word = query.get("index", "")
    return FAMILIES.get(word, FAMILIES[DEFAULT]), "" if word in FAMILIES or not word else word


def family_name(family: Family, t: Translator) -> str:
    """Its name in the reader's language."""
    return t(family.name)


def held(catalogue: Catalogue, indicator: str) -> bool:
    """Whether the build has a measure and the day a value of it."""
    return indicator in catalogue.indicators and len(usable(catalogue.series(indicator))) > 0


def section(catalogue: Catalogue, indicator: str, members: Sequence[str]) -> CrossSection | None:
    """The latest edition among the chosen economies; None for a measure the build lacks."""
    return (
        catalogue.section(indicator, tuple(members)) if indicator in catalogue.indicators else None
    )


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of an index: values by economy, as rows with `value` and `row_id`."""

    indicator: str
    period: str
    rows: Mapping[str, Mapping[str, Any]]

    @property
    def key(self) -> str:
        return f"{self.indicator}@{self.period}"


def editions(catalogue: Catalogue, family: Family, members: Sequence[str]) -> list[Edition]:
    """Every edition that holds a value of a chosen economy, the oldest first; methods keep apart."""
    found: list[Edition] = []
    for indicator in family.measures:
        if indicator not in catalogue.indicators:
            continue
        rows = usable(catalogue.series(indicator))
        rows = rows[rows["entity_id"].isin(list(members))]
        for (_, period), inside in rows.groupby(["period_end", "period"], sort=True):
            by = {str(row["entity_id"]): row for row in records(inside)}
            found.append(Edition(indicator, str(period), by))
    return found
