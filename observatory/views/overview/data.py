"""What the overview of economies shows: one measure in one period, for whom, against whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import pandas as pd

from observatory.analysis import at_period, breaks, changes, comparable
from observatory.analysis.at_period import Step, gap
from observatory.analysis.cross_section import CrossSection, cross_section, is_part_year, usable
from observatory.charts.measure import Measure
from observatory.charts.svg.tiles import class_breaks
from observatory.db import queries, queries_indicator
from observatory.i18n import Translator
from observatory.i18n.even import Shared, evened, shared
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views.labels import clean
from observatory.views.measures import BASES, Catalogue, Indicator
from observatory.views.overview.choice import Choice, Per

AGGREGATES: Final = ("WLD", "SEA")


@dataclass(frozen=True, slots=True)
class RelativeMeasure(Measure):
    """A measure divided by people or output: its unit says so."""

    per: Per = ""

    def full(self, value: float, t: Translator) -> str:
        """Write a value with what it is divided by."""
        written = super(RelativeMeasure, self).full(value, t)
        if self.per == "gdp":
            return t("{value} per billion US dollars of GDP", value=written)
        return t("{value} per million people", value=written)


@dataclass(frozen=True, slots=True)
class Fact:
    """A row on file as plain values: cheap to look through for every economy and period."""

    period: str
    end: date
    value: float | None
    row_id: str
    status: str
    usable: bool
    forecast: bool
    part_year: bool
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Field:
    """One measure in all its periods. Frames have the columns of ``serve.headlines``, and those
    of `analysis.relative` where values are divided.

    ``series``: all rows, every economy and period; ``rows``: those that findings may use;
    ``steps``: the periods of the thirteen; ``rule``: the cross-section that the rules choose.
    """

    catalogue: Catalogue
    item: Indicator
    per: Per
    series: pd.DataFrame
    rows: pd.DataFrame
    steps: tuple[Step, ...]
    rule: CrossSection

    @property
    def flow(self) -> bool:
        """Whether a longer period makes the value larger."""
        return clean(self.item.row["value_kind"]) in comparable.FLOWS

    @cached_property
    def sources(self) -> pd.DataFrame:
        """The sources behind the rows, by id."""
        ids = sorted({str(source) for source in self.series["source_id"].dropna()})
        return queries.sources_by_id(self.catalogue.db, ids).set_index("source_id")

    @cached_property
    def origins(self) -> dict[str, str]:
        """Makers of the numbers by source id."""
        found = self.sources
        return {
            str(key): clean(origin) or clean(publisher)
            for key, origin, publisher in zip(
                found.index, found["origin"], found["publisher"], strict=True
            )
        }

    @cached_property
    def marked(self) -> pd.DataFrame:
        """``series`` with ``breaks`` and ``break_why``: where a line may not be drawn on."""
        edition = self.sources["edition"].map(clean)
        rows = self.series.assign(
            origin=self.series["source_id"].map(self.origins),
            edition=self.series["source_id"].map(edition),
        )
        known = queries_indicator.breaks(self.catalogue.db)
        recorded = [
            breaks.Break(
                clean(row["starts"]) or None, clean(row["entity_id"]) or None, str(row["reason"])
            )
            for row in known[known["indicator_id"] == self.item.id].to_dict("records")
        ]
        return breaks.mark(rows, recorded, flow=self.flow)

    @cached_property
    def facts(self) -> dict[str, tuple[Fact, ...]]:
        """Every row as published by economy, in order of time."""
        own = self.catalogue.series(self.item.id)
        own = own.sort_values(["period_end", "period"], kind="stable")
        good = set(usable(own)["row_id"])
        part = is_part_year(own)
        found: dict[str, list[Fact]] = {}
        rows = zip(
            own["entity_id"], own["period"], pd.to_datetime(own["period_end"]), own["value"],
            own["row_id"], own["status"], own["is_forecast"], part, own["low"], own["high"],
            strict=True,
        )  # fmt: skip
        for code, period, end, value, row_id, status, forecast, partly, low, high in rows:
            fact = Fact(
                str(period), end.date(), _number(value), str(row_id), clean(status),
                row_id in good, bool(forecast), bool(partly), _number(low), _number(high),
            )  # fmt: skip
            found.setdefault(str(code), []).append(fact)
        return {code: tuple(facts) for code, facts in found.items()}

    @cached_property
    def known_today(self) -> pd.DataFrame:
        """All that is on file, whatever day of knowledge and years the reader chose."""
        return queries.headline_series(self.catalogue.db, [self.item.id], None)

    @cached_property
    def newest_steps(self) -> dict[str, tuple[str, str, float, float | None]]:
        """Row id, period before, change and factor of each economy's newest value.

        Steps over a break of the series are left out: they are no change.
        """
        broken = set(self.marked.loc[self.marked["breaks"], "row_id"])
        return {
            str(row["entity_id"]): (
                str(row["row_id"]), str(row["old_period"]), float(row["change"]),
                _number(row["ratio"]),
            )
            for row in changes.steps(self.series, SCOPE).to_dict("records")
            if row["row_id"] not in broken
        }  # fmt: skip

    def play(self, period: str | None) -> tuple[Step, ...]:
        """The periods that a map of this one can be played through, in order of time."""
        if period is None:
            return self.steps
        return at_period.of_one_length(self.steps, period, flow=self.flow)

    def limits(self, period: str | None) -> tuple[float, ...]:
        """Class limits of the map's colours, the same for all periods that can be played."""
        periods = tuple(step.period for step in self.play(period))
        rows = self.rows[self.rows["entity_id"].isin(list(SCOPE))]
        rows = rows[rows["period"].isin(periods)]
        return tuple(class_breaks([float(value) for value in rows["value"]]))


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]


