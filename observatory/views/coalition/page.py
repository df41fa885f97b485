"""The coalition builder: who is in it, what its members hold together, against whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import pandas as pd

from observatory.analysis.coalition import Pool, contributions, invitations, pool, rule_of
from observatory.cards.filters import shorten
from observatory.cards.markup import Safe, h
from observatory.cards.states import Gap
from observatory.i18n import Translator
from observatory.model.pillars import ORDER
from observatory.model.scope import COMPARATORS, EAST_ASIA, PRESETS, SCOPE
from observatory.model.vocab import Pillar
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator

EVERYONE: Final = SCOPE + COMPARATORS
WORLD: Final = "WLD"
# What size means, shown with the pool but no part of the race: it never counts for an invitation.
SIZE: Final = ("gdp_usd_bn_imf", "population_total", "electricity_generation_twh")
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "third-way5": PRESETS["third-way5"],
    "asean6": PRESETS["asean6"],
    "east-asia-less-china": tuple(code for code in EAST_ASIA if code != "CHN"),
    "all-less-china": tuple(code for code in SCOPE if code != "CHN"),
}
DEFAULT: Final = "third-way5"


def group_label(group: str, t: Translator) -> str:
    """Name of a ready-made coalition."""
    match group:
        case "third-way5":
            return t("Third-way five")
        case "asean6":
            return t("ASEAN six")
        case "east-asia-less-china":
            return t("East Asia less China")
        case _:
            return t("All 13 less China")


def members_of(given: str | None) -> tuple[tuple[str, ...], list[str]]:
    """Members that the link names (a group or ids by comma), and what of it could not be used.

    Two members at least; otherwise the essay's five.
    """
    if not given:
        return GROUPS[DEFAULT], []
    if given.lower() in GROUPS:
        return GROUPS[given.lower()], []
    wanted = [part.strip().upper() for part in given.split(",") if part.strip()]
    bad = [part for part in wanted if part not in EVERYONE]
    good = tuple(code for code in EVERYONE if code in wanted)
    if len(good) < 2:
        return GROUPS[DEFAULT], bad or [given]
    return good, bad


def parameter(members: Sequence[str]) -> str:
    """The link's value for some members: a group's id where it is one, else ids."""
    for group, codes in GROUPS.items():
        if set(codes) == set(members):
            return group
    return ",".join(code for code in EVERYONE if code in members)


def _background(item: Indicator) -> bool:
    """Trade, population and the like: what an economy is, not what it does in AI."""
    return Pillar.CONTEXT.value in (item.pillar, clean(item.row["domain"]))


@dataclass(frozen=True)
class Coalition:
    """Members, rivals, and every pooled measure. All sections are those of the thirteen's period."""

    data: Catalogue
    members: tuple[str, ...]
    as_of: date | None

    @property
    def t(self) -> Translator:
        return self.data.t

    @property
    def rivals(self) -> tuple[str, ...]:
        """China and the United States, as far as they stand outside."""
        return tuple(code for code in ("CHN", "USA") if code not in self.members)

    @property
    def rival(self) -> str:
        """Whom an invitation is measured against: China, the United States if China is a member."""
        return self.rivals[0] if self.rivals else ""

    @cached_property
    def measures(self) -> list[Indicator]:
        """Measures that are pooled, by pillar in reading order, size last."""
        order = {pillar.value: place for place, pillar in enumerate(ORDER)}
        found = [
            item
            for key, item in self.data.indicators.items()
            if item.row["headline"] and rule_of(clean(item.row["aggregation"])) != "range"
            and clean(item.row["entity_type"]) == "economy"
            and (key in SIZE or not _background(item))
        ]  # fmt: skip
        return sorted(
            found,
            key=lambda item: (item.id in SIZE, order.get(item.pillar, 99), item.id),
        )

    @cached_property
    def refused(self) -> list[Indicator]:
        """Headline measures that must not be added: shares, indices, counts of joint work."""
        return [
            item
            for item in self.data.indicators.values()
            if item.row["headline"] and rule_of(clean(item.row["aggregation"])) == "range"
            and clean(item.row["entity_type"]) == "economy"
            and not _background(item) and not clean(item.row["counterpart_id"])
        ]  # fmt: skip

    @cached_property
    def sections(self) -> dict[str, pd.DataFrame]:
        """One row an economy (and the world, where a source counts it) for each measure."""
        return {
            item.id: self.data.section(item.id, (*EVERYONE, WORLD)).frame
            for item in [*self.measures, *self.refused]
        }

    @cached_property
    def pools(self) -> dict[str, Pool]:
        return {
            item.id: pool(
                item.id, self.sections[item.id], self.members,
                rule_of(clean(item.row["aggregation"])), item.higher_is_better is not False,
            )
            for item in self.measures
        }  # fmt: skip

    def value(self, indicator: str, economy: str) -> tuple[float, str, str] | None:
        """Value, row id and period of one economy in a measure's cross-section."""
        frame = self.sections[indicator]
        found = frame[(frame["entity_id"] == economy) & frame["value"].notna()]
        if found.empty:
            return None
        row = found.iloc[0]
        return float(row["value"]), str(row["row_id"]), str(row["period"])

    def ratio(self, indicator: str, economy: str) -> float | None:
        """The pool over an outsider's value."""
        found = self.value(indicator, economy)
        return None if found is None else self.pools[indicator].against(found[0])

    def world_share(self, indicator: str) -> float | None:
        """The pool's share of the world, where the source counts the world for the same period."""
        found, pooled = self.value(indicator, WORLD), self.pools[indicator]
        if found is None or pooled.rule != "sum" or pooled.periods != (found[2],):
            return None
        return pooled.against(found[0])

    @cached_property
    def candidates(self) -> list[str]:
        """Who could join: those of the thirteen outside, without the rival they are measured against."""
        return [code for code in SCOPE if code not in self.members and code != self.rival]

    @cached_property
    def race(self) -> dict[str, Pool]:
        """Pooled measures that count for an invitation: all but size."""
        return {key: found for key, found in self.pools.items() if key not in SIZE}

    @cached_property
    def open_gaps(self) -> list[str]:
        """Measures in which the pool lies behind the rival."""
        found = []
        for key, pooled in self.race.items():
            rival = self.value(key, self.rival) if self.rival else None
            if rival is None:
                continue
            total = pooled.total or 0.0
            behind = rival[0] > total if pooled.higher_is_better else rival[0] < total
            if behind:
                found.append(key)
        return found

    @cached_property
    def added(self) -> pd.DataFrame:
        """What each candidate would add to each measure (`analysis.coalition.contributions`)."""
        return contributions(self.race, self.sections, self.candidates, self.rival)

    @cached_property
    def invited(self) -> pd.DataFrame:
        """Candidates by the share of gaps closed (`analysis.coalition.invitations`)."""
        pillar_of: Mapping[str, str] = {item.id: item.pillar for item in self.measures}
        return invitations(self.added, pillar_of, self.open_gaps)

    def names(self, codes: Sequence[str]) -> str:
        """Economies in a sentence."""
        return self.t.list([self.data.say(code) for code in codes])


def bad_members(bad: Sequence[str], t: Translator) -> Safe | None:
    """A note for members of the link that nobody knows."""
    if not bad:
        return None
    said = t.list([shorten(code) for code in bad])
    return h(
        "p",
        t("Left out, since no economy here has this id: {ids}.", ids=said),
        cls="k-bad",
        role="status",
    )


def gaps(c: Coalition) -> list[Gap]:
    """What the builder leaves open."""
    t = c.t
    return [
        Gap(
            t("Not a forecast"),
            t("Economies that pool their numbers need not be able to use them together."),
        ),
        Gap(
            t("Chinese totals"),
            t("China stands without Hong Kong and Taiwan, as the sources count it."),
        ),
        Gap(
            t("Compute"),
            t("Known clusters and TOP500 entries are lower bounds; Chinese sites report little."),
        ),
        Gap(
            t("Agreements"),
            t("Only what the policy table names; many cooperation texts are not on file."),
        ),
    ]
