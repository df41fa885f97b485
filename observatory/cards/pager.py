"""Links to the pages of a long list."""

from __future__ import annotations

from collections.abc import Callable

from observatory.cards.markup import Safe, h
from observatory.i18n import Translator


def pager(at: int, last: int, address: Callable[[int], str], t: Translator) -> Safe | None:
    """Numbers of the pages around the one shown, the first and the last; None for a single page.

    Pages count from 1; ``address`` gives the link of one.
    """
    if last <= 1:
        return None

    def to(number: int, label: str, said: str | None = None) -> Safe:
        return h("a", label, href=address(number), data_go=True, cls="btn", aria_label=said)

    parts = [to(at - 1, t("Before"))] if at > 1 else []
    for number in range(1, last + 1):
        if number == at:
            parts.append(h("span", t.number(number), cls="btn on", aria_current="page"))
        elif number in (1, last) or abs(number - at) <= 2:
            shown = t.number(number)
            parts.append(to(number, shown, t("Page {n}", n=shown)))
        elif abs(number - at) == 3:
            parts.append(h("span", "…", cls="muted"))
    if at < last:
        parts.append(to(at + 1, t("Next")))
    return h("nav", *parts, cls="pager", aria_label=t("Pages of the list"))
