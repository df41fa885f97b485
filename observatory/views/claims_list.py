"""The claims one by one: verdict, figure, evidence, source, earlier checks, where the fact is shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, SourceRef
from observatory.cards.markup import Safe, external, h, icon, join, num
from observatory.cards.pager import pager
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import labels, links
from observatory.views.claims import (
    PER_PAGE,
    Choice,
    Href,
    Ledger,
    Row,
    document_label,
    document_short,
    fault_label,
    ids,
    mix,
    verdict_word,
)
from observatory.views.labels import clean

# The pages that a claim's home word stands for, where nothing it points at has a page.
HOMES = {
    "governance timeline": ("policy", "coalition"),
    "sovereign-stack view": ("stack", "chips", "compute", "economies"),
    "company page": ("companies",),
    "country page": ("economies",),
    "sources": ("sources", "companies"),
    "benchmarks": ("benchmarks",),
    "IPO tracker": ("ipo",),
}
_RELATED = (
    ("indicator", "related_indicator_ids"),
    ("policy", "related_policy_ids"),
    ("listing", "related_ipo_ids"),
    ("deal", "related_deal_ids"),
    ("model", "related_model_ids"),
    ("benchmark", "related_benchmark_ids"),
)
MOST_HOMES = 4


def homes(book: Ledger, row: Row, pages: Collection[str]) -> list[tuple[str, str]]:
    """Where the facts behind a claim are shown: (label, address), the closest first.

    Measures, policies, listings, deals, models and boards it points at; then the organisations and
    economies it names; then the page its home word stands for. Only pages that exist.
    """
    t = book.t
    found: dict[str, str] = {}
    for kind, column in _RELATED:
        for thing in ids(row[column]):
            known = book.things.get((kind, thing))
            if known is None:
                continue
            label = clean(known["name"])
            if kind == "indicator":
                label = t.data(label)
            if kind == "listing" and "ipo" in pages:
                address = links.link("/ipo", receipt=clean(known["row_id"]))
            else:
                address = links.found(
                    kind, thing, pages, org_id=clean(known["org_id"]),
                    economy_id=clean(known["economy_id"]), row_id=clean(known["row_id"]),
                )  # fmt: skip
            if address:
                found.setdefault(address, label)
    for entity in ids(row["entity_ids"]):
        kind = "economy" if entity in book.data.economies else "org"
        if kind == "economy" and entity not in SCOPE + COMPARATORS:
            continue
        address = links.found(kind, entity, pages)
        if address:
            found.setdefault(address, book.names.get(entity, entity))
    if not found:
        slugs = [slug for slug in HOMES.get(clean(row["dashboard_home"]), ()) if slug in pages]
        found = {links.link(f"/{slug}"): t("Overview") for slug in slugs[:1]}
    return [(label, address) for address, label in found.items()]


def _homes(book: Ledger, row: Row, pages: Collection[str]) -> Safe | None:
    found = homes(book, row, pages)
    if not found:
        return None
    more = len(found) - MOST_HOMES
    parts = [h("a", label, href=address, data_go=True) for label, address in found[:MOST_HOMES]]
    return h(
        "p",
        h("b", book.t("Shown at")),
        " ",
        join(parts, " · "),
        h("span", " ", book.t.n("and {n} more", "and {n} more", more), cls="muted")
        if more > 0
        else None,
        cls="k-home",
    )


def _figure(row: Row, t: Translator) -> Safe | None:
    value, unit = clean(row["claimed_value"]), clean(row["claimed_unit"])
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        text = t.parts([f"{value} {unit}".strip()])
    else:
        if unit == "rank":
            text = t.ordinal(int(number))
        elif len(unit) == 3 and unit.isupper():
            text = t.money(number, unit)
        else:
            text = f"{t.number(number)} {unit}".strip()
    wrong = row["verdict"] in ("contradicted", "unverified")
    return h("p", h("span", t("Figure claimed:"), cls="muted"), " ",
             num(text, clean(row["row_id"]), cls="num struck" if wrong else "num"), cls="k-figure")  # fmt: skip


def _source(book: Ledger, row: Row) -> Safe:
    t = book.t
    parts = []
    for key in ("source_id", "second_source_id"):
        found = book.sources.get(clean(row.get(key)))
        if found is None:
            continue
        name = clean(found["publisher"]) or clean(found["title"])
        when = clean(found["published"])
        parts.append(
            join([external(name, clean(found["url"]) or None, cls="quiet"),
                  f" {t.period(when)}" if when else None])
        )  # fmt: skip
    return h("p", icon("link"), join(parts, "; "), cls="k-src")


def _history(book: Ledger, row: Row) -> Safe | None:
    """Earlier checks, folded."""
    t = book.t
    earlier = [
        c for c in book.history.get(str(row["claim_id"]), []) if c["checked_on"] < row["checked_on"]
    ]
    if not earlier:
        return None
    lines = [
        h("li", t.date(pd.Timestamp(check["checked_on"]).date()), t.colon,
          verdict_word(check["verdict"], t), " ", h("span", check["evidence"], lang="en"))
        for check in earlier
    ]  # fmt: skip
    day = t.date(pd.Timestamp(row["checked_on"]).date())
    return h(
        "details",
        h("summary", t("Checked again on {day}; earlier verdicts", day=day)),
        h("ul", *lines),
        cls="k-history",
    )


def _line(book: Ledger, row: Row, pages: Collection[str]) -> Safe:
    t = book.t
    fault = clean(row["fault"])
    return h(
        "li",
        h("div", h("span", row["claim_id"], cls="k-id"), h("span", document_short(row["document"], t)),
          cls="k-no"),
        h(
            "div",
            h("h3", num(row["statement"], row["row_id"], cls="num plain-t"), lang="en"),
            _figure(row, t),
            cls="k-what",
        ),
        h(
            "div",
            verdict_word(row["verdict"], t),
            h("p", fault_label(fault, t), cls="k-fault") if fault else None,
            h("p", t("Confidence {word}", word=labels.confidence(row["confidence"], t)), cls="small muted"),
            cls="k-verdict",
        ),
        h("div", h("p", row["evidence"], lang="en"), _source(book, row), _history(book, row),
          _homes(book, row, pages), cls="k-evidence"),
        id=f"claim-{row['claim_id']}",
    )  # fmt: skip


def _chips(book: Ledger, chosen: Choice, href: Href) -> Safe:
    t = book.t

    def chip(label: str, count: int, on: bool, **changes: str) -> Safe:
        return h("a", label, " ", h("b", t.number(count)), href=href(**chosen.query(**changes)),
                 data_go=True, cls="on" if on else None, aria_current="true" if on else None)  # fmt: skip

    everything = replace(chosen, verdict="")
    found = [chip(t("All"), len(book.shown(everything)), not chosen.verdict, verdict="")]
    for word in ("contradicted", "partly", "unverified", "corroborated"):
        count = book.count(chosen, "verdict", word)
        found.append(chip(labels.verdict(word, t), count, chosen.verdict == word, verdict=word))
    return h("nav", *found, cls="k-chips", aria_label=t("Filter by verdict"))


def _active(book: Ledger, chosen: Choice, href: Href) -> Safe | None:
    """The other filters that are on, each with a way off."""
    t = book.t
    on = [
        ("topic", labels.domain(chosen.topic, t) if chosen.topic else ""),
        ("document", document_short(chosen.document, t) if chosen.document else ""),
        ("fault", fault_label(chosen.fault, t) if chosen.fault else ""),
        ("entity", book.names.get(chosen.entity, chosen.entity)),
    ]
    parts = [
        h("a", label, icon("close", t("Remove this filter")), href=href(**chosen.query(**{name: ""})),
          data_go=True)
        for name, label in on
        if label
    ]  # fmt: skip
    return h("p", h("span", t("Only:"), cls="muted"), *parts, cls="k-active") if parts else None


def _pages(book: Ledger, chosen: Choice, total: int, href: Href) -> Safe | None:
    """Which of how many are shown, and the way to the others; None where all fit on one page."""
    t = book.t
    first = (chosen.page - 1) * PER_PAGE + 1
    links_ = pager(
        chosen.page, -(-total // PER_PAGE), lambda page: href(**chosen.query(), page=str(page)), t
    )
    if links_ is None:
        return None
    words = {
        "first": t.number(first),
        "last": t.number(min(first + PER_PAGE - 1, total)),
        "total": t.number(total),
    }
    return h("p", t("{first} to {last} of {total}", **words), cls="k-shown") + links_


def frame_of(book: Ledger, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The rows as a table: one line a claim with names instead of ids."""
    keys = ("claim_id", "document", "statement", "claimed_value", "claimed_unit", "period", "verdict",
            "fault", "evidence", "confidence", "checked_on", "source_id", "row_id")  # fmt: skip
    return pd.DataFrame([{key: row[key] for key in keys} for row in rows], columns=list(keys))


