"""One policy: what it is, its dates, what each source says, how it relates, who takes part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from observatory.analysis.policy_state import text_address
from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Child, Safe, external, h, icon, join, num, status_word
from observatory.cards.states import Gap
from observatory.cards.table import table
from observatory.cards.words import status_label
from observatory.db import queries_policy
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import common, labels, links
from observatory.views.claims import verdict_word
from observatory.views.labels import clean
from observatory.views.measures import Catalogue
from observatory.views.policy import words as policy_words
from observatory.views.policy.data import Book, Entry

_RELATIONS = (
    ("supersedes", "in"), ("supersedes", "out"), ("amends", "in"), ("amends", "out"),
    ("implements", "out"), ("implements", "in"), ("suspends", "in"), ("suspends", "out"),
    ("ends", "in"), ("ends", "out"), ("follows", "out"), ("follows", "in"),
)  # fmt: skip


def titles(entry: Entry, t: Translator) -> dict[str, str | None]:
    """Main title, native title with its language, and the colour, for the page's head."""
    (_, _), (second, tongue) = policy_words.titles(entry, t)
    code = entry.economy_id if entry.economy_id in SCOPE + COMPARATORS else None
    return {
        "native": second or None,
        "native_lang": tongue or None if second else None,
        "colour": code,
    }


def main_title(entry: Entry, t: Translator) -> str:
    """The title in the reader's script where it is its own, else in English."""
    return policy_words.titles(entry, t)[0][0]


def deck(entry: Entry) -> Safe:
    """What it does, in the words on file."""
    return h("span", clean(entry.row["summary"]), lang="en")


def _part(label: str, shown: Child, small: Child = None, cls: str | None = None) -> Safe:
    return h("div", h("dt", label), h("dd", shown, h("small", small) if small else None, cls=cls))


def identity(catalogue: Catalogue, book: Book, entry: Entry) -> Safe:
    """Standing, dates, kind, issuer: each date opens its receipt."""
    t = catalogue.t
    then = labels.policy_status(clean(entry.row["policy_status"]), t)
    seen = t("as a catalogue codes it: {word}", word=then) if entry.coded else None
    parts = [_part(t("State"), policy_words.state(entry, t), seen)]
    if entry.date:
        parts.append(
            _part(
                t("Date"),
                num(t.period(entry.date), entry.row_id),
                policy_words.width(entry.date, t),
            )
        )
    else:
        parts.append(_part(t("Date"), t("not stated"), cls="unk"))
    if entry.effective:
        wide = policy_words.width(entry.effective, t)
        parts.append(_part(t("Takes effect"), num(t.period(entry.effective), entry.row_id), wide))
    parts.append(
        _part(
            t("Kind"),
            labels.policy_kind(entry.kind, t),
            policy_words.actor(clean(entry.row["actor"]), t),
        )
    )
    if entry.binding:
        parts.append(
            _part(
                t("Binding force"),
                policy_words.binding(entry.binding, t),
                t("in the words of its source"),
            )
        )
    parts.append(_part(t("Economy"), policy_words.place(catalogue, entry.economy_id)))
    if issued := policy_words.issued_by(entry, t):
        one = entry.issuers[0]
        said = labels.org_name(one.name, one.native, one.language, t)
        second = (
            h("span", said.second, lang=said.second_lang)
            if said.second and len(entry.issuers) == 1
            else None
        )
        parts.append(_part(t("Issued by"), issued, second))
    else:
        parts.append(_part(t("Issued by"), t("not named"), cls="unk"))
    topics = [
        h("a", policy_words.topic(word, t), href=links.policies(topic=word), data_go=True)
        for word in entry.topics
    ]
    if topics:
        parts.append(_part(t("Topics"), h("span", join(topics, " · "), cls="po-topics")))
    return h("dl", *parts, cls="mo-id po-id")


def _remark(note: str, entry: Entry) -> Safe | None:
    """The editor's remark of a row; what is coded by others is told elsewhere."""
    return h("p", note, lang="en", cls="fr-p") if note else None


