"""Addresses of pages, made of ids."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlencode


def link(path: str, **params: str) -> str:
    """Address of a page of the app."""
    return f"{path}?{urlencode(params)}" if params else path


def economy(economy_id: str) -> str:
    """An economy's profile."""
    return link("/economy", economy=economy_id)


def org(org_id: str) -> str:
    """An organisation's profile."""
    return link("/company", org=org_id)


def indicator(indicator_id: str) -> str:
    """The page of a measure."""
    return link("/indicator", indicator=indicator_id)


def found(
    kind: str,
    thing_id: str,
    pages: Collection[str],
    *,
    org_id: str = "",
    economy_id: str = "",
    row_id: str = "",
) -> str:
    """Where a thing found by name is shown; empty if none of `pages` (their slugs) shows it.

    A thing without a page of its own opens its receipt over the page of its organisation, else
    over that of its economy.
    """
    own = {
        "economy": ("economy", economy(thing_id)),
        "org": ("company", org(thing_id)),
        "indicator": ("indicator", indicator(thing_id)),
        "model": ("model", model(thing_id)),
        "chip": ("chips", chip(thing_id)),
        "benchmark": ("benchmarks", board(thing_id)),
        "policy": ("policy", policy(thing_id)),
        "listing": ("ipo", ipo(thing_id)),
        "claim": ("claims", link("/claims", receipt=row_id)),
    }.get(kind)
    if own is not None and own[0] in pages:
        return own[1]
    if not row_id:
        return ""
    if org_id and "company" in pages:
        return link("/company", org=org_id, receipt=row_id)
    if economy_id and economy_id != "INT" and "economy" in pages:
        return link("/economy", economy=economy_id, receipt=row_id)
    return link("/", receipt=row_id)


def ipo(attempt: str = "") -> str:
    """The listing pipeline; with an attempt's id, that attempt on top."""
    return link("/ipo", attempt=attempt) if attempt else link("/ipo")


def policy(policy_id: str) -> str:
    """The page of a law, programme or dispute."""
    return link("/policy", id=policy_id)


def policies(**params: str) -> str:
    """Laws and programmes, limited by what is named."""
    return link("/policy", **params)


def calendar() -> str:
    """The calendar of dates ahead."""
    return link("/calendar")


def model(model_id: str) -> str:
    """A model's page."""
    return link("/model", id=model_id)


def board(benchmark_id: str, date: str = "") -> str:
    """A leaderboard, on one of its dates."""
    return link("/benchmarks", board=benchmark_id, **({"date": date} if date else {}))


def frontier(economy_id: str, board_id: str = "") -> str:
    """How far an economy is behind the frontier, on one board."""
    return link("/frontier", economy=economy_id, **({"board": board_id} if board_id else {}))


def source(source_id: str) -> str:
    """One source with what rests on it."""
    return link("/sources", id=source_id)


def conflicts(indicator_id: str = "", entity_id: str = "", cell_id: str = "") -> str:
    """Where sources differ: everywhere, on one measure, on one economy or organisation, on one value."""
    given = {"measure": indicator_id, "entity": entity_id, "cell": cell_id}
    return link("/conflicts", **{name: value for name, value in given.items() if value})


def method(anchor: str = "") -> str:
    """How things are worked out; with the anchor of one of them."""
    return f"/method#{anchor}" if anchor else "/method"


def chip(chip_id: str = "") -> str:
    """The chips page; with a chip's id, that chip on top."""
    return link("/chips", id=chip_id) if chip_id else link("/chips")
