"""Addresses of pages, made of ids."""

from __future__ import annotations

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
