"""Finding anything: what can be found in a build, and an answer in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, TypedDict

from observatory.analysis.search import (
    GOOD,
    MAX_QUERY,
    Entry,
    Hit,
    Index,
    Name,
    NameKind,
    ticker_forms,
    weight,
)
from observatory.analysis.search_fold import fold, squash
from observatory.db import queries, queries_directory
from observatory.db.connect import Database
from observatory.i18n import LANGUAGES, Translator, translator
from observatory.model.scope import SCOPE
from observatory.views import labels, links
from observatory.views.company_data import records
from observatory.views.labels import clean

KINDS: Final = (
    "economy",
    "org",
    "model",
    "chip",
    "indicator",
    "policy",
    "benchmark",
    "page",
    "listing",
    "deal",
)
SHOWN: Final[dict[str, int]] = {"org": 6, "model": 5, "deal": 3, "listing": 3}
SHOWN_ELSE: Final = 4
MOST: Final = 24
_PRIOR: Final[dict[str, float]] = {
    "economy": 14, "org": 3, "page": 2, "model": 1, "indicator": 0, "benchmark": 0, "chip": 0,
    "policy": -1, "listing": -2, "deal": -3,
}  # fmt: skip
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


class Item(TypedDict):
    """One result: texts only, the page makes its own elements of them."""

    id: str
    label: str
    lang: str
    native: str
    native_lang: str
    economy: str
    economy_id: str
    detail: str
    why: str
    href: str


class Group(TypedDict):
    """Results of one kind."""

    kind: str
    label: str
    items: list[Item]
    more: str
    more_href: str


class Answer(TypedDict):
    """What the search route sends. `note` is a sentence for the top, empty where none is needed.

    `said` is for screen readers: how many results there are.
    """

    q: str
    note: str
    said: str
    groups: list[Group]


@dataclass(frozen=True)
class Finder:
    """A build's index with the rows behind its entries, in the same order."""

    index: Index
    rows: tuple[Mapping[str, Any], ...]
    economies: Mapping[str, Mapping[str, Any]]
    orgs: Mapping[str, Mapping[str, Any]]


# The index ----------------------------------------------------------------------------------------


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
    things = records(queries_directory.search_things(db, None))
    more: dict[tuple[str, str], list[Name]] = {}
    for row in records(queries_directory.search_names(db)):
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
        names = [*_own_names(row), *more.get((row["kind"], row["id"]), ())]
        far = 0.0 if row["kind"] != "economy" or row["id"] in SCOPE else 4.0
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
        {row["economy_id"]: row for row in records(queries.economies(db))},
        {row["id"]: row for row in things if row["kind"] == "org"},
    )


# The answer ---------------------------------------------------------------------------------------


def kind_label(kind: str, t: Translator) -> str:
    """The head of a group of results."""
    match kind:
        case "economy":
            return t("Economies")
        case "org":
            return t("Organisations")
        case "model":
            return t("Models")
        case "chip":
            return t("Chips")
        case "indicator":
            return t("Measures")
        case "policy":
            return t("Laws and programmes")
        case "benchmark":
            return t("Leaderboards")
        case "page":
            return t("Pages")
        case "listing":
            return t("Listings")
        case _:
            return t("Deals")


def searchable(found: Finder, t: Translator) -> str:
    """What can be searched, with counts."""
    counts: dict[str, int] = {}
    for entry in found.index.entries:
        counts[entry.kind] = counts.get(entry.kind, 0) + 1
    parts = []
    for kind in KINDS:
        n = counts.get(kind, 0)
        if not n:
            continue
        match kind:
            case "economy":
                parts.append(t.n("{n} economy", "{n} economies", n))
            case "org":
                parts.append(t.n("{n} organisation", "{n} organisations", n))
            case "model":
                parts.append(t.n("{n} model", "{n} models", n))
            case "chip":
                parts.append(t.n("{n} AI chip", "{n} AI chips", n))
            case "indicator":
                parts.append(t.n("{n} measure", "{n} measures", n))
            case "policy":
                parts.append(t.n("{n} policy record", "{n} policy records", n))
            case "benchmark":
                parts.append(t.n("{n} board", "{n} boards", n))
            case "listing":
                parts.append(t.n("{n} listing attempt", "{n} listing attempts", n))
            case "deal":
                parts.append(t.n("{n} deal", "{n} deals", n))
            case _:
                parts.append(t.n("{n} page", "{n} pages", n))
    return t("You can find {things}, by name in any script, alias, former name or ticker.",
             things=t.list(parts))  # fmt: skip


def answer(found: Finder, query: str, t: Translator, as_of: date | None = None) -> Answer:
    """Results for a query in the reader's language, grouped by kind, best group first."""
    asked = " ".join(query[:MAX_QUERY].split())
    hits = found.index.search(asked, as_of=as_of)
    if not fold(asked):
        return Answer(q=asked, note=searchable(found, t), said="", groups=_every_page(found, t))
    if not hits:
        note = t("Nothing on file is called “{query}”.", query=asked)
        return Answer(q=asked, note=f"{note} {searchable(found, t)}".strip(), said="", groups=[])
    note = ""
    if hits[0].likeness < GOOD:
        note = t("Nothing on file is called “{query}”. The names nearest to it:", query=asked)
    groups = _groups(found, hits, asked, t)
    count = sum(len(group["items"]) for group in groups)
    said = t.n("{n} result", "{n} results", count)
    return Answer(q=asked, note=note, said=said, groups=groups)


def _every_page(found: Finder, t: Translator) -> list[Group]:
    """The pages, offered before anything is asked."""
    hits = [
        Hit(at, 0.0, 0.0, entry.names[0], "exact")
        for at, entry in enumerate(found.index.entries)
        if entry.kind == "page"
    ]
    items = [_item(found, hit, t) for hit in hits]
    return [Group(kind="page", label=kind_label("page", t), items=items, more="", more_href="")]