def list_card(book: Ledger, chosen: Choice, pages: Collection[str], href: Href) -> Card:
    """The filtered claims, twenty a page."""
    t = book.t
    rows = book.shown(chosen)
    top = max(1, -(-len(rows) // PER_PAGE))
    chosen = replace(chosen, page=min(chosen.page, top))
    part = rows[(chosen.page - 1) * PER_PAGE : chosen.page * PER_PAGE]
    none = h("p", t("No claim fits these filters."), " ",
             h("a", t("Show all claims"), href=href(), data_go=True, cls="btn"), cls="k-none")  # fmt: skip
    body = join(
        [
            _chips(book, chosen, href),
            _active(book, chosen, href),
            h("ol", *(_line(book, row, pages) for row in part), cls="k-list") if part else none,
            _pages(book, chosen, len(rows), href),
        ]
    )
    columns = (
        Column("claim_id", t("Number")),
        Column("document", t("Said in"), show=lambda v, r: document_label(clean(v), t)),
        Column("statement", t("Claim"), row_id="row_id", lang="en", strong=True),
        Column("verdict", t("Verdict"), show=lambda v, r: labels.verdict(clean(v), t)),
        Column("fault", t("How it goes wrong"),
               show=lambda v, r: fault_label(clean(v), t) if clean(v) else ""),
        Column("evidence", t("Evidence"), lang="en"),
        Column("checked_on", t("Checked"), show=lambda v, r: t.date(pd.Timestamp(v).date())),
    )  # fmt: skip
    refs: dict[str, SourceRef] = {}
    for row in rows:
        found = book.sources.get(clean(row["source_id"]))
        if found:
            name = clean(found["publisher"]) or clean(found["title"])
            refs.setdefault(name, SourceRef(clean(found["title"]), name, clean(found["url"]) or None,
                                            clean(row["source_id"])))  # fmt: skip
    if not rows:
        heading = t("No claim fits these filters")
    elif len(rows) == len(book.rows):
        heading = t("All claims, the worst verdict first")
    else:
        heading = t.n("{n} claim: {mix}", "{n} claims: {mix}", len(rows), mix=mix(book, rows))
    return Card(
        id="claims",
        title=heading,
        subtitle=t(
            "Statements and evidence in the language of their sources; open one for its receipt."
        ),
        body=body,
        table=CardTable(frame_of(book, rows), columns),
        sources=tuple(refs.values()),
        method=t(
            "Each statement of the two texts was looked up in primary and press sources. A verdict is given"
            " with its evidence and its confidence; a later check is added with its day and the earlier one"
            " stays on file. Sentences that are true and commonplace count like any other, so the shares say"
            " how these two texts fare, not how texts of this kind fare."
        ),
        actions=("table", "method", "download", "link"),
        level=2,
    )
