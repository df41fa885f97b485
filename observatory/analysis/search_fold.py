"""Names in a form in which scripts, widths and spellings of one name are equal. For matching only.

Folding loses information on purpose (`繁` and `简` become one sign); what readers see is always the
name as its source prints it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import opencc
from anyascii import anyascii

_HAN: Final = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
_KATAKANA: Final = (0x30A1, 0x30F7)
_TO_HIRAGANA: Final = 0x60
# Letters that no decomposition takes apart.
_LETTERS: Final = {
    "đ": "d",
    "ø": "o",
    "ł": "l",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ー": "",
}
_LATIN: Final = re.compile(r"[a-z0-9 ]+")
_OTHER_SCRIPT: Final = re.compile("[^\u0000-\u024f\u1e00-\u1eff\u2000-\u206f]")
_SYLLABLES: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa\uac00-\ud7a3]")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SOUNDS: Final = str.maketrans({
    "b": "p", "v": "p", "f": "p", "d": "t", "g": "k", "q": "k", "c": "k", "z": "s", "j": "s",
    "l": "r", "x": "ks", "h": "", "w": "", "y": "",
    "a": "", "e": "", "i": "", "o": "", "u": "", " ": "",
})  # fmt: skip
_TWICE: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=1)
def _signs() -> dict[int, str | int]:
    """Every Han sign, Japanese and traditional forms too, to the simplified sign for matching.

    Sign by sign, so that a part of a name folds as it does in the whole.
    """
    signs = [chr(code) for first, end in _HAN for code in range(first, end)]
    japanese, traditional = opencc.OpenCC("jp2t"), opencc.OpenCC("t2s")
    folded = traditional.convert(japanese.convert("\n".join(signs))).split("\n")
    table: dict[int, str | int] = {
        ord(sign): other
        for sign, other in zip(signs, folded, strict=True)
        if other != sign and len(other) == 1
    }
    table |= {code: code - _TO_HIRAGANA for code in range(*_KATAKANA)}
    table |= {ord(letter): plain for letter, plain in _LETTERS.items()}
    return table


def fold(text: str) -> str:
    """Words of a name with single spaces: one width, one case, no accents, one form a Han sign.

    `Ｚ.ai` gives `z ai`, `臺積電` gives `台积电`, `ﾊﾞﾝｸ` gives `ばんく`; punctuation is a space.
    """
    wide = unicodedata.normalize("NFKC", text).casefold()
    apart = unicodedata.normalize("NFD", wide)
    out: list[str] = []
    base_is_latin = False
    for char in apart:
        if unicodedata.combining(char):
            # The voicing mark of kana tells names apart; an accent on a Latin letter does not.
            if not base_is_latin:
                out.append(char)
            continue
        base_is_latin = char < "\u0370"
        out.append(char)
    plain = unicodedata.normalize("NFC", "".join(out)).translate(_signs())
    return " ".join("".join(char if _kept(char) else " " for char in plain).split())


def _kept(char: str) -> bool:
    # The vowels of Thai and of Indian scripts are marks.
    return char.isalnum() or unicodedata.category(char)[0] == "M"


def squash(folded: str) -> str:
    """A folded name without its spaces: `open ai` and `openai` are one."""
    return folded.replace(" ", "")


def reading(text: str) -> str:
    """A name of another script in Latin letters (pinyin without tones, romanised Korean or kana).

    Empty for names in Latin letters. A reading is a key for matching, never a name to print.
    """
    if not _OTHER_SCRIPT.search(text):
        return ""
    spelled = anyascii(unicodedata.normalize("NFKC", text))
    words = "".join(char if char.isalnum() else " " for char in _CAMEL.sub(" ", spelled))
    return " ".join(words.lower().split())


def has_syllables(text: str) -> bool:
    """Whether a text holds kana or Hangul, in which foreign names are written as they sound."""
    return bool(_SYLLABLES.search(unicodedata.normalize("NFKC", text)))


def sound(latin: str) -> str:
    """The consonants of a name in Latin letters, voiced and voiceless ones as one.

    Kana and Hangul put vowels between the consonants of foreign names (스텝펀 for StepFun), so
    the consonants are what is left of the name. Empty for anything but plain Latin letters.
    """
    if not _LATIN.fullmatch(latin):
        return ""
    return _TWICE.sub(r"\1", latin.translate(_SOUNDS))


def is_han(text: str) -> bool:
    """Whether a folded text is in Han signs, kana or Hangul, where two signs can be a word."""
    return any(char >= "\u3041" for char in text)