def _groups(found: Finder, hits: Sequence[Hit], asked: str, t: Translator) -> list[Group]:
    by_kind: dict[str, list[Hit]] = {}
    for hit in hits:
        by_kind.setdefault(found.index.entries[hit.at].kind, []).append(hit)
    groups: list[Group] = []
    room = MOST
    for kind, every in by_kind.items():
        shown = every[: min(room, SHOWN.get(kind, SHOWN_ELSE))]
        if not shown:
            break
        room -= len(shown)
        more, target = "", ""
        if kind == "org" and len(every) > len(shown):
            more = t.n("All {n} organisation with such a name",
                       "All {n} organisations with such a name", len(every))  # fmt: skip
            target = links.link("/companies", q=plain_query(asked), economies="all13")
        groups.append(
            Group(
                kind=kind,
                label=kind_label(kind, t),
                items=[_item(found, hit, t) for hit in shown],
                more=more,
                more_href=target,
            )
        )
    return groups


def plain_query(text: str) -> str:
    """A query with the signs that an address of this site may hold; others become spaces."""
    kept = "".join(char if char.isalnum() or char in " ._.,:;@+~/()-" else " " for char in text)
    return " ".join(kept.split())[:MAX_QUERY]


def _item(found: Finder, hit: Hit, t: Translator) -> Item:
    row = found.rows[hit.at]
    label, lang, native, native_lang = _label(found, row, t)
    economy_id = clean(row.get("economy_id"))
    economy = ""
    if row["kind"] not in ("economy", "page") and economy_id in found.economies:
        economy = labels.economy_name(found.economies[economy_id], t)
    return Item(
        id=f"{row['kind']}-{row['id']}",
        label=label,
        lang=lang,
        native=native,
        native_lang=native_lang,
        economy=economy,
        economy_id=economy_id,
        detail=_detail(found, row, t),
        why=_why(hit, (label, native), t),
        href=str(row["href"]),
    )


def _label(found: Finder, row: Mapping[str, Any], t: Translator) -> tuple[str, str, str, str]:
    """Label with its language, and the name beside it with its language."""
    name, native = clean(row["name"]), clean(row.get("native_name"))
    match row["kind"]:
        case "page":
            return t(name), t.html_lang, "", ""
        case "economy":
            names = found.economies[row["id"]]
            beside, tag = labels.native_economy_name(names, t)
            return labels.economy_name(names, t), t.html_lang, beside, tag
        case "indicator":
            return t.data(name), t.data_lang(name), "", ""
        case "org" | "deal" | "listing":
            org = labels.org_name(name, native, row["native_language"], t)
            if row["kind"] == "org":
                return org.main, org.main_lang, org.second, org.second_lang
            if row["kind"] == "listing":
                text = t("{organisation}, listing on {venue}", organisation=org.main,
                         venue=clean(row["detail"]))  # fmt: skip
                return text, "", "", ""
            kind = labels.deal_kind(clean(row["sort"]), t)
            stage = clean(row["detail"])
            text = t("{organisation}: {deal}", organisation=org.main,
                     deal=f"{kind} ({stage})" if stage else kind)  # fmt: skip
            return text, "", "", ""
        case "policy":
            shown, tag = labels.title_in(
                {"title": name, "title_native": native, "economy_id": row["economy_id"]}, t
            )
            other = native if shown == name else name
            return shown, tag, other if other != shown else "", "" if other == native else "en"
        case _:
            return name, "en", native if native != name else "", ""


def _detail(found: Finder, row: Mapping[str, Any], t: Translator) -> str:
    """What kind of thing it is, in a few words."""
    org = found.orgs.get(clean(row.get("org_id")))
    maker = ""
    if org is not None:
        maker = labels.org_name(org["name"], org["native_name"], org["native_language"], t).main
    day = t.period(clean(row["date"])) if clean(row.get("date")) else ""
    match row["kind"]:
        case "org":
            layer = clean(row["detail"])
            parts = [labels.org_kind(row["sort"], t), labels.layer(layer, t) if layer else ""]
        case "model":
            parts = [maker, day]
        case "chip":
            parts = [maker, day]
        case "policy":
            parts = [labels.policy_kind(row["sort"], t), day]
        case "indicator":
            parts = [t.n("{n} value", "{n} values", int(row["facts"]))]
        case "benchmark":
            parts = [labels.modality(row["sort"], t),
                     t.n("{n} result", "{n} results", int(row["facts"]))]  # fmt: skip
        case "deal":
            parts = [day]
        case "listing":
            parts = [labels.stage(row["sort"], t), day]
        case "page":
            parts = [t(row["section"])] if row["section"] != row["name"] else []
        case _:
            parts = []
    return t.parts([part for part in parts if part])


def _why(hit: Hit, shown: Sequence[str], t: Translator) -> str:
    """Why it was found, where its printed names do not show it."""
    name = hit.name
    if hit.how == "sound":
        return t("sounds like {name}", name=name.text)
    if name.kind == "reading":
        return t("{name} in Latin letters", name=name.text)
    if name.kind in ("id", "text"):
        return ""
    form = squash(fold(name.text))
    if any(form in squash(fold(text)) for text in shown if text):
        return ""
    if hit.how == "close":
        return t("close to {name}", name=name.text)
    match name.kind:
        case "former":
            return t("formerly {name}", name=name.text)
        case "ticker":
            return t("ticker {name}", name=name.text)
        case "brand":
            return t("known for {name}", name=name.text)
        case _:
            return t("also known as {name}", name=name.text)
