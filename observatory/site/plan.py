"""Which pages the static edition has, where each lies, and where a link of the app leads in it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

Kind = Literal["economy", "company", "indicator", "story", "home"]
SUBJECT: Final = {"economy": "economy", "company": "org", "indicator": "indicator"}
"""The parameter that names the subject of a page of the app."""
_SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the edition in one language: `id` is that of its subject or ready-made story."""

    kind: Kind
    id: str
    lang: str

    @property
    def file(self) -> str:
        """Its path below the folder of the edition."""
        if self.kind == "home":
            return f"{self.lang}/index.html"
        return f"{self.lang}/{self.kind}/{self.id}.html"

    @property
    def query(self) -> dict[str, str]:
        """The query of the same page of the app."""
        named = {SUBJECT[self.kind]: self.id} if self.kind in SUBJECT else {}
        return {**named, "lang": self.lang}


class Plan:
    """All pages. `base` is the address of the live site, empty where it is not known."""

    def __init__(self, leaves: Sequence[Leaf], base: str = "") -> None:
        self.leaves = tuple(leaves)
        self.base = base
        self._known: dict[tuple[str, str, str], Leaf] = {
            (leaf.kind, leaf.id, leaf.lang): leaf for leaf in leaves
        }

    def find(self, kind: str, subject: str, lang: str) -> Leaf | None:
        """A page of the edition, None if it has none for the subject."""
        return self._known.get((kind, subject, lang))

    def link(self, target: str, here: Leaf) -> str:
        """Where a link of the app leads from a page of the edition: a page of it, the live site, or nowhere."""
        if target.startswith("#"):
            return target
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query))
        slug = parts.path.strip("/")
        if not parts.path:
            slug = {"home": "briefing"}.get(here.kind, here.kind)
        subject = query.get(SUBJECT.get(slug, ""), "")
        lang = query.get("lang", here.lang)
        there = self.find(slug, subject, lang)
        if there is not None:
            return relative(here.file, there.file)
        if not self.base:
            return ""
        kept = {name: value for name, value in query.items() if value}
        kept.setdefault("lang", here.lang)
        return f"{self.base}/{slug}?{urlencode(kept)}"


def relative(here: str, there: str) -> str:
    """The way from one file of the edition to another."""
    return posixpath.relpath(there, posixpath.dirname(here))


def plan(
    langs: Sequence[str],
    economies: Sequence[str],
    orgs: Sequence[str],
    indicators: Sequence[str],
    ready: Sequence[str],
    base: str = "",
) -> Plan:
    """Every page in every language. ValueError for an id that cannot be the name of a file."""
    leaves: list[Leaf] = []
    for lang in langs:
        leaves.append(Leaf("home", "index", lang))
        groups: tuple[tuple[Kind, Sequence[str]], ...] = (
            ("economy", economies), ("company", orgs), ("indicator", indicators), ("story", ready),
        )  # fmt: skip
        for kind, ids in groups:
            for one in ids:
                if not _SAFE.fullmatch(one):
                    raise ValueError(f"{kind} {one!r} cannot be the name of a file")
                leaves.append(Leaf(kind, one, lang))
    return Plan(leaves, base)
