"""Names of files: what they are of, and the build, so that two of them are told apart in a folder."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Final

from observatory.cards.filters import Known

SUBJECTS: Final = ("economy", "org", "indicator", "id", "measure", "map", "board", "with")
"""Parameters of a link that name what a page shows, one of them on each page."""
MOST: Final = 100
_LOOKS: Final = ("table", "page", "rows", "view", "lang", "build", "receipt", "present")
"""Parameters of the explorer that change nothing in the file, or stand in its name anyway."""
_SAID: Final = ("indicators", "entities", "q", "economies", "period")
_SAYABLE: Final = re.compile(r"[A-Za-z0-9_., -]{1,60}")
_OTHER: Final = re.compile(r"[^A-Za-z0-9_.-]+|\.\.+")


def plain(*parts: str) -> str:
    """Parts as one name of letters that every system of files takes; what says the same twice once."""
    said: list[str] = []
    for part in parts:
        word = _OTHER.sub("-", part).strip("-.")
        if word and word not in said:
            said.append(word)
    return "-".join(said)[:MOST].rstrip("-.")


def stem(page: str, query: Mapping[str, str], build_id: str, card: str = "") -> str:
    """The name of a page's or card's file without its ending: page, subject, card, build."""
    named = {"economy": Known().default_economy, **query} if page == "economy" else query
    subject = next((named[name] for name in SUBJECTS if named.get(name)), "")
    return f"{plain(page, subject, card)}-{build_id[:12] or 'data'}"


def of_rows(table: str, query: Mapping[str, str], build_id: str) -> str:
    """The name of a selection of rows: table, what of its link can be said in a name, build.

    What is left (limits, columns, long lists) gives a mark of six signs, so that no two selections
    have one name.
    """
    rest = {name: value for name, value in query.items() if name not in _LOOKS}
    said = [table]
    for name in _SAID:
        value = rest.get(name, "")
        if _SAYABLE.fullmatch(value) and len("-".join((*said, value))) <= MOST:
            said.append(rest.pop(name))
    mark = hashlib.sha256(repr(sorted(rest.items())).encode()).hexdigest()[:6] if rest else ""
    return "-".join(filter(None, (plain(*said), mark, build_id[:12] or "data")))
