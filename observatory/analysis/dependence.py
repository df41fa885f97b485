"""Whose chips, foundries and weights a thing names. What no known word names is not known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_BASE: Final = re.compile(
    r"(?:\bbase:?|\bbased on|\bbuilt on|\bcontinued pre-?training of|\bfine-?tun(?:e|ed) (?:of|from))\s+([^;]*)",
    re.IGNORECASE,
)


def base_of(remark: str) -> str:
    """What a model's remark says after "base", "built on" and the like; empty where it does not."""
    return " / ".join(found.strip() for found in _BASE.findall(remark))


def named(text: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """Organisations whose words stand in a text, in any case, each once, in the order of the text."""
    folded = text.casefold()
    found = [(at, org) for word, org in words.items() if (at := folded.find(word.casefold())) >= 0]
    return tuple(dict.fromkeys(org for _, org in sorted(found)))


def weights_of_others(
    name: str, remark: str, maker: str, words: Mapping[str, str]
) -> tuple[str, ...]:
    """Makers of weights, other than its own, that a model's name or remark names.

    What a name names is not always what the weights start from: it may be the model whose answers
    were learned from.
    """
    return tuple(org for org in named(f"{name} / {base_of(remark)}", words) if org != maker)
