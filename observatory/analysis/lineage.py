"""What a model owes to others: weights its name names, and boards its own maker runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Family:
    """A family of open weights: the word in names, its maker's id and the maker's name."""

    word: str
    org_id: str
    maker: str


_FAMILIES: Final = (
    (re.compile(r"gpt-?oss", re.IGNORECASE), Family("gpt-oss", "openai", "OpenAI")),
    (re.compile(r"llama", re.IGNORECASE), Family("Llama", "meta", "Meta")),
    (re.compile(r"qwen|qwq", re.IGNORECASE), Family("Qwen", "alibaba", "Alibaba")),
    (re.compile(r"gemma", re.IGNORECASE), Family("Gemma", "google", "Google")),
    (re.compile(r"mi[sx]tral", re.IGNORECASE), Family("Mistral", "mistral", "Mistral AI")),
    (re.compile(r"deepseek", re.IGNORECASE), Family("DeepSeek", "deepseek", "DeepSeek")),
    (re.compile(r"\bphi-?[0-9]", re.IGNORECASE), Family("Phi", "microsoft", "Microsoft")),
)


def named_families(name: str, org_id: str) -> tuple[Family, ...]:
    """Families of other makers that a model's name names, in the order of the name.

    A maker's own family never counts. What a name names is not always what the weights start
    from: it may be the model whose answers were learned from.
    """
    found = [
        (match.start(), family)
        for pattern, family in _FAMILIES
        if family.org_id != org_id and (match := pattern.search(name))
    ]
    return tuple(family for _, family in sorted(found, key=lambda item: item[0]))


def runs_board(org_id: str, origin: str) -> bool:
    """Whether a maker is, by its id, among those whose board it is: `swallow`, "Swallow LLM team"."""
    words = " ".join(re.findall(r"[a-z0-9]+", org_id.casefold()))
    board = " ".join(re.findall(r"[a-z0-9]+", origin.casefold()))
    return bool(words) and f" {words} " in f" {board} "