def sources_card(catalogue: Catalogue, entry: Entry) -> Card:
    """What each source says of it: title, date, status then, remark."""
    t = catalogue.t
    n = len({clean(row["source_id"]) for row in entry.rows})
    title = t.n("{n} source speaks of it", "{n} sources speak of it", n)

    def said(value: Any, row: Any) -> Safe:
        return join([h("span", str(value), lang="en"), _remark(clean(row["note"]), entry)])

    def source(value: Any, row: Any) -> Safe:
        name = clean(row["publisher"]) or clean(row["origin"]) or str(value)
        when = clean(row["published"])
        parts: list[Child] = [external(name, clean(row["source_url"]) or None)]
        if when:
            parts.append(h("span", t.period(when), cls="fr-p"))
        if clean(row["locator"]):
            parts.append(h("span", clean(row["locator"]), cls="fr-p", lang="en"))
        return join(parts)

    def date(value: Any, row: Any) -> Safe:
        text = clean(value)
        return num(t.period(text) if text else t("no date"), str(row["row_id"]))

    columns = (
        Column("source_id", t("Source"), show=source),
        Column("title", t("What it says"), show=said, strong=True),
        Column("date", t("Date"), show=date),
        Column("policy_status", t("Status then"), show=lambda v, row: labels.policy_status(clean(v), t)),
        Column("effective_from", t("Takes effect"), show=lambda v, row: t.period(clean(v)), phone=False),
        Column("status", t("Status of the row"), show=lambda v, row: status_word(
            clean(v), status_label(clean(v), t)), phone=False),
    )  # fmt: skip
    frame = pd.DataFrame([dict(row) for row in entry.rows])
    keep = ["source_id", "title", "title_native", "date", "policy_status", "effective_from", "summary", "kind",
            "publisher", "source_url", "published", "locator", "note", "confidence", "status", "row_id", "known_on",
            "origin"]  # fmt: skip
    address = next((a for a in map(_address, entry.rows) if a), "")
    return Card(
        id="policy-sources",
        title=title,
        subtitle=t("Status words are those of the source on its date."),
        body=table(columns, CardTable(frame, columns).rows(), caption=title, unknown=t("not stated"), cls="po-src"),
        table=CardTable(frame[keep].reset_index(drop=True), columns),
        **common.evidence(catalogue, frame),
        after=h("p", icon("link"), " ", external(t("Official text or notice, as a source cites it"), address))
        if address else None,
        actions=("receipt", "table", "download", "link"),
    )  # fmt: skip


def _address(row: Any) -> str:
    return text_address(clean(row["note"]))


def relations_panel(catalogue: Catalogue, book: Book, entry: Entry) -> Safe:
    """What it replaces, changes, carries out or follows, and what does so to it, with the words that say so."""
    t = catalogue.t
    groups: list[Safe] = []
    many = len(entry.relations) > 1
    for word, way in _RELATIONS:
        found = [r for r in entry.relations if (r.relation, r.way) == (word, way)]
        if not found:
            continue
        found.sort(key=lambda r: book.by_id[r.other].order(), reverse=True)
        items = []
        for one in found:
            other = book.by_id[one.other]
            when = t.period(other.date) if other.date else t("no date")
            items.append(
                h("li", policy_words.heading(other, t, both=False),
                  h("span", num(when, other.row_id), " · ", policy_words.state(other, t), cls="fr-p"),
                  h("q", one.basis, lang=_script(one.basis), cls="fr-p"))
            )  # fmt: skip
        groups.append(h("div", h("h4", policy_words.relation(word, way, t)), h("ul", *items)))
    if not groups:
        groups = [h("p", t("No text on file ties it to another instrument."), cls="muted")]
    list_of = h("div", *groups, cls="po-rel" if many else "po-rel one")
    named = t("How it relates")
    return h("section", h("h3", named), list_of, cls="card po-panel", aria_label=named)


def _script(text: str) -> str:
    return "ko" if any("가" <= sign <= "힣" for sign in text) else "en"