def field(catalogue: Catalogue, measure: str, per: Per) -> Field:
    """A measure in all its periods, divided or not."""
    item = catalogue.indicators[measure]
    series = catalogue.relative_series(item.id, per) if per else catalogue.series(item.id)
    rows = usable(series)
    everyone = (*SCOPE, *COMPARATORS, *AGGREGATES)
    rule = cross_section(series, item.higher_is_better, everyone)
    return Field(catalogue, item, per, series, rows, at_period.steps(rows), rule)


def map_limits(catalogue: Catalogue, measure: str, period: str | None) -> tuple[float, ...]:
    """The limits of the same measure and period wherever it is on a map."""
    return catalogue.kept(
        ("map limits", measure, period), lambda: field(catalogue, measure, "").limits(period)
    )


@dataclass(frozen=True)
class Picture:
    """One measure in one period.

    ``section``: members' values; ``beside``: comparators, the reference and aggregates with a
    value of the same period, best first.
    """

    field: Field
    choice: Choice
    members: tuple[str, ...]
    section: CrossSection
    beside: pd.DataFrame

    @property
    def catalogue(self) -> Catalogue:
        return self.field.catalogue

    @property
    def t(self) -> Translator:
        return self.catalogue.t

    @property
    def item(self) -> Indicator:
        return self.field.item

    @property
    def series(self) -> pd.DataFrame:
        return self.field.series

    @property
    def rows(self) -> pd.DataFrame:
        return self.field.rows

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.field.steps

    @property
    def default(self) -> str | None:
        """The period that the rules choose; None where each economy has its own."""
        return self.field.rule.period

    @property
    def flow(self) -> bool:
        return self.field.flow

    @property
    def origins(self) -> dict[str, str]:
        return self.field.origins

    @property
    def per(self) -> Per:
        return self.choice.per

    @property
    def period(self) -> str | None:
        """The common period; None where each economy has its own."""
        return self.section.period

    @property
    def own_latest(self) -> bool:
        """Whether values of several periods stand side by side."""
        return self.choice.period is None and self.default is None

    @property
    def caveats(self) -> str:
        return clean(self.item.row["method_caveats"])

    @cached_property
    def comparable(self) -> bool:
        """Whether economies may be held against each other in what is shown."""
        return comparable.across_economies(self.caveats) and comparable.one_kind(
            self.section.frame, flow=self.flow
        )

    @property
    def ranked(self) -> bool:
        """Whether there are ranks, a leader and a median."""
        return self.section.ranked and self.comparable

    @cached_property
    def measure(self) -> Measure:
        """How values are written."""
        plain = self.item.measure(self.t)
        if not self.per:
            return plain
        return RelativeMeasure(
            plain.name, plain.unit, plain.unit_label, plain.scale, plain.currency,
            plain.higher_is_better, self.per,
        )  # fmt: skip

    @cached_property
    def play(self) -> tuple[Step, ...]:
        """The periods that the map can be played through."""
        return self.field.play(self.period)

    @cached_property
    def limits(self) -> tuple[float, ...]:
        """Class limits of the map's colours, the same for all periods that can be played."""
        return self.field.limits(self.period)

    @cached_property
    def reference(self) -> pd.Series | None:
        """The reference economy's row of the same period, if it has one."""
        code = self.choice.reference
        found = self.section.row(code)
        if found is None and len(self.beside):
            rows = self.beside[self.beside["entity_id"] == code]
            found = rows.iloc[0] if len(rows) else None
        return found

    @cached_property
    def gap_places(self) -> Shared:
        """The decimals that differences from the reference share."""
        base = self.reference
        if base is None:
            return {}
        values = pd.concat([self.section.frame, self.beside])["value"]
        gaps = [gap(float(value), float(base["value"])).points for value in values]
        return shared([(self.item.change(points, self.t), points) for points in gaps])

    def change(self, points: float) -> str:
        """A difference from the reference: `+47.0 points`."""
        return evened(self.item.change(points, self.t), points, self.gap_places)

    def at(self, period: str) -> CrossSection:
        """Members' values of another period."""
        return at_period.section_at(
            self.rows, period, self.item.higher_is_better, self.members
        )  # fmt: skip

    def short_value(self, value: float) -> str:
        """A value in a sentence: with its unit, without what it is divided by."""
        return self.item.value(value, self.t)


def picture(found: Field, choice: Choice, members: Sequence[str]) -> Picture:
    """What the page shows of a measure in the chosen period."""
    item, rule = found.item, found.rule
    everyone = (*SCOPE, *COMPARATORS, *AGGREGATES)
    period = choice.period if any(s.period == choice.period for s in found.steps) else None
    frame = rule.frame
    if period is not None:
        better = item.higher_is_better
        frame = at_period.section_at(found.rows, period, better, everyone).frame
    own = frame[frame["entity_id"].isin(list(members))].reset_index(drop=True)
    wanted = [choice.reference, *AGGREGATES, *(COMPARATORS if choice.comparators else ())]
    beside = frame[frame["entity_id"].isin(wanted) & ~frame["entity_id"].isin(list(members))]
    section = CrossSection(own, period or rule.period, item.higher_is_better)
    return Picture(found, choice, tuple(members), section, beside.reset_index(drop=True))


def denominator(per: Per) -> str:
    """The indicator that values are divided by."""
    return BASES[per][0]
