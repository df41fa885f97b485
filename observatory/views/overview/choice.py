"""What a link asks of the overview of economies: the measure, what it is divided by, when, against whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from observatory.analysis import at_period
from observatory.analysis.cross_section import usable
from observatory.cards.filters import Note, shorten
from observatory.model.pillars import MAP_MEASURE
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator

Per = Literal["", "population", "gdp"]
LATEST: Final = "latest"
"""The choice of each economy's own latest value, where no period is common."""
NO_REFERENCE: Final = "none"
REFERENCE: Final = "CHN"


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


def default_measure(catalogue: Catalogue) -> str:
    """The measure the page opens with: the usual one, else the first that the build has of economies.

    LookupError where it has none.
    """
    if MAP_MEASURE in catalogue.indicators:
        return MAP_MEASURE
    ways = (*catalogue.headline_ids, *catalogue.indicators)
    found = next((key for key in ways if is_offered(catalogue.indicators[key])), "")
    if not found:
        raise LookupError("the build has no measure of economies")
    return found


def read_choice(
    catalogue: Catalogue, get: Callable[[str], str | None], indicator: str | None = None
) -> tuple[Choice, tuple[Note, ...]]:
    """The choice in the URL; what cannot be used gives a note and the default.

    ``indicator``: the measure by the name other pages give the parameter, used without a `measure`.
    """
    notes: list[Note] = []
    asked = get("measure") or indicator
    measure = asked or default_measure(catalogue)
    if measure not in catalogue.indicators or not is_offered(catalogue.indicators[measure]):
        measure = default_measure(catalogue)
        if asked:
            name = catalogue.indicators[measure].short
            notes.append(Note("indicator", shorten(asked), name))
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
