"""What the overview of economies shows: one measure in one period, for whom, against whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import pandas as pd

from observatory.analysis import at_period, comparable
from observatory.analysis.at_period import Step
from observatory.analysis.cross_section import CrossSection, cross_section, usable
from observatory.cards.filters import Note, shorten
from observatory.charts.measure import Measure
from observatory.db import queries
from observatory.i18n import Translator
from observatory.model.pillars import MAP_MEASURE
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views.labels import clean
from observatory.views.measures import BASES, Catalogue, Indicator

Per = Literal["", "population", "gdp"]
LATEST: Final = "latest"
"""The choice of each economy's own latest value, where no period is common."""
NO_REFERENCE: Final = "none"
REFERENCE: Final = "CHN"
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
class Choice:
    """What the reader chose, every part of it usable. ``period`` None: the rule's own choice."""

    measure: str
    per: Per
    period: str | None
    reference: str
    comparators: bool
    log: bool | None


def is_offered(item: Indicator) -> bool:
    """Whether the overview can show a measure: those of economies, not of organisations."""
    return clean(item.row["entity_type"]) == "economy"


def pers(catalogue: Catalogue, measure: str) -> tuple[Per, ...]:
    """The ways a measure may be divided besides none at all."""
    item = catalogue.indicators[measure]
    if not catalogue.can_be_relative(measure) or measure in ("population_total", "labour_force_total",
                                                             "working_age_population_15_64"):  # fmt: skip
        return ()
    money = clean(item.row["value_kind"]) == "money"
    own_output = measure.startswith("gdp_")
    if own_output or (money and clean(item.row["currency"]) not in ("", "USD")):
        # Output over output says nothing; nor does one currency over another.
        return ("population",)
    return ("population", "gdp")


def read_choice(
    catalogue: Catalogue, get: Callable[[str], str | None]
) -> tuple[Choice, tuple[Note, ...]]:
    """The choice in the URL; what cannot be used gives a note and the default."""
    notes: list[Note] = []
    asked = get("measure")
    measure = asked or MAP_MEASURE
    if measure not in catalogue.indicators or not is_offered(catalogue.indicators[measure]):
        measure = MAP_MEASURE
        name = catalogue.indicators[measure].short
        notes.append(Note("indicator", shorten(asked or ""), name))
    per: Per = ""
    wanted = get("per")
    if wanted in ("population", "gdp") and wanted in pers(catalogue, measure):
        per = "population" if wanted == "population" else "gdp"
    elif wanted and wanted not in ("population", "gdp", "published"):
        notes.append(Note("extra", shorten(f"per={wanted}")))
    period: str | None = None
    when = get("year")
    if when and when != LATEST:
        found = at_period.steps(usable(catalogue.series(measure)))
        period = at_period.find_period(found, when)
        if period is None:
            notes.append(Note("extra", shorten(f"year={when}")))
    reference = (get("ref") or REFERENCE).upper()
    if reference not in (*SCOPE, *COMPARATORS):
        if reference != NO_REFERENCE.upper():
            notes.append(Note("extra", shorten(f"ref={get('ref')}")))
        reference = NO_REFERENCE if reference == NO_REFERENCE.upper() else REFERENCE
    log = {"1": True, "0": False}.get(get("log") or "")
    choice = Choice(measure, per, period, reference, get("comparators") == "1", log)
    return choice, tuple(notes)


@dataclass(frozen=True)
class Picture:
    """One measure in one period. Frames have the columns of ``serve.headlines``, and those of
    `analysis.relative` where values are divided.

    ``series``: all rows, every economy and period; ``rows``: those that findings may use;
    ``section``: members' values; ``beside``: comparators, the reference and aggregates with a
    value of the same period, largest first.
    """

    catalogue: Catalogue
    choice: Choice
    members: tuple[str, ...]
    item: Indicator
    series: pd.DataFrame
    rows: pd.DataFrame
    steps: tuple[Step, ...]
    default: str | None
    section: CrossSection
    beside: pd.DataFrame

    @property
    def t(self) -> Translator:
        return self.catalogue.t

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
    def flow(self) -> bool:
        """Whether a longer period makes the value larger."""
        return clean(self.item.row["value_kind"]) in comparable.FLOWS

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
    def origins(self) -> dict[str, str]:
        """Makers of the numbers by source id."""
        ids = sorted({str(source) for source in self.series["source_id"].dropna()})
        found = queries.sources_by_id(self.catalogue.db, ids)
        return {
            str(key): clean(origin) or clean(publisher)
            for key, origin, publisher in zip(
                found["source_id"], found["origin"], found["publisher"], strict=True
            )
        }

    @cached_property
    def play(self) -> tuple[Step, ...]:
        """The periods that the map can be played through, in order of time."""
        if self.period is None:
            return self.steps
        return at_period.of_one_length(self.steps, self.period, flow=self.flow)

    @property
    def reference(self) -> pd.Series | None:
        """The reference economy's row of the same period, if it has one."""
        code = self.choice.reference
        found = self.section.row(code)
        if found is None and len(self.beside):
            rows = self.beside[self.beside["entity_id"] == code]
            found = rows.iloc[0] if len(rows) else None
        return found

    def at(self, period: str) -> CrossSection:
        """Members' values of another period."""
        return at_period.section_at(
            self.rows, period, self.item.higher_is_better, self.members
        )  # fmt: skip

    def value_of(self, row: pd.Series) -> str:
        """A row's value with its unit."""
        return self.measure.full(float(row["value"]), self.t)

    def short_value(self, value: float) -> str:
        """A value in a sentence: with its unit, without what it is divided by."""
        return self.item.value(value, self.t)


def picture(catalogue: Catalogue, choice: Choice, members: Sequence[str]) -> Picture:
    """Everything the page shows of one measure, computed once."""
    item = catalogue.indicators[choice.measure]
    if choice.per:
        series = catalogue.relative_series(item.id, choice.per)
    else:
        series = catalogue.series(item.id)
    rows = usable(series)
    steps = at_period.steps(rows)
    everyone = (*SCOPE, *COMPARATORS, *AGGREGATES)
    rule = cross_section(series, item.higher_is_better, everyone)
    default = rule.period
    period = choice.period if any(s.period == choice.period for s in steps) else None
    if period is None and default is None:
        frame = rule.frame
    else:
        frame = at_period.section_at(
            rows, period or default or "", item.higher_is_better, everyone
        ).frame  # fmt: skip
    own = frame[frame["entity_id"].isin(list(members))].reset_index(drop=True)
    wanted = [choice.reference, *AGGREGATES, *(COMPARATORS if choice.comparators else ())]
    beside = frame[frame["entity_id"].isin(wanted) & ~frame["entity_id"].isin(list(members))]
    section = CrossSection(own, period or default, item.higher_is_better)
    return Picture(
        catalogue, choice, tuple(members), item, series, rows, steps, default, section,
        beside.reset_index(drop=True),
    )  # fmt: skip


def denominator(per: Per) -> str:
    """The indicator that values are divided by."""
    return BASES[per][0]
