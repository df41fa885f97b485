"""Where one economy stands: a line for each headline measure, a position for each pillar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from observatory.analysis.cross_section import CrossSection, cross_section
from observatory.analysis.position import pillar_positions
from observatory.charts.series import numbers, texts
from observatory.db.frames import records
from observatory.model.pillars import LEAD, ORDER
from observatory.model.scope import COMPARATORS, MIN_RANKED, SCOPE
from observatory.model.vocab import Pillar as PillarName
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator

CONTEXT = str(PillarName.CONTEXT)
"""Size and income: shown with ranks, never a strength, a gap or a pillar's place."""

OLDEST = 2021
"""Values that end before this year do not enter the scorecard."""

Kind = Literal["ranked", "shown", "disputed", "unchecked", "old", "missing"]


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of one economy.

    ``kind``: ranked among the peers, shown without a rank (``why`` says why), disputed (``low`` and
    ``high``), unchecked, old, or missing. ``field``: every value drawn beside it.
    """

    item: Indicator
    kind: Kind
    field: pd.DataFrame
    base: int
    value: float | None = None
    row_id: str = ""
    period: str = ""
    status: str = ""
    rank: int = 0
    tied: bool = False
    leader: str = ""
    second: str = ""
    low: float | None = None
    high: float | None = None
    why: Literal["", "few", "comparator", "period"] = ""
    source_id: str = ""
    known_on: Any = None

    @property
    def has_value(self) -> bool:
        return self.kind in ("ranked", "shown")

    @property
    def log(self) -> bool:
        """Whether the strip needs a logarithmic scale: amounts over two orders of magnitude."""
        values = [
            value for value in numbers(self.field, "value") if value is not None and value > 0
        ]
        kind = clean(self.item.row["value_kind"])
        return (
            kind in ("count", "money", "physical")
            and len(values) > 2
            and max(values) > 30 * min(values)
        )


@dataclass(frozen=True, slots=True)
class Pillar:
    """A pillar of the profile: its place among the peers and its lines, the lead one first."""

    id: str
    lines: tuple[Line, ...]
    positions: pd.DataFrame
    rank: int | None
    base: int
    leader: str
    used: int


@dataclass(frozen=True, slots=True)
class Standing:
    """All pillars of one economy among its peers. ``comparator``: not ranked by default."""

    economy: str
    members: tuple[str, ...]
    pillars: tuple[Pillar, ...]
    comparator: bool

    @property
    def too_few(self) -> bool:
        """Whether the peers are so few that no measure can be ranked among them."""
        return len(self.members) < MIN_RANKED

    @property
    def lines(self) -> list[Line]:
        """Every measure of the seven pillars."""
        return [line for pillar in self.pillars if pillar.id != CONTEXT for line in pillar.lines]

    @property
    def all_lines(self) -> list[Line]:
        """The same with those of context."""
        return [line for pillar in self.pillars for line in pillar.lines]

    @property
    def placed(self) -> list[Pillar]:
        """Pillars with a rank, best first."""
        return sorted(
            (p for p in self.pillars if p.rank is not None), key=lambda p: (p.rank or 99, -p.base)
        )


def members_of(economy: str, chosen: Sequence[str]) -> tuple[str, ...]:
    """Who is ranked: the chosen peers, with the economy unless it is an unchosen comparator."""
    if economy in chosen or economy in COMPARATORS:
        return tuple(chosen)
    return tuple(code for code in SCOPE + COMPARATORS if code in chosen or code == economy)


@dataclass(frozen=True, slots=True)
class Field:
    """Cross-sections by measure and positions by pillar of one group of economies."""

    members: tuple[str, ...]
    sections: dict[str, CrossSection]
    positions: dict[str, pd.DataFrame]


def field_of(catalogue: Catalogue, members: tuple[str, ...]) -> Field:
    """How a group of economies compares in every headline measure: shared by profiles."""
    sections: dict[str, CrossSection] = {}
    positions: dict[str, pd.DataFrame] = {}
    for pillar in (*map(str, ORDER), CONTEXT):
        ids = [key for key in catalogue.headline_ids if catalogue.indicators[key].pillar == pillar]
        sections |= {key: section_of(catalogue, key, members) for key in ids}
        placed = {} if pillar == CONTEXT else {key: sections[key] for key in ids}
        positions[pillar] = pillar_positions(placed, members)
    return Field(members, sections, positions)


def section_of(
    catalogue: Catalogue, key: str, members: tuple[str, ...], series: pd.DataFrame | None = None
) -> CrossSection:
    """Cross-section of a measure, or of ``series`` of it, without values that end before ``OLDEST``."""
    if series is None:
        # Profiles and comparisons of one group share what is not divided.
        return catalogue.section(key, members, OLDEST)
    young = series[pd.to_datetime(series["period_end"]).dt.year >= OLDEST]
    return cross_section(young, catalogue.indicators[key].higher_is_better, members)


def standing(catalogue: Catalogue, economy: str, field: Field) -> Standing:
    """Every headline measure of an economy against the group of ``field``."""
    members = field.members
    unranked = economy not in members
    seen = tuple(dict.fromkeys((*members, *COMPARATORS)))
    pillars = []
    for pillar in (*ORDER, PillarName.CONTEXT):
        positions = field.positions[str(pillar)]
        lines = []
        for key, section in field.sections.items():
            if catalogue.indicators[key].pillar == str(pillar):
                wider = section_of(catalogue, key, seen) if unranked else None
                held = held_by(catalogue, key, economy)
                lines.append(line_of(catalogue.indicators[key], held, economy, section, wider))
        lead = LEAD.get(pillar, "")
        lines.sort(
            key=lambda line: (
                not line.has_value,
                line.item.id != lead,
                line.kind != "ranked",
                line.item.short,
            )
        )
        own = positions[positions["entity_id"] == economy]
        rank = int(own["rank"].iloc[0]) if len(own) and not pd.isna(own["rank"].iloc[0]) else None
        first = positions[positions["rank"] == 1]["entity_id"].tolist()
        pillars.append(
            Pillar(
                str(pillar),
                tuple(lines),
                positions,
                rank,
                len(positions),
                first[0] if len(first) == 1 else "",
                int(own["measures"].iloc[0]) if len(own) else 0,
            )
        )
    return Standing(economy, members, tuple(pillars), economy in COMPARATORS)


@dataclass(frozen=True, slots=True)
class Held:
    """What is on file of an economy in one measure, whomever it is compared with.

    ``newest``: its newest usable row; ``open``: its newest cell without a chosen value.
    """

    newest: dict[str, Any] | None
    open: dict[str, Any] | None

    def rival(self, own: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """The newest cell without a chosen value, if it is newer than the economy's ``own`` value."""
        if self.open is None or own is None:
            return self.open
        newer = pd.Timestamp(self.open["period_end"]) > pd.Timestamp(own["period_end"])
        return self.open if newer else None


