"""Limits of a list as links, each with how many rows would fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from observatory.cards.markup import Child, Safe, h
from observatory.i18n import Translator


def link(*label: Child, href: str, on: bool) -> Safe:
    """One value of a limit; a press on the chosen one should clear it."""
    return h("a", *label, href=href, data_go=True, cls="mo-f on" if on else "mo-f",
             aria_current="true" if on else None)  # fmt: skip


def block(lines: Iterable[tuple[str, Sequence[Safe]]], cls: str = "mo-facets") -> Safe:
    """One line a limit: its name and its values."""
    return h(
        "dl", *(h("div", h("dt", label), h("dd", *values)) for label, values in lines), cls=cls
    )


def entries(found: Iterable[tuple[str, int, bool, str]], t: Translator) -> list[Safe]:
    """Values of one limit: (name, count, whether it is chosen, address)."""
    return [link(name, h("span", t.number(n)), href=to, on=on) for name, n, on, to in found]


def counted(
    rows: Iterable[tuple[str, str, Sequence[str], Callable[[str], str], Counter[str], str]],
    href: Callable[[str, str], str],
    t: Translator,
) -> Safe:
    """One line a limit: (label, parameter, values, how to say one, counts, the chosen one).

    ``href`` gives the address with a parameter set to a value; a press on the chosen one clears it.
    Values without rows are left out, and limits that leave no choice.
    """
    lines: list[tuple[str, list[Safe]]] = []
    for label, name, values, say, counts, chosen in rows:
        shown = [
            (say(key), counts[key], key == chosen, href(name, "" if key == chosen else key))
            for key in values
            if counts[key] or key == chosen
        ]
        if len(shown) > 1 or chosen:
            lines.append((label, entries(shown, t)))
    return block(lines)
