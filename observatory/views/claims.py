"""The claims ledger: what two founding texts say, and what the evidence says of each statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from observatory.cards.markup import Safe, h, icon, join, num, svg
from observatory.charts.palette import VERDICT_BADGES, palette
from observatory.charts.svg.bars import Part, strip
from observatory.db import queries, queries_claims
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.vocab import ClaimFault, Domain, Verdict
from observatory.views import evidence_parts as ev
from observatory.views import labels
from observatory.views.asked import Asked
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]
Href = Callable[..., str]

# Reading order: what holds first in the picture, what fails first in the list.
PICTURE: Final = tuple(word.value for word in Verdict)
DOCUMENTS: Final = ("third-way-essay", "governance-digest")
PER_PAGE: Final = 20
ICONS: Final = {word: badge.icon for word, badge in VERDICT_BADGES.items()}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader filtered by; empty means all. ``page`` counts from 1."""

    verdict: str = ""
    topic: str = ""
    document: str = ""
    fault: str = ""
    entity: str = ""
    page: int = 1

    def query(self, **changes: str) -> dict[str, str]:
        """URL parameters of this choice with some changed; a changed filter starts at page 1."""
        own = {name: getattr(self, name) for name in FILTERS} | changes
        return {name: value for name, value in own.items() if value}


FILTERS: Final = ("verdict", "topic", "document", "fault", "entity")


def choice(given: Mapping[str, str | None], entities: Sequence[str]) -> tuple[Choice, list[str]]:
    """The choice that URL parameters name, and the parameters that could not be used."""
    allowed: dict[str, Sequence[str]] = {
        "verdict": [word.value for word in Verdict],
        "topic": [word.value for word in Domain],
        "document": DOCUMENTS,
        "fault": [word.value for word in ClaimFault],
        "entity": entities,
    }
    asked = Asked(given)
    found = {name: value for name, known in allowed.items() if (value := asked.one(name, known))}
    page = asked.whole("page", 1, 99)
    return Choice(**found, page=page), asked.names


@dataclass(frozen=True)
class Ledger:
    """All claims known by a day, with what else a page needs to show them."""

    data: Catalogue
    rows: list[dict[str, Any]]
    history: dict[str, list[dict[str, Any]]]
    sources: dict[str, dict[str, Any]]
    names: dict[str, str]
    things: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    @property
    def t(self) -> Translator:
        return self.data.t

    @property
    def entities(self) -> list[str]:
        """Ids of all economies and organisations that a claim names, most often named first."""
        counts = Counter(part for row in self.rows for part in ids(row["entity_ids"]))
        return [key for key, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]

    def shown(self, chosen: Choice) -> list[dict[str, Any]]:
        """The rows that fit a choice, worst verdict first."""
        return [row for row in self.rows if _fits(row, chosen)]

    def count(self, chosen: Choice, name: str, value: str) -> int:
        """How many claims there would be with one filter set otherwise."""
        own = {**chosen.query(), name: value}
        return len(self.shown(Choice(**{key: own.get(key, "") for key in FILTERS})))  # type: ignore[arg-type]


def ids(value: Any) -> list[str]:
    """The parts of a list in one cell."""
    return [part for part in clean(value).split(";") if part]


def _fits(row: Row, chosen: Choice) -> bool:
    return (
        chosen.verdict in ("", row["verdict"])
        and chosen.topic in ("", row["topic"])
        and chosen.document in ("", row["document"])
        and chosen.fault in ("", clean(row["fault"]))
        and (not chosen.entity or chosen.entity in ids(row["entity_ids"]))
    )


def load(data: Catalogue, as_of: date | None) -> Ledger:
    """Everything the ledger shows, as known on a day."""
    rows = records(queries.claims(data.db, as_of))
    history: dict[str, list[dict[str, Any]]] = {}
    for check in records(queries_claims.claim_history(data.db, as_of)):
        history.setdefault(str(check["claim_id"]), []).append(check)
    wanted = {clean(row[key]) for row in rows for key in ("source_id", "second_source_id")}
    wanted |= {clean(check["source_id"]) for checks in history.values() for check in checks}
    found = records(queries.sources_by_id(data.db, sorted(wanted - {""})))
    entities = sorted({part for row in rows for part in ids(row["entity_ids"])})
    names = {
        str(row["entity_id"]): str(row["name"])
        for row in records(queries_claims.claim_entities(data.db, entities))
    }
    names |= {key: data.name(key) for key in entities if key in data.economies}
    things = records(queries_claims.claim_things(data.db, as_of))
    return Ledger(
        data,
        rows,
        history,
        {str(row["source_id"]): row for row in found},
        names,
        {(str(row["kind"]), str(row["id"])): row for row in things},
    )


# Words --------------------------------------------------------------------------------------------


def fault_label(word: str, t: Translator) -> str:
    """A way of going wrong, short."""
    match word:
        case "unit_slip":
            return t("Unit slip")
        case "misread_name":
            return t("Name misread")
        case "wrong_subject":
            return t("Wrong subject")
        case "missing_frame":
            return t("Missing frame")
        case "overstated":
            return t("Overstated")
        case "no_trace":
            return t("No trace found")
        case _:
            return t("Opinion as fact")


def fault_text(word: str, t: Translator) -> str:
    """What a way of going wrong means, in one sentence."""
    match word:
        case "unit_slip":
            return t("A figure off by a power of ten or in the wrong unit.")
        case "misread_name":
            return t("A name misread, or several things taken for one.")
        case "wrong_subject":
            return t("True of something, but not of what the sentence names.")
        case "missing_frame":
            return t("A score or rank without its board, category, date or document.")
        case "overstated":
            return t("A real core, put more strongly than its sources do.")
        case "no_trace":
            return t("No source says so, after several searches.")
        case _:
            return t("A judgement, wish or forecast told as a fact.")


