"""Fenced blocks of the documents: ```language place, text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
_FENCE = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the file it belongs to (or empty) and its text."""

    language: str
    place: str
    text: str


def blocks(path: Path) -> list[Block]:
    """Every fenced block of a document that names a language."""
    found = _FENCE.findall(path.read_text(encoding="utf-8"))
    return [Block(language, place, text) for language, place, text in found]
