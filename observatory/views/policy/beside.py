"""Two economies' rule books side by side, topic by topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from observatory.analysis.policy_state import LEVELS
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Child, Safe, h, swatch
from observatory.i18n import Translator
from observatory.model.vocab import PolicyKind
from observatory.views import common, labels, links
from observatory.views.labels import clean
from observatory.views.measures import Catalogue
from observatory.views.policy import words as policy_words
from observatory.views.policy.data import Book, Entry, leads

SHOWN: Final = 3
KINDS: Final = tuple(kind.value for kind in PolicyKind)
RULES: Final = ("binding", "coming", "draft", "soft")


@dataclass(frozen=True, slots=True)
class Side:
    """What one economy has on a topic: the strongest level, its own entries strongest first, joined ones."""

    level: str
    own: tuple[Entry, ...]
    joined: tuple[Entry, ...]


def side(book: Book, economy: str, topic: str) -> Side:
    """An economy's instruments on a topic. What was replaced or lapsed is left out; agreements that it
    joined are counted apart, and are no rule of its own."""
    live = [e for e in book.entries if topic in e.topics and e.level]
    own = [e for e in live if e.economy_id == economy]
    own.sort(key=Entry.order, reverse=True)
    # The rule itself before what carries it out; laws before what ministries issue.
    own.sort(key=lambda e: (LEVELS.index(e.level), e.coded, _carries_out(e), KINDS.index(e.kind)))
    joined = [e for e in live if economy in e.joined_by]
    level = own[0].level if own else "other" if joined else ""
    return Side(level, tuple(own), tuple(joined))


def _carries_out(entry: Entry) -> bool:
    return any(r.way == "out" and r.relation == "implements" for r in entry.relations)


def topics_of(book: Book) -> list[str]:
    """Topics that any entry has, by how many hold a rule, the most first."""
    counts = dict.fromkeys(book.topic_names, 0)
    for entry in book.entries:
        for topic in entry.topics:
            counts[topic] += entry.level in RULES
    used = {topic for entry in book.entries for topic in entry.topics}
    return sorted(used, key=lambda topic: (-counts[topic], topic))


def _cell(one: Side, economy: str, topic: str, t: Translator) -> Safe:
    if not one.own and not one.joined:
        return h("td", h("span", policy_words.level("", t), cls="po-l po-l0"))
    parts: list[Child] = [h("span", policy_words.level(one.level, t), cls=f"po-l po-l-{one.level}")]
    items = []
    for entry in one.own[:SHOWN]:
        when = t.period(entry.date) if entry.date else t("no date")
        mark = t("status not checked") if entry.coded else policy_words.state(entry, t)
        items.append(h("li", policy_words.heading(entry, t, both=False),
                       h("span", t.parts([labels.policy_kind(entry.kind, t), when, mark]), cls="fr-p")))  # fmt: skip
    if items:
        parts.append(h("ul", items[0]))
    folded = len(one.own) - 1
    if folded > 0:
        # The first says the level; the others open below it, so that a phone shows all topics at a glance.
        every = h(
            "a",
            t("Show all"),
            href=links.policies(economies=economy, topic=topic),
            data_go=True,
            cls="go",
        )
        parts.append(h("details", h("summary", t.n("{n} more", "{n} more", folded)), h("ul", *items[1:]),
                       every if len(one.own) > SHOWN else None, cls="po-fold"))  # fmt: skip
    if one.joined:
        text = t.n(
            "and {n} agreement it has joined", "and {n} agreements it has joined", len(one.joined)
        )
        parts.append(h("p", h("a", text, href=links.policies(economies=economy, topic=topic, kind=_kind(one)),
                              data_go=True, cls="quiet"), cls="fr-p"))  # fmt: skip
    return h("td", *parts)


def _kind(one: Side) -> str:
    """The kind of joined agreements where they are all of one."""
    kinds = {entry.kind for entry in one.joined}
    return kinds.pop() if len(kinds) == 1 else ""


def _row_frame(
    sides: dict[str, tuple[Side, Side]], pair: Sequence[str], catalogue: Catalogue
) -> pd.DataFrame:
    t = catalogue.t
    rows: list[dict[str, Any]] = []
    for topic, both in sides.items():
        for code, one in zip(pair, both, strict=True):
            base = {"topic": topic, "topic_word": policy_words.topic(topic, t), "economy_id": code,
                    "label": catalogue.name(code)}  # fmt: skip
            for entry in (*one.own, *one.joined):
                level = entry.level if entry in one.own else "other"
                rows.append(
                    {**base, "level": level, "level_word": policy_words.level(level, t),
                     "title": clean(entry.row["title"]), "kind": entry.kind, "date": entry.date,
                     "state": policy_words.state(entry, t), "policy_id": entry.id, "row_id": entry.row_id,
                     "source_id": entry.row["source_id"], "status": clean(entry.row["status"])}
                )  # fmt: skip
            if not one.own and not one.joined:
                rows.append({**base, "level": "", "level_word": policy_words.level("", t), "title": "", "kind": "",
                             "date": "", "state": "", "policy_id": "", "row_id": "", "source_id": None,
                             "status": None})  # fmt: skip
    return pd.DataFrame(rows)


def title(sides: dict[str, tuple[Side, Side]], pair: Sequence[str], catalogue: Catalogue) -> str:
    """How many topics each holds a binding rule on, of how many."""
    t = catalogue.t
    counts = [sum(both[place].level == "binding" for both in sides.values()) for place in (0, 1)]
    return t(
        "Binding rules on file: {one} on {a} of {all} topics, {two} on {b}",
        one=catalogue.say(pair[0]), two=catalogue.say(pair[1]), a=t.number(counts[0]), b=t.number(counts[1]),
        all=t.number(len(sides)),
    )  # fmt: skip


def card(catalogue: Catalogue, book: Book, pair: tuple[str, str]) -> Card:
    """The comparison of two rule books."""
    t = catalogue.t
    sides = {
        topic: (side(book, pair[0], topic), side(book, pair[1], topic)) for topic in topics_of(book)
    }
    found = {e.id: e for both in sides.values() for one in both for e in (*one.own, *one.joined)}
    if not found:
        return Card(
            id="policy-beside", title=t("Two rule books"),
            empty=EmptyState(t("Neither economy has an instrument on file on this day.")),
        )  # fmt: skip
    head = [
        h(
            "th",
            swatch(code),
            " ",
            h("a", catalogue.name(code), href=links.economy(code), data_go=True),
            scope="col",
        )
        for code in pair
    ]
    rows = [
        h("tr", h("th", policy_words.topic(topic, t), scope="row"),
          *(_cell(one, code, topic, t) for one, code in zip(both, pair, strict=True)))
        for topic, both in sides.items()
    ]  # fmt: skip
    said = title(sides, pair, catalogue)
    body = h(
        "div",
        h("table", h("caption", said, cls="sr"), h("thead", h("tr", h("th", t("Topic"), scope="col"), *head)),
          h("tbody", *rows), cls="tb po-beside"),
        cls="tbwrap", tabindex="0", role="region", aria_label=said,
    )  # fmt: skip
    frame = _row_frame(sides, pair, catalogue)
    columns = (
        Column("topic_word", t("Topic"), strong=True),
        Column("label", t("Economy")),
        Column("level_word", t("Strongest on file")),
        Column("title", t("Title"), row_id="row_id", lang="en"),
        Column(
            "kind",
            t("Kind"),
            show=lambda v, row: labels.policy_kind(clean(v), t) if clean(v) else "",
            phone=False,
        ),
        Column("date", t("Date"), show=lambda v, row: t.period(clean(v))),
        Column("state", t("State")),
    )
    rest = leads(list(found.values()))
    return Card(
        id="policy-beside",
        title=said,
        subtitle=t(
            "The strongest instrument of each on each topic; an instrument may stand under several topics"
        ),
        body=body,
        table=CardTable(frame, columns),
        sources=common.sources_of(catalogue, rest),
        statuses=common.statuses_of(rest),
        caveat=t(
            "“Nothing on file” is not “no law”: it says what sources on file name, and nothing more."
        ),
        method=t(
            "Laws and regulations in force count as binding, and standards that their own row calls mandatory. Those"
            " adopted with a date still to come, drafts, guidelines and standards, and plans follow in this order."
            " A law of the OECD.AI catalogue counts where the catalogue codes it as binding, and is marked. What was"
            " replaced, has lapsed or is paused is left out. Agreements of several parties are no rule of one economy."
        ),
        actions=("table", "method", "download", "link"),
    )
