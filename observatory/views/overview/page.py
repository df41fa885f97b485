"""The overview of economies: what the page is made of, in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from observatory.analysis.cross_section import usable
from observatory.cards.card_model import Card
from observatory.cards.filters import Note
from observatory.cards.markup import Safe, h, join
from observatory.cards.states import Gap, bad_link
from observatory.db import queries_overview
from observatory.i18n import Translator
from observatory.model.pillars import ORDER
from observatory.model.scope import SCOPE
from observatory.views import labels, links
from observatory.views.labels import clean
from observatory.views.measures import Catalogue
from observatory.views.overview.choice import (
    LATEST,
    NO_REFERENCE,
    Choice,
    is_offered,
    pers,
    read_choice,
)
from observatory.views.overview.course import course_card, has_course, is_log, log_offered
from observatory.views.overview.cover import Missing, coverage_card, missing
from observatory.views.overview.data import Picture, field, picture
from observatory.views.overview.ranks import ranks_card
from observatory.views.overview.tiles import CARD as MAP
from observatory.views.overview.tiles import frames, map_card

__all__ = [
    "LATEST", "MAP", "NO_REFERENCE", "Choice", "Measures", "Missing", "Picture", "course_of",
    "coverage_card", "deck", "field", "frames", "gaps", "has_course", "is_log", "log_offered", "map_card", "measures",
    "missing", "notes", "per_reason", "pers", "picture", "play_data", "ranks_card", "read_choice", "steady",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures a reader can choose: ids in order, and their texts by id."""

    ids: tuple[str, ...]
    texts: Mapping[str, str]


def measures(catalogue: Catalogue, chosen: str) -> Measures:
    """Headline measures by pillar, then all others of economies by subject, the best covered first.

    Measures that no economy of the thirteen has a usable value of are left out, but the chosen one.
    """
    t = catalogue.t
    found = queries_overview.measure_counts(catalogue.db, catalogue.as_of)
    counts = dict(zip(found["indicator_id"].astype(str), found["economies"], strict=True))
    pillars = {str(pillar): place for place, pillar in enumerate([*ORDER, "context"])}
    first: list[tuple[tuple[int, str, int, str], str, str]] = []
    second: list[tuple[tuple[int, str, int, str], str, str]] = []
    for key, item in catalogue.indicators.items():
        if not is_offered(item) or (key not in counts and key != chosen):
            continue
        n = int(counts.get(key, 0))
        headline = bool(item.row["headline"])
        word = item.pillar if headline else clean(item.row["domain"])
        group = labels.pillar(word, t) if headline else labels.domain(word, t)
        text = t("{group}: {measure}, {n} of {base}", group=group, measure=item.short,
                 n=t.number(n), base=t.number(len(SCOPE)))  # fmt: skip
        place = pillars.get(word, 99)
        entry = ((place if headline else 0, group, -n, item.short), key, text)
        (first if headline else second).append(entry)
    order = [*sorted(first), *sorted(second)]
    return Measures(tuple(key for _, key, _ in order), {key: text for _, key, text in order})


def steady(choice: Choice) -> Choice:
    """The choice without what does not change the course over time: the period, the comparators."""
    return replace(choice, period=None, comparators=False)


def course_of(shown: Picture, kinds: Sequence[str] = ()) -> Card:
    """The small multiples of a picture, the same for each of its periods."""
    same = picture(shown.field, steady(shown.choice), shown.members)
    return course_card(same, missing(same), kinds)


def deck(shown: Picture) -> Safe:
    """What the page answers, with the way to the measure's own page."""
    t, item = shown.t, shown.item
    name = h("a", item.name, href=links.indicator(item.id), data_go=True)
    how_many = t.n(
        "{n} of {base} economies with a figure", "{n} of {base} economies with a figure",
        shown.section.n, base=t.number(len(shown.members)),
    )  # fmt: skip
    return h("span", name, t.comma, how_many, t.stop)


def notes(
    found: Sequence[Note], names: Mapping[str, str], t: Translator, way_out: str
) -> Safe | None:
    """Polite notes on what in the link could not be used."""
    if not found:
        return None
    return join([bad_link(note, t, dict(names), way_out) for note in found])


def per_reason(catalogue: Catalogue, measure: str) -> str:
    """Why values are not divided by people or output; empty where they can be."""
    t, item = catalogue.t, catalogue.indicators[measure]
    if pers(catalogue, measure):
        return ""
    kind = clean(item.row["value_kind"])
    if kind == "share":
        return t("A share: it does not grow with the size of an economy.")
    if kind in ("index", "rank"):
        return t("A score or place: dividing it by people or output says nothing.")
    if kind == "rate":
        return t("A rate already: per person, per unit or per year.")
    if measure.endswith("_total") or "population" in measure:
        return t("People themselves: they are what other measures are divided by.")
    return t("As published: no size is declared by which this measure could be divided.")


def play_data(shown: Picture) -> dict[str, object]:
    """What the player needs: periods with their names, the one on screen, how many have a figure."""
    t = shown.t
    steps = [
        {"id": one.period, "label": t.period(one.period)} for one in shown.play
    ]  # fmt: skip
    if shown.default is None and shown.steps:
        steps.append({"id": LATEST, "label": t("latest of each")})
    now = LATEST if shown.own_latest else shown.period
    place = next((i for i, one in enumerate(steps) if one["id"] == now), len(steps) - 1)
    return {"steps": steps, "now": place}


def gaps(shown: Picture, gone: Sequence[Missing], today: date) -> list[Gap]:
    """What this page does not know, and how its economies are named."""
    t, catalogue, item = shown.t, shown.catalogue, shown.item
    found = [
        Gap(
            t("Economies"),
            t("Statistical areas as the data name them. Figures for China leave out Hong Kong and Taiwan "
              "unless the source says otherwise."),
        )
    ]  # fmt: skip
    unmeasured = [catalogue.name(one.economy) for one in gone if one.why == "not_measured"]
    if unmeasured:
        found.append(
            Gap(
                t("Not measured"),
                t("This measure has no figure for {names}.", names=t.list(unmeasured)),
            )
        )
    disputed = [catalogue.name(one.economy) for one in gone if one.why == "disputed"]
    if disputed:
        found.append(
            Gap(
                t("In dispute"),
                t("Sources differ on {names}; no value is chosen.", names=t.list(disputed)),
            )
        )
    rows = usable(shown.series)
    if len(rows) and shown.steps:
        newest = shown.steps[-1].period
        year = int(newest.removeprefix("FY")[:4])
        if today.year - year >= 2:
            found.append(
                Gap(
                    t("Age"),
                    t("The newest figure of this measure is of {period}.", period=t.period(newest)),
                )
            )
    estimates = int((shown.section.frame["status"] == "estimate").sum())
    if estimates:
        found.append(
            Gap(
                t("Estimates"),
                t.n("{n} of the values is modelled, not counted.", "{n} of the values are modelled, not counted.",
                    estimates),
            )
        )  # fmt: skip
    caveats = clean(item.row["method_caveats"])
    if caveats:
        found.append(Gap(item.short, h("span", t.data(caveats), lang=t.data_lang(caveats))))
    return found
