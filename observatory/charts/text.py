"""Text in charts: escaping, its width in pixels, wrapping and shortening, font stacks.

Widths are estimates from the shape classes of Inter and the Noto CJK faces, within a few percent
for names and numbers: there is no font engine here.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_NARROW: Final = frozenset("iIjl.,:;'|!·()[]’‘ ‑ftr/ ")
_WIDE: Final = frozenset("mwMW%@—→")

_CJK: Final = {
    "ja": "'Noto Sans CJK JP', 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic'",
    "ko": "'Noto Sans CJK KR', 'Noto Sans KR', 'Apple SD Gothic Neo', 'Malgun Gothic'",
    "zh-Hans": "'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei'",
    "zh-Hant": "'Noto Sans CJK TC', 'Noto Sans TC', 'PingFang TC', 'Microsoft JhengHei'",
}


def sans(lang: str) -> str:
    """Return the font stack of chart text, the page's own script first among the CJK faces."""
    return f"Inter, {_CJK.get(lang, _CJK['zh-Hans'])}, system-ui, sans-serif"


def serif(lang: str) -> str:
    """Return the font stack of large figures."""
    faces = _CJK.get(lang, _CJK["zh-Hans"]).split(", ")[:2]
    cjk = ", ".join(face.replace("Sans", "Serif") for face in faces)
    return f"'Source Serif 4', {cjk}, Georgia, serif"


def is_wide(char: str) -> bool:
    """Tell whether a character fills a full em, as Han, kana and Hangul do."""
    return char > "ᄀ" and unicodedata.east_asian_width(char) in "WF"


def text_width(text: str, size: float, weight: int = 400) -> float:
    """Estimate the width of a line of text in pixels."""
    ems = 0.0
    for char in text:
        if is_wide(char):
            ems += 1.0
        elif char in _NARROW:
            ems += 0.32
        elif char in _WIDE:
            ems += 0.88
        elif char.isupper():
            ems += 0.69
        elif char.isdigit():
            ems += 0.62
        else:
            ems += 0.56
    return ems * size * (1.04 if weight >= 550 else 1.0)


def shorten(text: str, room: float, size: float, weight: int = 400) -> str:
    """Cut a text to `room` pixels, an ellipsis at its end if anything was cut."""
    if text_width(text, size, weight) <= room:
        return text
    kept = text
    while kept and text_width(kept + "…", size, weight) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrap(text: str, room: float, size: float, weight: int = 400, most: int = 3) -> list[str]:
    """Break a text into at most `most` lines of `room` pixels; the last one may be shortened.

    Breaks at spaces, and between any two full-width characters except in Korean words.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and text_width((line + piece).rstrip(), size, weight) > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    if line.strip():
        lines.append(line.rstrip())
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [shorten(line, room, size, weight) for line in lines]


def _pieces(text: str) -> list[str]:
    """Split a text where a line may break; blanks stay with the word before them."""
    pieces: list[str] = []
    word = ""
    for char in text:
        hangul = "가" <= char <= "힣"
        if is_wide(char) and not hangul:
            if word:
                pieces.append(word)
            word = ""
            # A closing mark never starts a line.
            if char in "、。，．・：；）」』】〉》ー" and pieces:
                pieces[-1] += char
            else:
                pieces.append(char)
        elif char == " ":
            pieces.append(word + " ")
            word = ""
        else:
            word += char
    if word:
        pieces.append(word)
    return pieces