def parties_panel(catalogue: Catalogue, entry: Entry) -> Safe | None:
    """Who issues it, takes part in it or is aimed at; None where no text names anyone."""
    t = catalogue.t
    if not entry.parties:
        return None
    groups: list[Safe] = []
    for role in ("issuer", "signatory", "party", "partner", "target"):
        inside = [party for party in entry.parties if party["role"] == role]
        if not inside:
            continue
        items = dict.fromkeys(_party(catalogue, party) for party in inside)
        groups += [
            h("h4", policy_words.role(role, t)),
            h("ul", *(h("li", item) for item in items), cls="po-names"),
        ]
    head = t("Parties that the texts name")
    return h("section", h("h3", head), *groups, cls="card po-panel", aria_label=head)


def _party(catalogue: Catalogue, party: Any) -> Safe:
    t = catalogue.t
    kind, key = str(party["party_kind"]), clean(party["party_id"])
    if kind == "economy" and key in catalogue.economies:
        return policy_words.place(catalogue, key)
    if kind == "organization" and key and clean(party["org_name"]):
        said = labels.org_name(
            party["org_name"], party["org_native_name"], party["org_language"], catalogue.t
        )
        return h("a", said.main, href=links.org(key), data_go=True, lang=said.main_lang or None)
    read = h("span", t("from the title"), cls="muted") if clean(party["basis"]) == "title" else None
    return h("span", h("span", clean(party["party_name"]), lang="en"), " " if read else None, read)


def claims_panel(catalogue: Catalogue, entry: Entry) -> Safe | None:
    """Claims of the ledger that point at it; None where none does."""
    t = catalogue.t
    found = records(queries_policy.policy_claims(catalogue.db, entry.id, catalogue.as_of))
    if not found:
        return None
    items = [
        h("li", verdict_word(str(row["verdict"]), t), " ",
          h("button", clean(row["statement"]), cls="num plain-t", type="button", data_receipt=str(row["row_id"]),
            lang="en"))
        for row in found
    ]  # fmt: skip
    head = t("What the claims ledger says of it")
    return h("section", h("h3", head), h("ul", *items), h("p", h("a", t("Claims ledger"), href="/claims", data_go=True,
             cls="go")), cls="card po-panel", aria_label=head)  # fmt: skip


def side(catalogue: Catalogue, book: Book, entry: Entry) -> Safe:
    """Parties, claims and ways on, one under the other."""
    panels = [
        parties_panel(catalogue, entry),
        claims_panel(catalogue, entry),
        others(catalogue, book, entry),
    ]
    return join([panel for panel in panels if panel])


def others(catalogue: Catalogue, book: Book, entry: Entry) -> Safe | None:
    """Ways on: the same economy's instruments on the same topics."""
    t = catalogue.t
    if entry.economy_id not in SCOPE + COMPARATORS:
        return None
    ways = [
        h("a", t("{economy}: {topic}", economy=catalogue.name(entry.economy_id), topic=policy_words.topic(word, t)),
          href=links.policies(economies=entry.economy_id, topic=word), data_go=True, cls="go")
        for word in entry.topics[:3]
    ]  # fmt: skip
    if not ways:
        return None
    head = t("More on the same topics")
    return h(
        "section",
        h("h3", head),
        h("ul", *(h("li", way) for way in ways)),
        cls="card po-panel",
        aria_label=head,
    )


def gaps(entry: Entry, t: Translator) -> list[Gap]:
    """What is not known of it, in words."""
    found: list[Gap] = []
    if entry.coded:
        found.append(Gap(t("Status"), t("Kind and status were derived from the title by others, and were not checked:"
                                        " it may have lapsed or been replaced.")))  # fmt: skip
    if not entry.date:
        found.append(Gap(t("Date"), t("No text on file states a date.")))
    elif wide := policy_words.width(entry.date, t):
        found.append(Gap(t("Date"), t("The source names no exact day: {width}.", width=wide)))
    if entry.kind in ("law", "regulation") and not entry.effective and not entry.coded:
        found.append(Gap(t("Takes effect"), t("No text on file states the day it takes effect.")))
    if not entry.issuers and not entry.coded:
        found.append(Gap(t("Issuer"), t("No text on file names one issuing body without doubt.")))
    if len(entry.rows) == 1:
        found.append(Gap(t("One source"), t("Only one source on file speaks of it.")))
    return found


def crumbs(t: Translator) -> Sequence[tuple[str, str | None]]:
    """Where the page stands."""
    return [(t("Policy"), None), (t("Laws and programmes"), "/policy")]
