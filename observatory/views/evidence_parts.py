"""What the pages on evidence share: facets, notes on links, and how a row of any table is said."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from observatory.analysis.disagree import times
from observatory.cards.filters import shorten
from observatory.cards.markup import Safe, h
from observatory.db import queries, queries_evidence
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import labels, links
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]

KINDS: Final = (
    "observations", "deals", "ipo_events", "models", "benchmark_results", "chips", "supercomputers",
    "clusters", "policies", "claims", "fx_rates", "organizations",
)  # fmt: skip
"""Tables whose rows say something of a thing and open a receipt."""
TIERS: Final = ("official", "filing", "dataset", "paper", "press", "secondary")
REUSES: Final = ("open", "quotable", "closed")


def share_strip(parts: Sequence[tuple[str, int, Safe, str, bool]], name: str) -> Safe:
    """A whole as one bar in true proportions, and under it its parts as links with their counts.

    `parts`: class of the colour, count, label with the count, address, whether it is chosen.
    """
    bar = h(
        "span", *(h("span", cls=f"k-bar {look}", style=f"flex-grow:{n}") for look, n, *_ in parts),
        cls="k-whole", aria_hidden="true",
    )  # fmt: skip
    keys = [
        h("a", h("span", cls=f"k-bar k-sw {look}"), label, href=href, data_go=True,
          aria_current="true" if chosen else None)
        for look, _, label, href, chosen in parts
    ]  # fmt: skip
    return h("nav", bar, h("span", *keys, cls="k-keys"), cls="k-strip", aria_label=name)


def gap(spread: float, t: Translator) -> str:
    """How far apart figures are, short: a share of the larger, from a factor of two on the factor."""
    factor = times(spread)
    if factor is None:
        return t.percent(100 * spread, 0 if spread >= 0.1 else 1)
    return t("{n} times", n=t.sig(factor, 2 if factor < 100 else 3))


def apart(spread: float, t: Translator) -> str:
    """The same as words: `26 % apart`, `10 times apart`."""
    factor = times(spread)
    if factor is None:
        return t("{percent} apart", percent=gap(spread, t))
    return t("{times} apart", times=gap(spread, t))


def kind_count(kind: str, n: int, t: Translator) -> str:
    """How many rows of a table, in words."""
    match kind:
        case "observations":
            return t.n("{n} value", "{n} values", n)
        case "deals":
            return t.n("{n} row on deals", "{n} rows on deals", n)
        case "ipo_events":
            return t.n("{n} listing stage", "{n} listing stages", n)
        case "models":
            return t.n("{n} model", "{n} models", n)
        case "benchmark_results":
            return t.n("{n} test score", "{n} test scores", n)
        case "chips":
            return t.n("{n} chip", "{n} chips", n)
        case "supercomputers":
            return t.n("{n} supercomputer", "{n} supercomputers", n)
        case "clusters":
            return t.n("{n} AI cluster", "{n} AI clusters", n)
        case "policies":
            return t.n("{n} row on policies", "{n} rows on policies", n)
        case "claims":
            return t.n("{n} claim", "{n} claims", n)
        case "fx_rates":
            return t.n("{n} exchange rate", "{n} exchange rates", n)
        case _:
            return t.n("{n} organisation", "{n} organisations", n)


def kind_name(kind: str, t: Translator) -> str:
    """What the rows of a table are."""
    match kind:
        case "observations":
            return t("Values")
        case "deals":
            return t("Deals")
        case "ipo_events":
            return t("Listing stages")
        case "models":
            return t("Models")
        case "benchmark_results":
            return t("Test scores")
        case "chips":
            return t("Chips")
        case "supercomputers":
            return t("Supercomputers")
        case "clusters":
            return t("AI clusters")
        case "policies":
            return t("Policies")
        case "claims":
            return t("Claims")
        case "fx_rates":
            return t("Exchange rates")
        case _:
            return t("Organisations")


def tier(word: str, t: Translator) -> str:
    """Kind of source, in the order of trust."""
    match word:
        case "official":
            return t("Official body")
        case "filing":
            return t("Filing")
        case "dataset":
            return t("Data set")
        case "paper":
            return t("Paper")
        case "press":
            return t("Press")
        case _:
            return t("Secondary")


def reuse(word: str, t: Translator) -> str:
    """What the terms of a source allow, short."""
    match word:
        case "open":
            return t("Open licence")
        case "quotable":
            return t("Quotable with credit")
        case _:
            return t("Closed")


def language(tag: str, t: Translator) -> str:
    """Language of a source."""
    match tag:
        case "en":
            return t("English")
        case "zh-Hans":
            return t("Chinese, simplified")
        case "zh-Hant":
            return t("Chinese, traditional")
        case "ja":
            return t("Japanese")
        case "ko":
            return t("Korean")
        case "vi":
            return t("Vietnamese")
        case "id":
            return t("Indonesian")
        case "":
            return t("not stated")
        case _:
            return tag


def bad_choice(
    bad: Sequence[str], given: Callable[[str], str | None], t: Translator
) -> Safe | None:
    """A note for parameters of the link that could not be used."""
    if not bad:
        return None
    said = t.list([f"{name}={shorten(given(name) or '')}" for name in bad])
    return h(
        "p",
        t(
            "This link asks for something that does not exist here and was left out: {filters}.",
            filters=said,
        ),
        cls="k-bad",
        role="status",
    )


@dataclass
class Namer:
    """Says rows of `queries_evidence.facts` in the reader's language: what a row is about, and its value."""

    data: Catalogue
    _orgs: dict[str, str] = field(default_factory=dict)

    @property
    def t(self) -> Translator:
        return self.data.t

    @cached_property
    def orgs(self) -> dict[str, str]:
        """Organisations by id."""
        found = queries.organizations(self.data.db, None)
        return {
            str(row["org_id"]): labels.org_name(
                row["name"], row["native_name"], row["native_language"], self.t
            ).main
            for row in records(found)
        }

    @cached_property
    def boards(self) -> dict[str, str]:
        """Boards by id, with their versions."""
        found = queries_evidence.boards(self.data.db)
        return {str(row["benchmark_id"]): clean(row["name"]) for row in records(found)}

    def entity(self, key: str) -> str:
        """An economy, province or organisation."""
        if key in self.data.economies:
            return self.data.name(key)
        return self.orgs.get(key, key)

    def href(self, key: str) -> str:
        """The page of an economy or organisation; empty where there is none."""
        if key in SCOPE + COMPARATORS:
            return links.economy(key)
        return links.org(key) if key in self.orgs else ""

    def who(self, row: Row) -> str:
        """Id of whom a row is about: the organisation, else the economy."""
        return clean(row["org_id"]) or clean(row["economy_id"])

    def what(self, row: Row) -> str:
        """What a row is, without whom it is about."""
        t = self.t
        title = clean(row["title"])
        match row["kind"]:
            case "observations":
                item = self.data.indicators.get(clean(row["indicator_id"]))
                return item.short if item else clean(row["indicator_id"])
            case "deals":
                kind, _, name = title.partition(" ")
                return t.parts([labels.deal_kind(kind, t), name])
            case "ipo_events":
                return t(
                    "{stage}, {venue}", stage=labels.stage(clean(row["state"]), t), venue=title
                )
            case "benchmark_results":
                board = self.boards.get(clean(row["thing_id"]), clean(row["thing_id"]))
                return t.parts([board, title])
            case "fx_rates":
                return t("{currency} for one US dollar", currency=title)
            case _:
                return title

    def value(self, row: Row) -> str:
        """The value of a row, compact; empty where it has none."""
        t = self.t
        amount = row["amount"]
        known = amount is not None and amount == amount
        match row["kind"]:
            case "observations":
                item = self.data.indicators.get(clean(row["indicator_id"]))
                if item is None or not known:
                    return clean(row["text"])
                return item.value(float(amount), t)
            case "deals" | "ipo_events":
                return t.money(float(amount), clean(row["unit"]) or "USD") if known else ""
            case "benchmark_results":
                return t.number(float(amount)) if known else ""
            case "supercomputers":
                return t("{n} PFlop/s", n=t.sig(float(amount))) if known else ""
            case "clusters":
                state = labels.cluster_status(clean(row["state"]), t)
                worth = t("{n} H100 equivalents", n=t.compact(float(amount))) if known else ""
                return t.parts([worth, state])
            case "fx_rates":
                return t.sig(float(amount), 5) if known else ""
            case "policies":
                return labels.policy_status(clean(row["state"]), t)
            case "claims":
                return labels.verdict(clean(row["state"]), t)
            case _:
                return ""

    def when(self, row: Row) -> str:
        """The period or date a row speaks of."""
        return self.t.period(clean(row["date"])) if clean(row["date"]) else ""

    def lang(self, row: Row) -> str | None:
        """Language of the words that `what` takes from a source."""
        own = row["kind"] in ("claims", "policies")
        return "en" if own and self.t.lang != "en" else None


def whom(namer: Namer, row: Mapping[Hashable, Any] | Row, *, cls: str = "") -> Safe | None:
    """Whom a row is about, linked to its page."""
    key = clean(row["org_id"]) or clean(row["economy_id"])
    if not key:
        return None
    href = namer.href(key)
    name = namer.entity(key)
    return h("a", name, href=href, data_go=True, cls=cls or None) if href else h("span", name)
