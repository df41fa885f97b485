"""The limits of the directory as links, each with how many organisations would fit."""

from __future__ import annotations

from collections.abc import Sequence

from observatory.cards.markup import Safe, h, icon
from observatory.i18n import Translator
from observatory.views import labels
from observatory.views.directory import page as base
from observatory.views.directory.page import Choice, Field


def layer_name(one: str, t: Translator) -> str:
    """A layer as a label."""
    return labels.sentence(labels.layer(one, t))


def has_label(what: str, t: Translator) -> str:
    """What an organisation may have on file."""
    match what:
        case "models":
            return t("Models")
        case "chips":
            return t("Chips")
        case "clusters":
            return t("Clusters and systems")
        case "deals":
            return t("Deals")
        case "policies":
            return t("Policy records")
        case _:
            return t("Claims")


def facets(f: Field, c: Choice, t: Translator) -> Safe:
    """The limits as links, each with how many would fit."""
    lines = [
        _facet(f, c, "layer", t("Layer"), [
            (one, layer_name(one, t)) for one in (*base.LAYERS, base.NO_LAYER)
        ], t),
        _facet(f, c, "kind", t("Kind"), [(one, labels.org_kind(one, t)) for one in base.KINDS], t),
        _facet(f, c, "listed", t("On an exchange"), [("yes", t("Listed")), ("no", t("No listing on file"))], t),
        _has(f, c, t),
    ]  # fmt: skip
    more = base.elsewhere(f, c)
    tail: list[Safe] = []
    if c.everywhere:
        tail.append(h("a", t("Only the chosen economies"), href=base.address(c, everywhere=False),
                      data_go=True))  # fmt: skip
    elif more:
        label = t.n(
            "{n} more outside the chosen economies", "{n} more outside the chosen economies", more
        )
        tail.append(h("a", label, href=base.address(c, everywhere=True), data_go=True))
    if c.limits:
        tail.append(h("a", icon("restart_alt"), t("Clear all limits"), data_go=True,
                      href=base.address(Choice(everywhere=c.everywhere, sort=c.sort, down=c.down))))  # fmt: skip
    return h("div", *lines, h("p", *tail, cls="di-tail") if tail else None, cls="di-facets")


def _chip(label: str, n: int, href: str, on: bool) -> Safe:
    inner = [h("span", label), h("span", str(n), cls="c")]
    if not n and not on:
        return h("span", *inner, cls="di-chip none")
    return h("a", *inner, href=href, data_go=True, cls="di-chip on" if on else "di-chip",
             aria_current="true" if on else None)  # fmt: skip


def _facet(
    f: Field, c: Choice, which: str, label: str, options: Sequence[tuple[str, str]], t: Translator
) -> Safe:
    counts = base.facet(f, c, which)
    chosen = getattr(c, which)
    chips = [_chip(t("All"), counts[""], base.address(c, **{which: ""}), not chosen)]
    for value, name in options:
        n = counts.get(value, 0)
        if n or value == chosen:
            target = base.address(c, **{which: "" if value == chosen else value})
            chips.append(_chip(name, n, target, value == chosen))
    return h(
        "div",
        h("span", label, cls="l"),
        h("div", *chips, role="group", aria_label=label),
        cls="di-facet",
    )


def _has(f: Field, c: Choice, t: Translator) -> Safe:
    counts = base.facet(f, c, "has")
    chips = []
    for what in base.HAS:
        on = what in c.has
        has = tuple(x for x in base.HAS if (x in c.has) != (x == what))
        chips.append(_chip(has_label(what, t), counts.get(what, 0), base.address(c, has=has), on))
    label = t("With, on file")
    return h(
        "div",
        h("span", label, cls="l"),
        h("div", *chips, role="group", aria_label=label),
        cls="di-facet",
    )
