"""What a reader compares: economies, measure and switches, read from the URL without surprises."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from observatory.cards import states
from observatory.cards.filters import shorten
from observatory.cards.markup import Safe, join
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE

LEAST: Final = 2
MOST: Final = 6
DEFAULT: Final = ("KOR", "JPN", "SGP")
FIRST_YEAR: Final = 2010
LAST_YEAR: Final = 2030
PER: Final = ("population", "gdp")

Kind = Literal["unknown", "many", "one", "index", "per", "measure"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is compared. ``economies``: two to six ids in the reader's order; ``index``: the base year
    or None; ``per``: "", "population" or "gdp"; ``measure``: the one over time, "" for the rule's."""

    economies: tuple[str, ...] = DEFAULT
    index: int | None = None
    log: bool = False
    per: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the URL that could not be used, and what is shown instead."""

    kind: Kind
    value: str
    shown: str = ""


def economies_of(
    text: str | None, group: Sequence[str], nearest: Callable[[str], Sequence[str]]
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Two to six economies from ``KOR,JPN``, and what was wrong with it.

    Without the parameter: the chosen ``group`` if it has two to six members, else the default. A
    single economy is set beside the one that is most like it.
    """
    if text is None:
        return (tuple(group) if LEAST <= len(group) <= MOST else _start(group, nearest)), ()
    wanted = [part.strip().upper() for part in text.split(",") if part.strip()]
    known = list(dict.fromkeys(code for code in wanted if code in SCOPE + COMPARATORS))
    bad = [code for code in wanted if code not in SCOPE + COMPARATORS]
    problems: list[Problem] = []
    if bad:
        problems.append(Problem("unknown", shorten(", ".join(bad))))
    if len(known) > MOST:
        problems.append(Problem("many", shorten(", ".join(known[MOST:]))))
        known = known[:MOST]
    if not known:
        return DEFAULT, tuple(problems or [Problem("unknown", shorten(text))])
    if len(known) < LEAST:
        other = _other(known[0], nearest)
        problems.append(Problem("one", known[0], other))
        known.append(other)
    return tuple(known), tuple(problems)


def _other(economy: str, nearest: Callable[[str], Sequence[str]]) -> str:
    """Whom a single economy is set beside."""
    found = [code for code in (*nearest(economy), *DEFAULT) if code != economy]
    # One of the thirteen where there is one: the others stand in no rank.
    return next((code for code in found if code in SCOPE), found[0])


def _start(group: Sequence[str], nearest: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
    return (group[0], _other(group[0], nearest)) if len(group) == 1 else DEFAULT


def read(
    asked: Mapping[str, str],
    group: Sequence[str],
    measures: Collection[str],
    nearest: Callable[[str], Sequence[str]],
) -> tuple[Choice, tuple[Problem, ...]]:
    """The choice that the page's own parameters stand for, and what could not be used. Never raises."""
    economies, found = economies_of(asked.get("with"), group, nearest)
    problems = list(found)
    index, year = None, asked.get("index")
    if year is not None:
        good = len(year) == 4 and year.isascii() and year.isdigit()
        if good and FIRST_YEAR <= int(year) <= LAST_YEAR:
            index = int(year)
        else:
            problems.append(Problem("index", shorten(year)))
    per = asked.get("per", "")
    if per and per not in PER:
        problems.append(Problem("per", shorten(per)))
        per = ""
    measure = asked.get("measure", "")
    if measure and measure not in measures:
        problems.append(Problem("measure", shorten(measure)))
        measure = ""
    log = asked.get("log") in ("1", "true", "yes")
    return Choice(economies, index, log, per, measure), tuple(problems)


def note(problem: Problem, names: Mapping[str, str], t: Translator) -> tuple[str, str]:
    """What was wrong and what is shown instead, in two sentences."""
    value = problem.value
    match problem.kind:
        case "unknown":
            return t("“{value}” was left out: no economy we know.", value=value), ""
        case "many":
            said = t("Six economies fit into one comparison.")
            return said, t("Left out: {names}.", names=value)
        case "one":
            return (
                t("A comparison needs two economies."),
                t(
                    "Shown beside {name}, which is most like it in income and size.",
                    name=names.get(problem.shown, problem.shown),
                ),
            )
        case "index":
            return t("“{value}” is no base year.", value=value), t("Values are shown as they are.")
        case "per":
            return (
                t("“{value}” is no way of counting.", value=value),
                t("Values are shown as published."),
            )
        case _:
            return (
                t("“{value}” is no headline measure.", value=value),
                t("Another measure is shown over time."),
            )


def notes(problems: Sequence[Problem], names: Mapping[str, str], t: Translator) -> Safe | None:
    """Quiet strips above the page for what the link could not say."""
    said = [states.banner("link", *note(one, names, t), warn=True) for one in problems[:3]]
    return join(said) if said else None
