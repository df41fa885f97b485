"""Words that stand for one another where a measure is looked for: what is asked, said in other words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

SAME: Final[tuple[tuple[str, ...], ...]] = (
    ("paper", "publication", "article"),
    ("per person", "per capita", "per head", "per inhabitant", "per million", "per 100 people", "per 100,000"),
    ("data centre", "data-centre", "data center", "data-center", "datacentre", "datacenter"),
    ("investment", "funding"),
    ("adoption", "user", "using"),
    ("论文", "出版物", "文章"),
    ("人均", "每百万人"),
    ("投资", "融资"),
    ("論文", "文献", "出版物"),
    ("1人当たり", "一人当たり", "100万人当たり"),
    ("논문", "출판물", "저작물"),
    ("1인당", "100만 명당"),
)  # fmt: skip
"""Words of one meaning in the names of measures, in the singular. Those of Latin letters stand for
their plural too."""
MOST: Final = 12
"""In so many ways a question is asked at most."""
_TIE: Final = "\ue000"

Fold = Callable[[str], str]


@lru_cache(maxsize=4)
def _groups(fold: Fold) -> tuple[tuple[tuple[str, re.Pattern[str]], ...], ...]:
    """The words as a fold writes them, each with what finds it in a folded question."""
    found = []
    for group in SAME:
        words = dict.fromkeys(" ".join(fold(word).split()) for word in group)
        found.append(tuple((word, _finding(word)) for word in words))
    return tuple(found)


def _finding(word: str) -> re.Pattern[str]:
    if word.isascii():
        return re.compile(rf"(?<!\w){re.escape(word)}s?(?!\w)")
    return re.compile(re.escape(word))


def meant(query: str, fold: Fold) -> list[tuple[str, ...]]:
    """A question in its own words, then in others, as terms: a term of several words stands as a whole.

    `fold` writes question and words as the names are written among which is looked.
    """
    versions = [" ".join(fold(query).split())]
    for group in _groups(fold):
        more: list[str] = []
        for at, version in enumerate(versions):
            for word, finding in group:
                if (there := finding.search(version)) is None:
                    continue
                before, after = version[: there.start()], version[there.end() :]
                versions[at] = f"{before}{_tied(there[0])}{after}"
                more += [f"{before}{_tied(other)}{after}" for other, _ in group if other != word]
                break
        versions += [one for one in more if one not in versions]
    return [
        tuple(term.replace(_TIE, " ") for term in version.split()) for version in versions[:MOST]
    ]


def _tied(word: str) -> str:
    return word.replace(" ", _TIE)
