"""What a reader chooses on the pipeline page: read from the URL, written back by id."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from observatory.cards.filters import Note
from observatory.i18n import Translator
from observatory.model.vocab import StackLayer
from observatory.views.asked import Asked
from observatory.views.ipo.data import Attempt, Field

View = Literal["board", "table"]
VENUES: Final[Mapping[str, tuple[str, ...]]] = {
    "hkex": ("HKEX",),
    "china": ("SSE STAR", "A-share"),
    "korea": ("KRX", "KOSDAQ"),
    "tokyo": ("TSE Prime", "TSE Growth"),
    "nasdaq": ("NASDAQ",),
}
"""Groups of venues by id; what is in none is `others`."""
OTHERS: Final = "others"
COLUMNS: Final = (
    *(("rumoured",), ("planned",), ("tutoring", "filed"), ("hearing",), ("priced",), ("listed",)),
)
"""Columns of the board; stages that ended or halt an attempt stand below it."""
HALTED: Final = ("postponed", "lapsed", "withdrawn")
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    **{stages[-1]: stages for stages in COLUMNS},
    "halted": HALTED,
    "unknown": (),
}
"""Groups of stages by id, as the URL names them; `unknown`: at whatever stage, outcome on no file."""
LAYERS: Final = tuple(str(layer) for layer in StackLayer)
SORTS: Final = ("company", "venue", "stage", "since", "days", "aim", "raised", "first", "heard")
DEFAULT_SORT: Final = "-since"


@dataclass(frozen=True, slots=True)
class Choice:
    """The page's own state. Empty texts and None mean: no limit."""

    venue: str = ""
    layer: str = ""
    stage: str = ""
    year: int | None = None
    view: View = "board"
    sort: str = DEFAULT_SORT
    attempt: str = ""
    economies: tuple[str, ...] = ()
    period: tuple[int | None, int | None] | None = None

    @property
    def limited(self) -> bool:
        """Whether a choice of the page itself narrows what is shown."""
        return bool(self.venue or self.layer or self.stage or self.year)

    def params(self, **changed: str | None) -> dict[str, str | None]:
        """Own parameters of a link to this view with some of them changed."""
        now: dict[str, str | None] = {
            "venue": self.venue or None,
            "layer": self.layer or None,
            "stage": self.stage or None,
            "year": str(self.year) if self.year else None,
            "view": None if self.view == "board" else self.view,
            "sort": None if self.sort == DEFAULT_SORT else self.sort,
            "attempt": self.attempt or None,
        }
        return {**now, **changed}


def group_of(venue: str) -> str:
    """The group a venue belongs to."""
    return next((key for key, names in VENUES.items() if venue in names), OTHERS)


def stage_group(stage: str) -> str:
    """The board column (or `halted`) of a stage."""
    return next((key for key, names in GROUPS.items() if stage in names), "halted")


def standing_group(attempt: Attempt) -> str:
    """The group an attempt is counted in: its stage's, or `unknown` where its outcome is on no file."""
    return "unknown" if attempt.unknown else stage_group(attempt.stage)


def venue_label(group: str, t: Translator) -> str:
    """A group of venues as a chip says it; short names of exchanges stay as they are."""
    match group:
        case "hkex":
            return "HKEX"
        case "china":
            return t("Mainland China")
        case "korea":
            return t("Korea")
        case "tokyo":
            return t("Tokyo")
        case "nasdaq":
            return "Nasdaq"
        case _:
            return t("Other venues")


def read(
    query: Mapping[str, str], known: Collection[str], economies: tuple[str, ...] = (),
    period: tuple[int | None, int | None] | None = None,
) -> tuple[Choice, list[Note]]:  # fmt: skip
    """The choice that a query names, and a note for each value that cannot be used.

    `known` are the ids of all attempts. Never raises.
    """
    asked = Asked(query)
    year = asked.whole("year", 1990, 2050, 0)
    signed = {f"{sign}{name}" for name in SORTS for sign in ("", "-")}
    choice = Choice(
        venue=asked.one("venue", {*VENUES, OTHERS}),
        layer=asked.one("layer", LAYERS),
        stage=asked.one("stage", GROUPS),
        year=year or None,
        view="table" if asked.one("view", {"board", "table"}) == "table" else "board",
        sort=asked.one("sort", signed, DEFAULT_SORT),
        attempt=asked.one("attempt", known),
        economies=economies,
        period=period,
    )
    return choice, asked.notes


def placed(choice: Choice, attempt: Attempt) -> bool:
    """Whether an attempt is of the chosen economies, layer and years, at whatever venue."""
    if choice.economies and attempt.economy_id not in choice.economies:
        return False
    if choice.layer and attempt.layer != choice.layer:
        return False
    if choice.period is not None:
        first, last = choice.period
        if attempt.now.last.year < (first or 0) or attempt.now.first.year > (last or 9999):
            return False
    return True


def keeps(choice: Choice, attempt: Attempt, *, base: bool = False) -> bool:
    """Whether an attempt is in the choice; `base` does not ask for its stage."""
    if not placed(choice, attempt):
        return False
    if choice.venue and group_of(attempt.venue) != choice.venue:
        return False
    if choice.stage and not base and standing_group(attempt) != choice.stage:
        return False
    return choice.year is None or attempt.now.first.year <= choice.year <= attempt.now.last.year


def chosen(field: Field, choice: Choice) -> Field:
    """The attempts a reader asked for."""
    return field.where(lambda attempt: keeps(choice, attempt))


def around(field: Field, choice: Choice) -> Field:
    """The attempts of the chosen economies, layer, years and venue, at whatever stage."""
    found = field.where(lambda attempt: keeps(choice, attempt, base=True))
    return replace(found, year=choice.year)
