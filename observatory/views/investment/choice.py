"""What a reader can choose on the investment pages, and its words. Ids only; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from observatory.analysis.money_flows import CLASSES, GROUPS, SEVERAL, UNKNOWN
from observatory.cards import states
from observatory.cards.filters import Filters, Note
from observatory.cards.markup import Safe, h, join
from observatory.i18n import Translator
from observatory.views.asked import Asked
from observatory.views.measures import Catalogue

SORTS: Final = ("date", "who", "usd", "kind", "firm", "sources")
FLOW_SORTS: Final = ("deals", "name", "newest")
PAGE: Final = 25
MOST_PAGES: Final = 400


@dataclass(frozen=True, slots=True)
class Choice:
    """State of a page. ``sort`` is a column's id, with a minus for largest or newest first.

    ``flow`` is a payer and a receiver: economy ids, "unknown" or "several".
    """

    path: str = "/investment"
    group: str = ""
    firm: str = ""
    sort: str = ""
    page: int = 1
    flow: tuple[str, str] | None = None

    def href(self, **changes: Any) -> str:
        """Address of the page with some choices changed; another list starts at its first page."""
        new = replace(self, **{"page": 1, **changes})
        query = {
            "group": new.group,
            "firm": new.firm,
            "sort": new.sort,
            "page": str(new.page) if new.page > 1 else "",
            "flow": f"{new.flow[0]}-{new.flow[1]}" if new.flow else "",
        }
        kept = {name: value for name, value in query.items() if value}
        return f"{new.path}?{urlencode(kept)}" if kept else new.path


def read(filters: Filters, path: str, economies: frozenset[str]) -> tuple[Choice, list[Note]]:
    """The choice a URL makes; what cannot be used falls back with a note. Never raises."""
    asked = Asked(dict(filters.extra))
    sorts = SORTS if path == "/investment" else FLOW_SORTS
    order = asked.one("sort", [f"{sign}{name}" for name in sorts for sign in ("", "-")])
    page = asked.whole("page", 1, MOST_PAGES)
    flow = None
    if named := asked.text("flow"):
        payer, dash, receiver = named.partition("-")
        ends = economies | {UNKNOWN, SEVERAL}
        if dash and payer in ends and receiver in ends:
            flow = (payer, receiver)
        else:
            asked.drop("flow")
    group, firm = asked.one("group", GROUPS), asked.one("firm", CLASSES)
    return Choice(path, group, firm, order, page, flow), asked.notes


def group_label(group: str, t: Translator) -> str:
    """A group of kinds of deals."""
    match group:
        case "plans":
            return t("Investment plans")
        case "public":
            return t("Public programmes")
        case "rounds":
            return t("Rounds and stakes")
        case "cornerstones":
            return t("Cornerstone tranches")
        case "debt":
            return t("Loans and debt")
        case "takeovers":
            return t("Mergers and acquisitions")
        case "":
            return t("All kinds")
        case _:
            return t("Other deals")


def group_means(group: str, t: Translator) -> str:
    """What a group of kinds is, in a few words."""
    match group:
        case "plans":
            return t("What companies say they will build: data centres, plants, clouds")
        case "public":
            return t("Public funds, budgets and grants")
        case "rounds":
            return t("Financing rounds and strategic stakes")
        case "cornerstones":
            return t("Part of a listing; never added to what the listing raised")
        case "debt":
            return t("Loans and credit lines")
        case "takeovers":
            return t("What changes its owner is not new money for AI")
        case _:
            return t("Funds closed by investors")


def firm_label(firm: str, t: Translator) -> str:
    """A class of firmness as a heading."""
    match firm:
        case "pledged":
            return t("Pledged")
        case "committed":
            return t("Committed")
        case "closed":
            return t("Closed")
        case "":
            return t("Any firmness")
        case _:
            return t("Not stated")


def firm_means(firm: str, t: Translator) -> str:
    """What a class of firmness says."""
    match firm:
        case "pledged":
            return t("announced or approved; no source calls it signed or paid")
        case "committed":
            return t("signed or in a budget, says a source")
        case "closed":
            return t("paid or completed, says a source")
        case _:
            return t("in talks, or no source says")


def end_name(end: str, catalogue: Catalogue) -> str:
    """An economy, or what stands where none is known."""
    t = catalogue.t
    if end == UNKNOWN:
        return t("Not known")
    if end == SEVERAL:
        return t("Several economies")
    return catalogue.name(end)


def switch(label: str, options: list[tuple[str, str, bool]], *, cls: str = "iv-seg") -> Safe:
    """A row of links of which one is on: (words, address, whether it is the one)."""
    return h(
        "nav",
        h("span", label, cls="cap"),
        h(
            "div",
            *(
                h(
                    "a",
                    words,
                    href=address,
                    data_go=True,
                    cls="on" if on else None,
                    aria_current="true" if on else None,
                )
                for words, address, on in options
            ),
        ),
        cls=cls,
        aria_label=label,
    )


def said(notes: Sequence[Note], way_out: str, t: Translator) -> Safe | None:
    """One polite line for each choice in the address that could not be used."""
    if not notes:
        return None
    return join(states.bad_link(note, t, {}, way_out) for note in notes[:3])
