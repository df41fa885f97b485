"""Every headline measure of some economies side by side, ranked among all with a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from observatory.analysis.cross_section import CrossSection, usable
from observatory.analysis.position import pillar_positions
from observatory.model.pillars import LEAD, ORDER
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.model.vocab import Pillar
from observatory.views.economy.standing import Held, Line, held_by, held_of, line_of, section_of
from observatory.views.labels import clean
from observatory.views.measures import BASES, Catalogue, Indicator

PILLARS: Final[tuple[str, ...]] = tuple(str(pillar) for pillar in (*ORDER, Pillar.CONTEXT))
_LEADS: Final = frozenset(LEAD.values())
_WIDE: Final = ("count", "money", "physical", "rate")


@dataclass(frozen=True, slots=True)
class Row:
    """One measure. ``lines``: by chosen economy, in their order; ``shown``: all values drawn;
    ``relative``: whether values are divided by people or output; ``series``: all of the measure,
    ``rows``: what findings may use of it."""

    item: Indicator
    section: CrossSection
    lines: Mapping[str, Line]
    shown: pd.DataFrame
    series: pd.DataFrame
    rows: pd.DataFrame
    relative: bool

    @property
    def id(self) -> str:
        return self.item.id

    @property
    def period(self) -> str:
        """The period of most of the chosen values, the newest among equals; empty without any."""
        periods = [line.period for line in self.lines.values() if line.has_value]
        return max(periods, key=lambda p: (periods.count(p), p)) if periods else ""

    @property
    def log(self) -> bool:
        """Whether the values differ by orders of magnitude."""
        positive = [value for value in self.shown["value"].tolist() if value > 0]
        return (
            clean(self.item.row["value_kind"]) in _WIDE
            and len(positive) > 2
            and max(positive) > 30 * min(positive)
        )

    def winner(self) -> str:
        """Who of the chosen is alone ahead in the common period; empty if none is, or no direction."""
        better = self.item.higher_is_better
        found = self.same_period
        if better is None or len(found) < 2:
            return ""
        best = max(found.values()) if better else min(found.values())
        first = [economy for economy, value in found.items() if value == best]
        return first[0] if len(first) == 1 else ""

    @property
    def same_period(self) -> dict[str, float]:
        """Values of the common period by economy."""
        return {
            economy: line.value
            for economy, line in self.lines.items()
            if line.has_value and line.period == self.period and line.value is not None
        }

    @property
    def contested(self) -> bool:
        """Whether at least two of the chosen have a value of one period, in a measure with a direction."""
        return len(self.same_period) > 1 and self.item.higher_is_better is not None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Chosen economies over all headline measures. ``members``: who is ranked; ``positions`` by pillar."""

    economies: tuple[str, ...]
    members: tuple[str, ...]
    per: str
    rows: tuple[Row, ...]
    positions: dict[str, pd.DataFrame]

    def of(self, pillar: str) -> list[Row]:
        """The measures of a pillar."""
        return [row for row in self.rows if row.item.pillar == pillar]

    @property
    def contested(self) -> list[Row]:
        """Measures outside context in which at least two of the chosen can be compared."""
        return [row for row in self.rows if row.contested and row.item.pillar != "context"]

    @property
    def wins(self) -> dict[str, int]:
        """How many of the contested measures each economy leads alone, most first."""
        counts = dict.fromkeys(self.economies, 0)
        for row in self.contested:
            if winner := row.winner():
                counts[winner] += 1
        return dict(sorted(counts.items(), key=lambda pair: -pair[1]))

    @property
    def unranked(self) -> tuple[str, ...]:
        """Chosen comparators that are not ranked."""
        return tuple(code for code in self.economies if code not in self.members)


def members_of(group: Sequence[str]) -> tuple[str, ...]:
    """Who is ranked: the thirteen, and the comparators that are switched on."""
    return tuple(code for code in SCOPE + COMPARATORS if code in SCOPE or code in group)


def can_be_relative(catalogue: Catalogue, key: str) -> bool:
    """Whether a measure is divided by people or output here: the sizes themselves are not."""
    sizes = {base for base, _ in BASES.values()}
    return key not in sizes and catalogue.can_be_relative(key)


def series_of(catalogue: Catalogue, key: str, per: str) -> pd.DataFrame:
    """Series of a measure, per head or per output where asked and possible.

    Cells in dispute stay in it without a value, so that they are told from missing ones.
    """
    if not per or not can_be_relative(catalogue, key):
        return catalogue.series(key)

    def make() -> pd.DataFrame:
        series = catalogue.series(key)
        disputed = series[series["value"].isna()].assign(low=None, high=None)
        found = catalogue.relative_series(key, per)
        return pd.concat([found, disputed]) if len(disputed) else found

    return catalogue.kept(("relative", key, per), make)


def usable_of(catalogue: Catalogue, key: str, per: str) -> pd.DataFrame:
    """Of ``series_of`` what findings may use."""
    if not per or not can_be_relative(catalogue, key):
        return catalogue.usable_rows(key)
    return catalogue.kept(
        ("usable relative", key, per), lambda: usable(series_of(catalogue, key, per))
    )


def held_in(catalogue: Catalogue, key: str, per: str, economy: str) -> Held:
    """What an economy holds in a measure, divided where asked and possible."""
    if not per or not can_be_relative(catalogue, key):
        return held_by(catalogue, key, economy)

    def make() -> Held:
        known, rows = (
            frame[frame["entity_id"] == economy]
            for frame in (usable_of(catalogue, key, per), series_of(catalogue, key, per))
        )
        return held_of(known.sort_values(["period_end", "period"]), rows)

    return catalogue.kept(("held relative", key, per, economy), make)


def compare(
    catalogue: Catalogue, economies: tuple[str, ...], members: tuple[str, ...], per: str = ""
) -> Comparison:
    """All headline measures of ``economies``, by pillar, the lead measure of each first."""
    rows: list[Row] = []
    positions: dict[str, pd.DataFrame] = {}
    seen = tuple(dict.fromkeys((*members, *economies)))
    for pillar in PILLARS:
        found: list[Row] = []
        for key in catalogue.headline_ids:
            item = catalogue.indicators[key]
            if item.pillar == pillar:
                relative = bool(per) and can_be_relative(catalogue, key)
                series = series_of(catalogue, key, per)
                own = series if relative else None
                section = section_of(catalogue, key, members, own)
                wider = section
                if len(seen) > len(members):
                    wider = section_of(catalogue, key, seen, own)
                lines = {
                    code: line_of(
                        item, held_in(catalogue, key, per, code), code, section,
                        None if code in members else wider,
                    )
                    for code in economies
                }  # fmt: skip
                rows_used = usable_of(catalogue, key, per)
                found.append(Row(item, section, lines, wider.frame, series, rows_used, relative))
        found.sort(key=lambda row: (row.id not in _LEADS, row.item.short))
        rows += found
        if pillar != str(Pillar.CONTEXT):
            positions[pillar] = pillar_positions({row.id: row.section for row in found}, members)
    return Comparison(economies, members, per, tuple(rows), positions)
