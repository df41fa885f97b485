"""What can be found by name in a build: every thing with its names, as one index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from observatory.analysis.search import Entry, Index, Name, NameKind, ticker_forms, weight
from observatory.db import queries, queries_directory
from observatory.db.connect import Database
from observatory.db.frames import plain_records
from observatory.i18n import LANGUAGES, Translator, translator
from observatory.model.scope import SCOPE
from observatory.views import links
from observatory.views.indicator import directory
from observatory.views.ipo import stage as ipo_stage
from observatory.views.labels import clean
from observatory.views.search_words import meant

_PRIOR: Final[dict[str, float]] = {
    "economy": 14, "org": 3, "page": 2, "model": 1, "indicator": 0, "benchmark": 0, "chip": 0,
    "policy": -1, "listing": -2, "deal": -3, "claim": -6,
}  # fmt: skip
_LEAD: Final = 6.0
"""What a headline measure is worth more: it goes first where names match alike."""
_NAME_KIND: Final[dict[str, NameKind]] = {
    "official": "name", "short": "short", "brand": "brand", "former": "former", "ticker": "ticker",
    "native": "native", "leaderboard": "short", "variant": "short",
}  # fmt: skip
# Words in which a reader may ask for a kind of deal, beside the name of its organisation.
_DEAL_WORDS: Final[dict[str, str]] = {
    "round": "financing round", "strategic": "strategic investment", "capex_plan": "investment plan",
    "cornerstone": "cornerstone", "public_fund": "public fund", "grant": "grant",
    "m_and_a": "merger acquisition", "debt": "debt loan", "budget": "budget",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page of the app as search needs it: slug, path, title and section (message ids)."""

    slug: str
    path: str
    title: str
    section: str


@dataclass(frozen=True)
class Finder:
    """A build's index with the rows behind its entries, in the same order.

    `stages` are the dated stages by listing attempt, `today` the day the build's data end on,
    `measures` all that the build knows of its measures.
    """

    index: Index
    rows: tuple[Mapping[str, Any], ...]
    economies: Mapping[str, Mapping[str, Any]]
    orgs: Mapping[str, Mapping[str, Any]]
    stages: Mapping[str, ipo_stage.Rows]
    today: date
    measures: tuple[Mapping[str, Any], ...] = ()
    _texts: dict[str, tuple[str, ...]] = field(repr=False, default_factory=dict)

    def described(self, query: str, t: Translator) -> int:
        """How many measures the directory of all measures shows for a query."""
        if t.lang not in self._texts:
            self._texts[t.lang] = tuple(
                directory.fold(" ".join(directory.texts_of(row, t))) for row in self.measures
            )
        asked = meant(query, directory.fold)
        return sum(directory.fits(asked, text) for text in self._texts[t.lang])


def _own_names(row: Mapping[str, Any]) -> list[Name]:
    """Names that a thing's own row carries."""
    name, native = clean(row["name"]), clean(row["native_name"])
    match row["kind"]:
        case "deal":
            stage, day = clean(row["detail"]), clean(row["date"])
            stage = f"series {stage}" if row["sort"] == "round" and len(stage) <= 3 else stage
            words = f"{stage} {_DEAL_WORDS.get(row['sort'], 'deal')}"
            return [Name(f"{who} {words} {day}", "text") for who in (name, native) if who]
        case "listing":
            words = f"IPO listing {clean(row['detail'])} {clean(row['date'])[:4]}"
            return [Name(f"{who} {words}", "text") for who in (name, native) if who]
        case "claim":
            return [Name(name, "text", "en"), Name(row["id"], "id")]
        case "indicator":
            return (
                _translated(name, "name") + _translated(native, "short") + [Name(row["id"], "id")]
            )
        case "economy":
            return [Name(name), Name(clean(row["detail"]), "id"), Name(row["id"], "id")]
        case "org":
            tag = clean(row["native_language"])
            return [Name(name), Name(native, "native", tag), Name(row["id"], "id")]
        case _:
            return [Name(name), Name(native, "native"), Name(row["id"], "id")]


def _translated(text: str, kind: NameKind) -> list[Name]:
    """A text of the data in every language that has it."""
    found = {lang: translator(lang).data(text) for lang in LANGUAGES}
    return [Name(said, kind, lang) for lang, said in found.items() if lang == "en" or said != text]


def _page_entry(page: PageRef) -> Entry:
    titles = [Name(translator(lang)(page.title), "name", lang) for lang in LANGUAGES]
    sections = [
        Name(f"{translator(lang)(page.section)} {translator(lang)(page.title)}", "text", lang)
        for lang in LANGUAGES
    ]
    return Entry("page", page.slug, (*titles, *sections), prior=_PRIOR["page"])


@lru_cache(maxsize=3)
def finder(db: Database, pages: tuple[PageRef, ...], slugs: frozenset[str]) -> Finder:
    """The index of a build, made once. `pages` can be found; all of `slugs` can be led to."""
    things = plain_records(queries_directory.search_things(db, None))
    stages = ipo_stage.by_attempt(db, None)
    more: dict[tuple[str, str], list[Name]] = {}
    for row in plain_records(queries_directory.search_names(db)):
        kind = _NAME_KIND.get(row["name_kind"], "short")
        texts = ticker_forms(row["name"]) if kind == "ticker" else [row["name"]]
        tag = "" if kind == "ticker" else row["language"]
        more.setdefault((row["kind"], row["id"]), []).extend(Name(one, kind, tag) for one in texts)
    most: dict[str, float] = {}
    for row in things:
        most[row["kind"]] = max(most.get(row["kind"], 1), row["facts"])
    entries: list[Entry] = []
    rows: list[Mapping[str, Any]] = []
    for row in things:
        target = links.found(
            row["kind"], row["id"], slugs, org_id=clean(row["org_id"]),
            economy_id=clean(row["economy_id"]), row_id=clean(row["row_id"]),
        )  # fmt: skip
        if not target:
            continue
        if row["kind"] == "listing" and row["id"] in stages:
            row["known_on"] = min(one["known_on"] for one in stages[row["id"]])
        names = [*_own_names(row), *more.get((row["kind"], row["id"]), ())]
        far = 0.0 if row["kind"] != "economy" or row["id"] in SCOPE else 4.0
        if row["kind"] == "indicator" and clean(row["detail"]) == "true":
            far = -_LEAD
        entries.append(
            Entry(
                row["kind"], row["id"], tuple(name for name in names if name.text),
                weight(row["facts"], most[row["kind"]]), _PRIOR[row["kind"]] - far, row["known_on"],
            )
        )  # fmt: skip
        rows.append({**row, "href": target})
    for page in pages:
        entries.append(_page_entry(page))
        rows.append({"kind": "page", "id": page.slug, "href": page.path, "name": page.title,
                     "section": page.section})  # fmt: skip
    return Finder(
        Index(entries),
        tuple(rows),
        {row["economy_id"]: row for row in plain_records(queries.economies(db))},
        {row["id"]: row for row in things if row["kind"] == "org"},
        stages,
        pd.Timestamp(str(queries.site_counts(db, None)["data_date"].iloc[0])).date(),
        tuple(plain_records(queries.indicators(db))),
    )