def document_label(word: str, t: Translator) -> str:
    """The text that makes a claim."""
    if word == "third-way-essay":
        return t("Essay: Asia needs an AI third way (April 2025)")
    return t("Digest on AI policy and governance (early 2026)")


def document_short(word: str, t: Translator) -> str:
    return t("Essay") if word == "third-way-essay" else t("Digest")


def verdict_word(verdict: str, t: Translator) -> Safe:
    """Icon and word of a verdict."""
    return h("span", icon(ICONS.get(verdict, "help")), labels.verdict(verdict, t),
             cls=f"st k-v k-{verdict}")  # fmt: skip


def verdict_rule(verdict: str, t: Translator) -> str:
    """What a verdict means."""
    match verdict:
        case "corroborated":
            return t("Independent sources support its point.")
        case "partly":
            return t("Right in part, or put too strongly.")
        case "unverified":
            return t("No source was found that supports it or speaks against it.")
        case _:
            return t("Better sources show the opposite.")


# Pieces of the page -------------------------------------------------------------------------------


def title(book: Ledger) -> str:
    """The finding: how many hold and how many do not."""
    counts = Counter(row["verdict"] for row in book.rows)
    return book.t.n(
        "Of {n} claim, {good} are corroborated and {bad} contradicted",
        "Of {n} claims, {good} are corroborated and {bad} contradicted",
        len(book.rows),
        good=book.t.number(counts["corroborated"]),
        bad=book.t.number(counts["contradicted"]),
    )


def mix(book: Ledger, rows: Sequence[Row]) -> str:
    """Counts of verdicts in words."""
    counts = Counter(row["verdict"] for row in rows)
    return book.t.list(
        [f"{labels.verdict(w, book.t)} {book.t.number(counts[w])}" for w in PICTURE if counts[w]]
    )


def verdict_strip(book: Ledger, chosen: Choice, href: Href) -> Safe:
    """All verdicts as one bar with linked counts beneath."""
    t = book.t
    counts = {word: book.count(chosen, "verdict", word) for word in PICTURE}
    parts = [
        (
            f"k-{word}",
            counts[word],
            join(
                [h("b", labels.verdict(word, t)), h("span", t.number(counts[word]), cls="muted")],
                " ",
            ),
            href(**chosen.query(verdict="" if chosen.verdict == word else word)),
            chosen.verdict == word,
        )
        for word in PICTURE
        if counts[word]
    ]
    return ev.share_strip(parts, t("Claims by verdict"))


def topics_panel(book: Ledger, chosen: Choice, href: Href) -> Safe:
    """Verdicts by topic; a row filters the list."""
    t = book.t
    rows = book.shown(replace(chosen, topic=""))
    counts = Counter(row["topic"] for row in rows)
    most = max(counts.values(), default=1)
    lines = []
    for topic, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        mixed = Counter(row["verdict"] for row in rows if row["topic"] == topic)
        parts = [
            Part(labels.verdict(word, t), mixed[word], palette("css").verdict(word))
            for word in PICTURE
        ]
        drawn = strip(parts, palette("css"), t, width=max(120 * count / most, 3), height=13)
        on = chosen.topic == topic
        lines.append(
            h(
                "a",
                h("span", labels.domain(topic, t)),
                h("span", svg(drawn), t.number(count), cls="k-n"),
                href=href(**chosen.query(topic="" if on else topic)),
                data_go=True,
                aria_current="true" if on else None,
            )
        )
    return h(
        "section",
        h("h2", t("Verdicts by topic")),
        h("p", t("Number of claims; choose a row to see only these."), cls="sub"),
        h("nav", *lines, cls="k-topics", aria_label=t("Verdicts by topic")),
        cls="card",
    )


def faults_panel(book: Ledger, chosen: Choice, href: Href) -> Safe:
    """How such texts go wrong, each way with an example."""
    t = book.t
    rows = book.shown(replace(chosen, fault=""))
    counts = Counter(clean(row["fault"]) for row in rows if clean(row["fault"]))
    lines = []
    for fault in ClaimFault:
        examples = [row for row in rows if clean(row["fault"]) == fault.value]
        if not examples:
            continue
        on = chosen.fault == fault.value
        first = examples[0]
        lines.append(
            h(
                "li",
                h(
                    "a",
                    fault_label(fault.value, t),
                    " ",
                    h("span", t.number(counts[fault.value]), cls="muted"),
                    href=href(**chosen.query(fault="" if on else fault.value)),
                    data_go=True,
                    aria_current="true" if on else None,
                ),
                h("span", fault_text(fault.value, t)),
                h("q", num(first["statement"], first["row_id"], cls="num plain-t"), lang="en"),
            )
        )
    if not lines:
        lines.append(h("li", t("None of these claims goes wrong in a way that was classed.")))
    return h(
        "section",
        h("h2", t("How digests go wrong")),
        h(
            "p",
            t("Classed by editors from the evidence of each claim; with one example."),
            cls="sub",
        ),
        h("ul", *lines, cls="k-faults"),
        cls="card",
    )


def rules_panel(book: Ledger) -> Safe:
    """What each verdict means."""
    t = book.t
    lines = [
        h("div", verdict_word(word, t), h("p", verdict_rule(word, t)), cls="k-rule")
        for word in PICTURE
    ]
    return h("section", h("h2", t("What the verdicts mean")), *lines, cls="card")