def held_by(catalogue: Catalogue, key: str, economy: str) -> Held:
    """What an economy holds in a measure as published, worked out once."""
    return catalogue.kept(
        ("held", key, economy),
        lambda: held_of(catalogue.usable_of(key, economy), catalogue.rows_of(key, economy)),
    )


def held_of(known: pd.DataFrame, rows: pd.DataFrame) -> Held:
    """The same of one economy's rows: those that are usable, in the order of their periods, and all."""
    newest, contested = records(known.iloc[-1:]), []
    if not all(rows["is_headline"].tolist()):
        apart = rows[~rows["is_headline"]].sort_values("period_end")
        contested = records(apart.iloc[-1:])
    return Held(newest[0] if newest else None, contested[0] if contested else None)


def line_of(
    item: Indicator,
    held: Held,
    economy: str,
    section: CrossSection,
    wider: CrossSection | None = None,
) -> Line:
    """One measure of one economy against ``section``.

    ``held``: what is on file of the economy; ``wider``: for one that is not ranked, the section with its
    value and those of all that are drawn.
    """
    drawn = wider or section
    shown = drawn.frame
    in_section = economy in section.rows
    own = section.rows.get(economy) or drawn.rows.get(economy) or held.newest
    rival = held.rival(own)
    base = section.n
    # A newer cell in dispute is told in words; the compared period keeps its value.
    newer = rival is not None and clean(rival["status"]) == "disputed" and not in_section
    if own is None or newer:
        if rival is None:
            return Line(item, "missing", shown, base)
        kind: Kind = "disputed" if clean(rival["status"]) == "disputed" else "unchecked"
        low, high = (
            numbers(pd.DataFrame([rival]), "low")[0],
            numbers(pd.DataFrame([rival]), "high")[0],
        )
        return Line(
            item,
            kind,
            shown,
            base,
            None,
            clean(rival["row_id"]),
            clean(rival["period"]),
            clean(rival["status"]),
            low=low,
            high=high,
        )
    common = {
        "value": float(own["value"]),
        "row_id": clean(own["row_id"]),
        "period": clean(own["period"]),
        "status": clean(own["status"]),
        "source_id": clean(own["source_id"]),
        "known_on": own["known_on"],
    }
    if pd.Timestamp(own["period_end"]).year < OLDEST:
        return Line(item, "old", shown, base, **common)
    first = section.entities[0] if section.n else ""
    common |= {
        "leader": first if section.places.get(first) == (1, False) else "",
        "second": section.entities[1] if section.n > 1 else "",
    }
    found = section.places.get(economy)
    if found is not None:
        return Line(item, "ranked", shown, base, rank=found[0], tied=found[1], **common)
    why: Literal["few", "comparator", "period"] = (
        "few" if in_section else "comparator" if wider is not None else "period"
    )
    return Line(item, "shown", shown, base, why=why, **common)


def ahead_of_all(place: Standing) -> tuple[int, int]:
    """Measures in which an unranked economy is ahead of every ranked one, and measures compared."""
    ahead = compared = 0
    for line in place.lines:
        better = line.item.higher_is_better
        rivals = [
            v
            for e, v in zip(
                texts(line.field, "entity_id"), numbers(line.field, "value"), strict=True
            )
            if e in place.members and v is not None
        ]
        if line.value is None or better is None or len(rivals) < 5:
            continue
        compared += 1
        ahead += all(line.value > v if better else line.value < v for v in rivals)
    return ahead, compared


def sure(place: Standing) -> tuple[int, int]:
    """Values that are official or confirmed, and all values of the scorecard."""
    found = [line.status for line in place.lines if line.has_value]
    return sum(status in ("official", "confirmed") for status in found), len(found)


def today_of(as_of: date | None, data_date: date | None) -> date:
    """The day the profile is read on: the day of knowledge, else the last reading."""
    return as_of or data_date or date.today()
