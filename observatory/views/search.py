"""Finding anything: what can be found in a build, and an answer in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final, TypedDict

from observatory.analysis.search import GOOD, MAX_QUERY, Hit
from observatory.analysis.search_fold import fold, squash
from observatory.cards.words import status_label
from observatory.i18n import Translator
from observatory.views import labels, links
from observatory.views.ipo import stage as ipo_stage
from observatory.views.labels import clean
from observatory.views.search_index import Finder
from observatory.views.search_words import meant

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
    "claim",
)
SHOWN: Final[dict[str, int]] = {
    "org": 6,
    "indicator": 8,
    "model": 5,
    "deal": 3,
    "listing": 3,
    "claim": 3,
}
SHOWN_ELSE: Final = 4
MOST: Final = 36
OTHER_WORDS: Final = 3.0
"""What a measure stands behind that is found by words of the same meaning only."""
_MEASURES: Final = frozenset({"indicator"})


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
        case "claim":
            return t("Claims")
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
            case "claim":
                parts.append(t.n("{n} claim", "{n} claims", n))
            case _:
                parts.append(t.n("{n} page", "{n} pages", n))
    return t("You can find {things}, by name in any script, alias, former name or ticker.",
             things=t.list(parts))  # fmt: skip


def answer(found: Finder, query: str, t: Translator, as_of: date | None = None) -> Answer:
    """Results for a query in the reader's language, grouped by kind, best group first."""
    asked = " ".join(query[:MAX_QUERY].split())
    if not fold(asked):
        return Answer(q=asked, note=searchable(found, t), said="", groups=_every_page(found, t))
    hits = _hits(found, asked, as_of)
    if not hits:
        note = t("Nothing on file is called “{query}”.", query=asked)
        groups = _described(found, asked, [], t)
        return Answer(
            q=asked, note=f"{note} {searchable(found, t)}".strip(), said="", groups=groups
        )
    note = ""
    if hits[0].likeness < GOOD:
        note = t("Nothing on file is called “{query}”. The names nearest to it:", query=asked)
    groups = _groups(found, hits, asked, t, as_of or found.today)
    if note:
        groups = _described(found, asked, groups, t)
    shown = sum(len(group["items"]) for group in groups)
    said = t.n("{n} result", "{n} results", len(hits))
    if shown < len(hits):
        said = t.parts([said, t("{n} of them shown", n=t.number(shown))])
    return Answer(q=asked, note=note, said=said, groups=groups)


def _hits(found: Finder, asked: str, as_of: date | None) -> list[Hit]:
    """What a query names; measures also by words of the same meaning, after those it names itself."""
    hits = found.index.search(asked, as_of=as_of)
    own = {hit.at: hit for hit in hits if hit.likeness >= GOOD}
    more: dict[int, Hit] = {}
    for terms in meant(asked, fold)[1:]:
        for hit in found.index.search(" ".join(terms), kinds=_MEASURES, as_of=as_of, close=False):
            if hit.at not in own and hit.how != "inside":
                more.setdefault(hit.at, replace(hit, score=hit.score - OTHER_WORDS))
    if not more:
        return hits
    return sorted((*own.values(), *more.values()), key=lambda hit: -hit.score)


def _all_measures(found: Finder, asked: str, shown: int, t: Translator) -> tuple[str, str]:
    """The line that leads to all measures which a query fits, and its address; empty without more."""
    query = plain_query(asked)
    n = found.described(query, t) if query else 0
    if n <= shown:
        return "", ""
    said = t.n("{n} measure with such words in its name or definition",
               "All {n} measures with such words in their names or definitions", n)  # fmt: skip
    return said, links.link("/indicator", q=query)


def _described(found: Finder, asked: str, groups: list[Group], t: Translator) -> list[Group]:
    """The groups of a query that names nothing, with the measures whose definitions hold its words."""
    if any(group["kind"] == "indicator" for group in groups):
        return groups
    more, target = _all_measures(found, asked, 0, t)
    if not more:
        return groups
    label = kind_label("indicator", t)
    return [*groups, Group(kind="indicator", label=label, items=[], more=more, more_href=target)]


def _every_page(found: Finder, t: Translator) -> list[Group]:
    """The pages, offered before anything is asked."""
    hits = [
        Hit(at, 0.0, 0.0, entry.names[0], "exact")
        for at, entry in enumerate(found.index.entries)
        if entry.kind == "page"
    ]
    items = [_item(found, hit, "", t, found.today) for hit in hits]
    return [Group(kind="page", label=kind_label("page", t), items=items, more="", more_href="")]


def _groups(
    found: Finder, hits: Sequence[Hit], asked: str, t: Translator, day: date
) -> list[Group]:
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
        elif kind == "indicator":
            more, target = _all_measures(found, asked, len(shown), t)
        groups.append(
            Group(
                kind=kind,
                label=kind_label(kind, t),
                items=[_item(found, hit, asked, t, day) for hit in shown],
                more=more,
                more_href=target,
            )
        )
    return groups


def plain_query(text: str) -> str:
    """A query with the signs that an address of this site may hold; others become spaces."""
    kept = "".join(char if char.isalnum() or char in " ._.,:;@+~/()-" else " " for char in text)
    return " ".join(kept.split())[:MAX_QUERY]


def _item(found: Finder, hit: Hit, asked: str, t: Translator, day: date) -> Item:
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
        detail=_detail(found, row, t, day),
        why=_why(hit, asked, (label, native), t),
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


def _detail(found: Finder, row: Mapping[str, Any], t: Translator, day_known: date) -> str:
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
        case "claim":
            parts = [labels.verdict(row["sort"], t)]
        case "listing":
            now = ipo_stage.stands(found.stages.get(row["id"], []), day_known) or {}
            parts = [
                labels.stage(clean(now.get("stage")), t) if now else "",
                t.period(clean(now.get("stage_date"))) if now else "",
                status_label("unchecked", t) if now.get("status") == "unchecked" else "",
            ]
        case "page":
            parts = [t(row["section"])] if row["section"] != row["name"] else []
        case _:
            parts = []
    return t.parts([part for part in parts if part])


def _why(hit: Hit, asked: str, shown: Sequence[str], t: Translator) -> str:
    """Why it was found, where its printed names do not show it."""
    name = hit.name
    if any(squash(fold(asked)) in squash(fold(text)) for text in shown if text):
        return ""
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
