"""The directory of all measures: searchable, by subject, with how far each reaches."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from observatory.cards.markup import Safe, h, join
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.vocab import Domain
from observatory.views import labels, links
from observatory.views.indicator import data as indicator_data
from observatory.views.indicator.related import reach
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator
from observatory.views.search_words import meant

OPEN_UP_TO: Final = 60
"""Groups stand open where no more than this many measures are left."""


def fold(text: str) -> str:
    """Text for comparing: full-width forms, case and accents do not count."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def matches(query: str, texts: Sequence[str]) -> bool:
    """Whether every word of the query, or one of its meaning, stands somewhere in the texts."""
    return fits(meant(query, fold), fold(" ".join(texts)))


def fits(asked: Sequence[Sequence[str]], haystack: str) -> bool:
    """Whether a folded text holds all terms of a question in any of its wordings."""
    return any(all(term in haystack for term in terms) for terms in asked)


def texts_of(row: Mapping[str, Any], t: Translator) -> tuple[str, ...]:
    """What a measure can be found by: names in both languages, definition, publisher, id."""
    name, short, definition = (clean(row[key]) for key in ("name", "short_name", "definition"))
    return (
        clean(row["indicator_id"]), t.data(name), t.data(short), name, short, definition, t.data(definition),
        clean(row["publisher"]), clean(row["unit_label"]), labels.domain(clean(row["domain"]), t),
    )  # fmt: skip


def found(catalogue: Catalogue, query: str) -> list[Indicator]:
    """Measures that fit a query, all of them for an empty one; headline ones first."""
    t = catalogue.t
    items = [
        item for item in catalogue.indicators.values() if matches(query, texts_of(item.row, t))
    ]
    return sorted(
        items, key=lambda item: (not item.row["headline"], item.short.casefold(), item.id)
    )


def directory(catalogue: Catalogue, query: str) -> Safe:
    """All measures by subject; each name leads to its page."""
    t = catalogue.t
    items = found(catalogue, query)
    cover = {clean(row["indicator_id"]): row for row in records(indicator_data.coverage(catalogue))}
    if not items:
        way = h("a", t("Show all measures"), href="/indicator", data_go=True, cls="btn")
        return h(
            "div",
            h("h3", t("No measure fits “{query}”", query=query)),
            h("p", t("Search looks at names, definitions, publishers and ids, in English and in your language."),
              cls="sub"),
            h("div", way, cls="what"),
            cls="card is-empty",
        )  # fmt: skip
    groups: dict[str, list[Indicator]] = {}
    for item in items:
        groups.setdefault(clean(item.row["domain"]), []).append(item)
    known = sum(item.id in cover for item in items)
    said = t.n("{n} measure", "{n} measures", len(items))
    if query:
        said = t.n(
            "{n} measure fits “{query}”", "{n} measures fit “{query}”", len(items), query=query
        )
    if catalogue.as_of and known < len(items):
        said = t.sentences([said, t("{n} of them had a value by that day.", n=t.number(known))])
    order = [str(domain) for domain in Domain if str(domain) in groups]
    order.sort(key=lambda domain: labels.domain(domain, t))
    is_open = bool(query) and len(items) <= OPEN_UP_TO
    jump = [
        h(
            "a",
            labels.domain(domain, t),
            h("span", t.number(len(groups[domain])), cls="n"),
            href=f"#d-{domain}",
        )
        for domain in order
    ]
    blocks = [
        _group(domain, groups[domain], cover, t, is_open=is_open or len(order) == 1)
        for domain in order
    ]
    nav = h("nav", *jump, cls="in-jump", aria_label=t("Subjects")) if len(order) > 1 else None
    return join([h("p", said, cls="in-said", role="status"), nav, *blocks])


def _group(
    domain: str,
    items: Sequence[Indicator],
    cover: Mapping[str, Mapping[str, Any]],
    t: Translator,
    *,
    is_open: bool,
) -> Safe:
    """A subject with its measures: headline ones in sight, the others under a fold."""
    headline = [item for item in items if item.row["headline"]]
    shown = items if is_open or len(items) <= 12 else headline or items[:6]
    rest = [item for item in items if item not in shown]
    more = None
    if rest:
        words = t.n("{n} more measure", "{n} more measures", len(rest))
        more = h("details", h("summary", words), _rows(rest, cover, t), cls="in-more")
    return h(
        "section",
        h("h2", labels.domain(domain, t), id=f"d-{domain}"),
        _rows(shown, cover, t),
        more,
        cls="in-group",
    )


def _rows(
    items: Sequence[Indicator], cover: Mapping[str, Mapping[str, Any]], t: Translator
) -> Safe:
    rows = []
    for item in items:
        own = cover.get(item.id)
        rows.append(
            h(
                "li",
                h(
                    "span",
                    h("a", item.name, href=links.indicator(item.id), data_go=True),
                    h("span", t("headline"), cls="in-tag") if item.row["headline"] else None,
                    cls="nm",
                ),
                h("span", clean(item.row["publisher"]), cls="pb"),
                h("span", reach(own, t) if own is not None else t("not known by then"), cls="rc2"),
            )
        )
    return h("ul", *rows, cls="in-dir")


def intro(catalogue: Catalogue) -> str:
    """What the directory holds, in one sentence."""
    t = catalogue.t
    items = catalogue.indicators.values()
    headline = sum(bool(item.row["headline"]) for item in items)
    return t(
        "{n} measures, {headline} of them headline measures with broad and comparable coverage. Each has its "
        "definition, every source, the values on which sources differ, and who has none.",
        n=t.number(len(items)), headline=t.number(headline),
    )  # fmt: skip
