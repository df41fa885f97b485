"""The written method as HTML: the sections of `docs/method.md`, read once, in their own language."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from observatory.cards.markup import Safe, h, join, text

FILE: Final = Path(__file__).resolve().parents[2] / "docs" / "method.md"
_MARKS: Final = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*|`(.+?)`|\[(.+?)\]\((.+?)\)")
_ITEM: Final = re.compile(r"^(?:- |(\d+)\. )(.*)$")


@lru_cache(maxsize=1)
def sections() -> dict[str, str]:
    """Text of each section by its heading; empty where the file is not shipped."""
    try:
        whole = FILE.read_text("utf-8")
    except OSError:
        return {}
    parts = re.split(r"^## (.+)$", whole, flags=re.MULTILINE)
    return {name.strip(): body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def inline(line: str) -> Safe:
    """A line with bold, slanted and code parts; links to other files stay as their words."""
    out: list[Safe] = []
    at = 0
    for found in _MARKS.finditer(line):
        out.append(text(line[at : found.start()]))
        bold, slanted, code, label, _ = found.groups()
        if bold:
            out.append(h("strong", inline(bold)))
        elif slanted:
            out.append(h("em", inline(slanted)))
        elif code:
            out.append(h("code", code))
        else:
            out.append(text(label or ""))
        at = found.end()
    out.append(text(line[at:]))
    return join(out)


def html(body: str) -> Safe:
    """Paragraphs and lists of a section."""
    blocks: list[Safe] = []
    items: list[Safe] = []
    tag = "ul"

    def close() -> None:
        if items:
            blocks.append(h(tag, *items))
            items.clear()

    for line in body.splitlines():
        found = _ITEM.match(line)
        if found:
            wanted = "ol" if found[1] else "ul"
            if wanted != tag:
                close()
                tag = wanted
            items.append(h("li", inline(found[2])))
        elif line.strip():
            close()
            blocks.append(h("p", inline(line.strip())))
        else:
            close()
    close()
    return join(blocks)
