"""The page of one measure, and the directory of all: its parts under one roof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from observatory.cards.filters import Note
from observatory.cards.states import Gap
from observatory.db.frames import records
from observatory.views import labels
from observatory.views.indicator import data as indicator_data
from observatory.views.indicator import words as indicator_words
from observatory.views.indicator.about import about_card, cite_card, deck, sources_card
from observatory.views.indicator.conflicts import card as conflicts_card
from observatory.views.indicator.cover import card as coverage_card
from observatory.views.indicator.cover import others_card
from observatory.views.indicator.data import Subject
from observatory.views.indicator.directory import directory, intro
from observatory.views.indicator.main import card as main_card
from observatory.views.indicator.related import near_card, same_card
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

__all__ = [
    "Opened",
    "about_card",
    "choices",
    "cite_card",
    "conflicts_card",
    "coverage_card",
    "directory",
    "gaps",
    "intro",
    "main_card",
    "near_card",
    "opened",
    "others_card",
    "page_deck",
    "same_card",
    "sources_card",
]

Opened = tuple[Subject, tuple[Note, ...]]


def opened(
    catalogue: Catalogue, indicator: str, given: Mapping[str, str], members: Sequence[str]
) -> Opened:
    """The measure as the reader chose to see it, and notes on what could not be used."""
    item = catalogue.indicators[indicator]
    choice, notes = indicator_data.read(catalogue, item, given.get)
    return indicator_data.load(catalogue, indicator, choice, members), notes


def choices(catalogue: Catalogue) -> tuple[list[str], dict[str, str]]:
    """Ids of all measures by subject and name, and what the menu says of each."""
    t = catalogue.t
    named = {
        key: t.parts([labels.domain(clean(item.row["domain"]), t), item.short])
        for key, item in catalogue.indicators.items()
    }
    return sorted(named, key=lambda key: (named[key].casefold(), key)), named


def page_deck(subject: Subject) -> str:
    """Publisher, rhythm and reach."""
    found = indicator_data.coverage(subject.catalogue)
    rows = [row for row in records(found) if clean(row["indicator_id"]) == subject.item.id]
    return deck(subject, rows[0] if rows else None)


def gaps(subject: Subject) -> list[Gap]:
    """What this page does not know."""
    t, item = subject.t, subject.item
    found: list[Gap] = []
    if not subject.of_organisations:
        held = set(subject.frame.loc[subject.frame["value"].notna(), "entity_id"])
        gone = [subject.name(key) for key in subject.members if key not in held]
        if gone:
            found.append(
                Gap(
                    t("Economies without any value"),
                    t(
                        "{names}. No source on file gives one; missing is not zero.",
                        names=t.list(gone),
                    ),
                )
            )
        if subject.item.row["aggregation"] == "sum" and "CHN" in subject.members:
            found.append(
                Gap(
                    t("China"),
                    t(
                        "Figures for China do not include Hong Kong and Taiwan unless the source says otherwise."
                    ),
                )
            )
    if not clean(item.row["method_url"]):
        found.append(
            Gap(t("Method"), t("No page of the publisher that explains the method is on file."))
        )
    single = subject.frame[subject.frame["value"].notna()]
    if len(single) and int((single["n_sources"] > 1).sum()) == 0:
        found.append(
            Gap(
                t("Independent confirmation"),
                t("No value of this measure is confirmed by a second source."),
            )
        )
    if indicator_words.since_break(subject.values).shape[0] < len(subject.values):
        found.append(
            Gap(
                t("Growth across a break"),
                t(
                    "Values on both sides of a break do not compare, so no change is computed across it."
                ),
            )
        )
    return found
