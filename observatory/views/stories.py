"""Ready-made stories: cards of the pages that have something to say under the reader's choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from observatory.cards.card_model import Card
from observatory.cards.page_view import PageView
from observatory.cards.story import Collect, Slide, Story
from observatory.i18n import N_, Translator

Choices = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wish:
    """A place in a story: a card of a page, by id or pattern; `choices` are added to the link."""

    page: str
    card: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """A ready-made story: wishes in order, of which the first `most` that can be met are taken."""

    id: str
    title: str
    about: str
    most: int
    wishes: tuple[Wish, ...]
    choices: tuple[tuple[str, str], ...] = ()
    economy: bool = False


READY: Final[tuple[Ready, ...]] = (
    Ready(
        "region", N_("The region in ten charts"),
        N_("Use, standing, money, models, machines: one chart for each question."), 10,
        (
            Wish("economies", "tiles"), Wish("scorecard", "ranks"),
            Wish("briefing", "finding-share"), Wish("briefing", "finding-count"),
            Wish("models", "trend"), Wish("frontier", "frontier"),
            Wish("investment", "top-plans"), Wish("ipo", "ipo-raised"),
            Wish("briefing", "finding-usa"), Wish("coalition", "invite"),
            Wish("economies", "ranks"), Wish("models", "open"), Wish("investment", "top-rounds"),
            Wish("companies", "by-layer"), Wish("frontier", "matrix"), Wish("claims", "claims"),
        ),
    ),
    Ready(
        "economy", N_("One economy in six charts"),
        N_("Where it stands, what changed, its money, models and language."), 6,
        (
            Wish("economy", "scorecard"), Wish("economy", "trend-*"), Wish("economy", "trend-*"),
            Wish("economy", "language"), Wish("economy", "pair-*"), Wish("economy", "deals"),
            Wish("economy", "boards"), Wish("economy", "clusters"), Wish("economy", "models"),
            Wish("economy", "listings"), Wish("economy", "systems"), Wish("economy", "policy"),
        ),
        economy=True,
    ),
    Ready(
        "ipo", N_("The listing pipeline"),
        N_("Who is on the way to the market, how far, and what was raised."), 5,
        (
            Wish("ipo", "ipo-tracks"), Wish("ipo", "ipo-raised"), Wish("ipo", "ipo-listings"),
            Wish("investment", "top-rounds"),
            Wish("calendar", "calendar-picture", (("kind", "listing"),)),
            Wish("companies", "by-layer", (("listed", "yes"),)),
        ),
    ),
    Ready(
        "third-way", N_("The third way"),
        N_("What the five economies of the essay have together, and what they lack."), 7,
        (
            Wish("coalition", "brings"), Wish("coalition", "invite"), Wish("coalition", "layers"),
            Wish("coalition", "languages"), Wish("scorecard", "ranks"), Wish("coalition", "coherence"),
            Wish("coalition", "data-rules"), Wish("coalition", "pool"), Wish("claims", "claims"),
        ),
        choices=(("economies", "third-way5"),),
    ),
)  # fmt: skip


def find(name: str | None) -> Ready | None:
    """A ready-made story by id."""
    return next((one for one in READY if one.id == name), None)


def has_content(card: Card) -> bool:
    """Whether a card has something to show under its choices."""
    if card.empty is not None:
        return False
    if card.table is not None and not len(card.table.frame):
        return False
    return card.body is not None or card.table is not None


def compute(ready: Ready, choices: Choices, economy: str, collect: Collect, t: Translator) -> Story:
    """The story under these choices: cards that exist and are not empty, each once.

    `choices` are the shared ones of the reader's link (language, economies, build and so on).
    Pages that fail are passed over.
    """
    pages: dict[tuple[tuple[str, str], ...], PageView | None] = {}
    taken: set[tuple[str, str]] = set()
    slides: list[Slide] = []
    for wish in ready.wishes:
        if len(slides) >= ready.most:
            break
        query = {**choices, **dict(ready.choices), **dict(wish.choices)}
        if ready.economy:
            query["economy"] = economy
        key = (("page", wish.page), *sorted(query.items()))
        if key not in pages:
            pages[key] = _page(collect, wish.page, query)
        view = pages[key]
        for card in _cards(view, wish.card) if view else ():
            if (wish.page, card.id) not in taken:
                taken.add((wish.page, card.id))
                slides.append(Slide(wish.page, query, card.id))
                break
    title = t(ready.title)
    return Story(title, tuple(slides), lang=str(choices.get("lang", "en")))


def _page(collect: Collect, slug: str, query: Choices) -> PageView | None:
    try:
        return collect(slug, query)
    except Exception:  # noqa: BLE001 - a page that fails leaves its place to the next wish
        return None


def _cards(view: PageView, pattern: str) -> Iterator[Card]:
    for card in view.cards.values():
        if fnmatchcase(card.id, pattern) and has_content(card):
            yield card
