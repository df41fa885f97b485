"""Addresses of pages, made of ids."""

from __future__ import annotations

from urllib.parse import urlencode


def link(path: str, **params: str) -> str:
    """Address of a page of the app."""
    return f"{path}?{urlencode(params)}" if params else path
