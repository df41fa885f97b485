"""What the page of one measure shows: the choice in the URL, and every value on file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import pandas as pd

from observatory.analysis import at_period, breaks, comparable
from observatory.analysis.at_period import Step
from observatory.analysis.cross_section import CrossSection, cross_section, usable
from observatory.analysis.relative import relative
from observatory.cards.filters import Note, shorten
from observatory.charts.measure import Measure
from observatory.db import queries_indicator
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import labels
from observatory.views.breaks import recorded
from observatory.views.labels import clean
from observatory.views.measures import BASES, Catalogue, Indicator
from observatory.views.overview import choice as overview_choice
from observatory.views.overview import data as overview_data
from observatory.views.overview.choice import Per
from observatory.views.overview.data import AGGREGATES, Picture

View = Literal["line", "bar", "map", "table"]
VIEWS: Final[tuple[View, ...]] = ("line", "bar", "map", "table")
MAIN: Final = "measure"
"""Id of the main card: computed numbers open its table."""
COLOURED: Final = 7


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader chose, every part usable. ``period`` None: the rule's own choice."""

    view: View
    per: Per = ""
    period: str | None = None
    comparators: bool = False
    log: bool = False


@dataclass(frozen=True)
class Subject:
    """One measure with all its values.

    ``frame``: chosen values of every entity (columns of ``queries_indicator.series`` with label,
    economy_id (home, decides the colour), partial_to, breaks, break_why); ``picture``: the
    cross-section of economies by the rules of the overview, None for measures of organisations.
    """

    catalogue: Catalogue
    item: Indicator
    choice: Choice
    members: tuple[str, ...]
    frame: pd.DataFrame
    picture: Picture | None

    @property
    def t(self) -> Translator:
        return self.catalogue.t

    @property
    def of_organisations(self) -> bool:
        """Whether companies are what is measured."""
        return self.picture is None

    @property
    def flow(self) -> bool:
        """Whether a longer period makes a value larger."""
        return clean(self.item.row["value_kind"]) in comparable.FLOWS

    @cached_property
    def conflicts(self) -> pd.DataFrame:
        """All values of the cells on which sources differ."""
        found = queries_indicator.conflicts(self.catalogue.db, self.catalogue.as_of, self.item.id)
        return found[found["cell_id"].isin(self.frame["cell_id"])]

    @cached_property
    def sources(self) -> pd.DataFrame:
        """Sources with the number of values that rest on each."""
        return queries_indicator.sources(self.catalogue.db, self.catalogue.as_of, self.item.id)

    @cached_property
    def measure(self) -> Measure:
        """How values are written, with what they are divided by."""
        return self.item.measure(self.t) if self.picture is None else self.picture.measure

    @property
    def entities(self) -> tuple[str, ...]:
        """Who is drawn: the chosen economies, comparators if wanted, or every organisation."""
        if self.of_organisations:
            # Companies, and the economies of measures that hold both.
            kinds = self.frame[self.frame["entity_kind"] != "province"]
            return tuple(dict.fromkeys(str(key) for key in kinds["entity_id"]))
        more = COMPARATORS if self.choice.comparators else ()
        held = set(self.frame["entity_id"])
        if not held.intersection((*SCOPE, *COMPARATORS)):
            # A measure of the world or of a region alone.
            more = tuple(key for key in AGGREGATES if key in held)
        return tuple(dict.fromkeys((*self.members, *more)))

    @cached_property
    def values(self) -> pd.DataFrame:
        """Values of the entities drawn, divided where that was chosen; null where disputed."""
        rows = self.frame[self.frame["entity_id"].isin(self.entities)]
        rows = rows[~rows["status"].isin(("unchecked", "superseded"))]
        if not self.choice.per:
            return rows
        base = self.choice.per
        return relative(rows, self.catalogue.denominators(base), BASES[base][1])

    @cached_property
    def section(self) -> CrossSection:
        """The values that are compared: one period for all, or each entity's latest."""
        if self.picture is not None:
            return self.picture.section
        rows = usable(self.values)
        if self.choice.period:
            better = self.item.higher_is_better
            return at_period.section_at(rows, self.choice.period, better, self.entities)
        return cross_section(
            self.values, self.item.higher_is_better, self.entities, scope=self.entities
        )

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Periods that can be chosen, in order of time."""
        if self.picture is not None:
            return self.picture.steps
        return at_period.steps(usable(self.values), self.entities)

    @cached_property
    def coloured(self) -> tuple[str, ...]:
        """At most seven entities in colour: all that were chosen, or the first of the comparison."""
        known = usable(self.values)
        held = set(known["entity_id"])
        own = [key for key in self.entities if key in held and key not in COMPARATORS]
        if len(own) <= COLOURED:
            return tuple(own)
        order = [str(key) for key in self.section.frame["entity_id"] if key in own]
        order += [key for key in own if key not in order]
        return tuple(order[:COLOURED])

    def name(self, entity: str) -> str:
        """Name of an entity of any kind."""
        return self._names.get(entity) or self.catalogue.name(entity)

    @cached_property
    def _names(self) -> dict[str, str]:
        return dict(zip(self.frame["entity_id"], self.frame["label"], strict=True))

    @cached_property
    def homes(self) -> dict[str, str]:
        """Economy of each entity: its own id, or that of its head office."""
        return dict(zip(self.frame["entity_id"], self.frame["economy_id"], strict=True))

    def say(self, entity: str) -> str:
        """Name of an entity inside a sentence."""
        if entity in self.catalogue.economies:
            return self.catalogue.say(entity)
        return self.name(entity)


def is_of_organisations(item: Indicator) -> bool:
    """Whether companies are what a measure is measured for; one measure holds both kinds."""
    return clean(item.row["entity_type"]) != "economy"


def views_of(item: Indicator) -> tuple[View, ...]:
    """The views a measure can have: companies have no place on the map."""
    return tuple(view for view in VIEWS if view != "map" or not is_of_organisations(item))


def pers(catalogue: Catalogue, indicator: str) -> tuple[Per, ...]:
    """The ways values may be divided."""
    if is_of_organisations(catalogue.indicators[indicator]):
        return ()
    return overview_choice.pers(catalogue, indicator)


def read(
    catalogue: Catalogue, item: Indicator, get: Callable[[str], str | None]
) -> tuple[Choice, tuple[Note, ...]]:
    """The choice in the URL; what cannot be used gives a note and the default."""
    notes: list[Note] = []
    series = labelled(catalogue, item)
    view: View = _default_view(series)
    asked = get("view")
    offered: dict[str, View] = {name: name for name in views_of(item)}
    if asked and asked in offered:
        view = offered[asked]
    elif asked:
        notes.append(Note("extra", shorten(f"view={asked}")))
    per: Per = ""
    wanted = get("per")
    for one in pers(catalogue, item.id):
        per = one if one == wanted else per
    if wanted and not per and wanted != "published":
        notes.append(Note("extra", shorten(f"per={wanted}")))
    period: str | None = None
    when = get("year")
    if when:
        everyone = tuple(str(key) for key in series["entity_id"].unique())
        period = at_period.find_period(at_period.steps(usable(series), everyone), when)
        if period is None:
            notes.append(Note("extra", shorten(f"year={when}")))
    for name in ("comparators", "log"):
        if (get(name) or "0") not in ("0", "1"):
            notes.append(Note("extra", shorten(f"{name}={get(name)}")))
    choice = Choice(view, per, period, get("comparators") == "1", get("log") == "1")
    return choice, tuple(notes)


def _default_view(series: pd.DataFrame) -> View:
    """Lines where anything has two periods, else bars."""
    known = series[series["value"].notna()]
    return "line" if (known.groupby("entity_id")["period"].nunique() > 1).any() else "bar"


def labelled(catalogue: Catalogue, item: Indicator) -> pd.DataFrame:
    """Chosen values of every entity with names, home economies and breaks, in the chosen years."""
    return catalogue.kept(f"page {item.id}", lambda: _labelled(catalogue, item))


def coverage(catalogue: Catalogue) -> pd.DataFrame:
    """How far each measure reaches, see ``queries_indicator.coverage``."""
    return catalogue.kept(
        "coverage", lambda: queries_indicator.coverage(catalogue.db, catalogue.as_of)
    )


def _labelled(catalogue: Catalogue, item: Indicator) -> pd.DataFrame:
    t = catalogue.t
    raw = queries_indicator.series(catalogue.db, catalogue.as_of, item.id)
    raw = raw.rename(columns={"economy_id": "home"})
    frame = catalogue.prepare(raw)
    frame["economy_id"] = [
        clean(home) or clean(entity)
        for home, entity in zip(frame["home"], frame["entity_id"], strict=True)
    ]
    frame["label"] = [
        _label({str(key): value for key, value in row.items()}, catalogue, t)
        for row in frame.to_dict("records")
    ]
    return breaks.mark(
        frame, recorded(catalogue, item.id), flow=clean(item.row["value_kind"]) in comparable.FLOWS
    )


def _label(row: dict[str, object], catalogue: Catalogue, t: Translator) -> str:
    match clean(row["entity_kind"]):
        case "organization":
            name = labels.org_name(row["name"], row["native_name"], row["native_language"], t).main
            # Charts have little room: TSMC rather than its full English name.
            short = clean(row["short_name"]) if name == clean(row["name"]) else ""
            return short or name or clean(row["entity_id"])
        case "province" if t.lang.startswith("zh"):
            return clean(row["native_name"]) or clean(row["name"])
        case "province":
            return clean(row["name"])
        case _:
            return catalogue.name(clean(row["entity_id"]))


def load(catalogue: Catalogue, indicator: str, choice: Choice, members: Sequence[str]) -> Subject:
    """Everything the page shows of one measure. KeyError for an unknown one."""
    item = catalogue.indicators[indicator]
    picture = None
    if not is_of_organisations(item):
        seen = overview_choice.Choice(
            measure=indicator, per=choice.per, period=choice.period,
            reference=overview_choice.NO_REFERENCE, comparators=choice.comparators, log=None,
        )  # fmt: skip
        field = overview_data.field(catalogue, indicator, choice.per)
        picture = overview_data.picture(field, seen, members)
    return Subject(catalogue, item, choice, tuple(members), labelled(catalogue, item), picture)
