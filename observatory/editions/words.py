"""Words that every edition carries: which choices it was made with, which data, where it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from observatory.cards.card_model import Card
from observatory.cards.filters import preset_of
from observatory.cards.page_view import PageView
from observatory.cards.words import preset_label, status_label
from observatory.i18n import Translator, translator
from observatory.model.scope import SCOPE

_FRAME = frozenset(
    {"economies", "period", "currency", "lang", "as_of", "build", "present", "receipt"}
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A source in a list of sources; `licence` in the reader's language, empty where not known."""

    name: str
    title: str = ""
    url: str = ""
    licence: str = ""

    @property
    def said(self) -> str:
        """Who, what, under which licence."""
        return " · ".join(filter(None, (self.name, self.title if self.title != self.name else "",
                                        self.licence)))  # fmt: skip


def _none(ids: Sequence[str]) -> Mapping[str, Listed]:
    """Nothing is known of any source."""
    return {}


@dataclass(frozen=True, slots=True)
class Shelf:
    """What an edition is told besides the pages: names of economies by id, and the site's address.

    `base` is the address in front of a link's path, without its last slash; empty where the site
    does not know its own address: then links are paths.
    """

    names: Mapping[str, str]
    base: str = ""
    sources: Callable[[Sequence[str]], Mapping[str, Listed]] = _none
    """Name, title, address and licence of sources by id."""


def address(view: PageView, shelf: Shelf) -> str:
    """The lasting link of a page, with every choice and the build."""
    query = {
        name: value for name, value in view.query.items() if name not in ("present", "receipt")
    }
    return f"{shelf.base}{view.path}?{urlencode(query)}"


def choices(view: PageView, shelf: Shelf) -> list[str]:
    """What the reader chose, one sentence part each: economies, years, money, day of knowledge."""
    t = translator(view.lang)
    query = view.query
    found = [_economies(query.get("economies", ""), shelf, t)]
    if period := query.get("period"):
        first, _, last = period.partition("..")
        span = f"{first or '…'}–{last or '…'}" if ".." in period else period
        found.append(t("Years {years}", years=span))
    if query.get("currency") == "USD":
        found.append(t("Money in US dollars"))
    if day := query.get("as_of"):
        found.append(t("As known on {day}.", day=t.date(dt.date.fromisoformat(day))).rstrip(".。"))
    own = [f"{name}={value}" for name, value in query.items() if name not in _FRAME]
    if own:
        found.append(t("Choices of the page: {choices}", choices=t.comma.join(own)))
    return [text for text in found if text]


def _economies(value: str, shelf: Shelf, t: Translator) -> str:
    if not value or "," in value or value in shelf.names:
        codes = tuple(value.split(",")) if value else SCOPE
        preset = preset_of(codes)
        if preset is None:
            return t.list([shelf.names.get(code, code) for code in codes])
        value = preset
    return preset_label(value, t)


def data_line(view: PageView) -> str:
    """Which data: day and build."""
    t = translator(view.lang)
    day = t.date(view.data_date) if view.data_date else "–"
    return t("Data to {day}, build {build}", day=day, build=view.build_id[:12])


def source_line(card: Card, t: Translator) -> str:
    """Publishers of a card's numbers and their day, as under the chart."""
    names = list(dict.fromkeys(source.name for source in card.sources))
    shown = names[:4]
    line = "; ".join(shown)
    if len(names) > len(shown):
        more = len(names) - len(shown)
        line += " " + t.n("and {n} more source", "and {n} more sources", more)
    if card.vintage:
        line = f"{line}{t.comma}{card.vintage}" if line else card.vintage
    return t("Source: {source}", source=line) if line else ""


def statuses(card: Card, t: Translator) -> str:
    """How many values are official, reported, disputed and so on."""
    return t.comma.join(f"{status_label(word, t)} {t.number(n)}" for word, n in card.statuses)


def terms(t: Translator) -> str:
    """Under which terms the numbers stand."""
    return t("Each number keeps the licence of its source; see its receipt.")


def all_sources(cards: Sequence[Card], shelf: Shelf) -> list[Listed]:
    """Every source of the cards and of the values in their tables once, in reading order."""
    found: dict[str, Listed] = {}
    for card in cards:
        for source in card.sources:
            key = source.source_id or f"{source.name}|{source.title}"
            found.setdefault(key, Listed(source.name, source.title, source.url or ""))
        if card.table is not None and "source_id" in card.table.frame.columns:
            for source_id in card.table.frame["source_id"].dropna().unique():
                for one in str(source_id).split("; "):
                    found.setdefault(one, Listed(""))
    known = shelf.sources(list(found))
    listed = {known.get(key, one): None for key, one in found.items()}
    return [one for one in listed if one.name]
