"""Atom feeds (RFC 4287): newest facts with ids that stay, whatever the build, language or address.

Everything is escaped by the XML writer; signs that XML 1.0 does not allow are left out. Nothing in
a feed depends on when it is asked for.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.etree import ElementTree as ET

ATOM: Final = "http://www.w3.org/2005/Atom"
TYPE: Final = "application/atom+xml; charset=utf-8"
_SPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "east-asia-ai-observatory")
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MAX_TEXT: Final = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact. ``key`` makes its id; ``day`` is when it became known; ``url`` is absolute."""

    key: str
    title: str
    day: date
    url: str
    summary: str = ""
    category: str = ""
    lang: str = ""


def stable_id(key: str) -> str:
    """An id that is the same for the same key for ever."""
    return f"urn:uuid:{uuid.uuid5(_SPACE, key)}"


def clean(text: str) -> str:
    """Text on one line that XML can hold."""
    return " ".join(_FORBIDDEN.sub("", text)[:MAX_TEXT].split())


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    node = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if text is not None:
        node.text = clean(text)
    return node


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def feed(
    key: str,
    title: str,
    subtitle: str,
    entries: Sequence[Entry],
    *,
    self_url: str,
    page_url: str,
    lang: str,
    author: str,
    rights: str,
    updated: date,
) -> bytes:
    """The feed as UTF-8. ``updated`` is used where there are no entries; else the newest entry's day."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": lang})
    _add(root, "id", stable_id(f"feed/{key}"))
    _add(root, "title", title)
    _add(root, "subtitle", subtitle)
    _add(root, "updated", _moment(max((entry.day for entry in entries), default=updated)))
    _add(root, "link", rel="self", href=self_url, type="application/atom+xml")
    _add(root, "link", rel="alternate", href=page_url, type="text/html")
    _add(_add(root, "author"), "name", author)
    _add(root, "rights", rights)
    _add(root, "generator", author)
    for entry in entries:
        node = _add(root, "entry")
        if entry.lang:
            node.set("{http://www.w3.org/XML/1998/namespace}lang", entry.lang)
        _add(node, "id", stable_id(entry.key))
        _add(node, "title", entry.title)
        _add(node, "updated", _moment(entry.day))
        _add(node, "published", _moment(entry.day))
        _add(node, "link", rel="alternate", href=entry.url, type="text/html")
        if entry.category:
            _add(node, "category", term=clean(entry.category))
        _add(node, "summary", entry.summary or entry.title, type="text")
    body: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode()
