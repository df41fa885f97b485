"""The row of choices above the pipeline, as links: every choice is an address."""

from __future__ import annotations

from collections.abc import Sequence

from observatory.cards.filters import Currency
from observatory.cards.markup import Safe, h, href, icon
from observatory.cards.words import preset_label
from observatory.i18n import Translator
from observatory.model.scope import PRESETS, SCOPE
from observatory.views import labels
from observatory.views.ipo.choice import (
    GROUPS,
    LAYERS,
    OTHERS,
    VENUES,
    Choice,
    group_of,
    placed,
    venue_label,
)
from observatory.views.ipo.data import Field

Option = tuple[str, str, bool]
"""Label, address, whether chosen."""


def group_label(group: str, t: Translator) -> str:
    """A board column, or the stages below it, in words."""
    match group:
        case "filed":
            return t("Tutoring, filed")
        case "halted":
            return t("Lapsed, withdrawn, postponed")
        case "unknown":
            return t("Outcome not on file")
        case _:
            return labels.stage(group, t)


def address(choice: Choice, **changed: str | None) -> str:
    """A link to this page with a choice changed."""
    return href("ipo", **choice.params(**changed))


def menu(label: str, options: Sequence[Option]) -> Safe:
    """A menu of links under a button that names what is chosen."""
    return h(
        "details",
        h("summary", label, icon("keyboard_arrow_down"), cls="btn"),
        h(
            "div",
            *(h("a", text, href=to, data_go=True, aria_current="true" if on else None)
              for text, to, on in options),
            cls="obs-drop",
        ),
        cls="obs-menu p-menu",
    )  # fmt: skip


def segments(label: str, options: Sequence[Option]) -> Safe:
    """Two or three ways to see the same, side by side."""
    return h(
        "div",
        *(h("a", text, href=to, data_go=True, aria_current="true" if on else None)
          for text, to, on in options),
        cls="p-seg", role="group", aria_label=label,
    )  # fmt: skip


def _venues(field: Field, choice: Choice, t: Translator) -> Safe:
    held = {group_of(a.venue) for a in field.attempts if placed(choice, a)}
    held |= {choice.venue} if choice.venue else set()
    shown = [key for key in (*VENUES, OTHERS) if key in held]
    chips = [(t("All venues"), address(choice, venue=None), not choice.venue)]
    chips += [(venue_label(key, t), address(choice, venue=key), key == choice.venue)
              for key in shown]  # fmt: skip
    return h(
        "div",
        *(h("a", text, href=to, data_go=True, cls="p-chip", aria_current="true" if on else None)
          for text, to, on in chips),
        cls="p-chips", role="group", aria_label=t("Venue"),
    )  # fmt: skip


def _economies(choice: Choice, preset: str | None, t: Translator) -> Safe:
    options: list[Option] = [
        (preset_label(key, t), address(choice) + ("&" if "?" in address(choice) else "?")
         + f"economies={key}", key == preset)
        for key in PRESETS
    ]  # fmt: skip
    count = len(choice.economies) or len(SCOPE)
    name = preset_label(preset, t) if preset else t.n("{n} economy", "{n} economies", count)
    return menu(t("Economies: {group}", group=name), options)


def _layers(field: Field, choice: Choice, t: Translator) -> Safe:
    held = {a.layer for a in field.attempts} | {choice.layer}
    options: list[Option] = [(t("All layers"), address(choice, layer=None), not choice.layer)]
    options += [(labels.layer(key, t), address(choice, layer=key), key == choice.layer)
                for key in LAYERS if key in held]  # fmt: skip
    name = labels.layer(choice.layer, t) if choice.layer else t("all")
    return menu(t("Layer: {layer}", layer=name), options)


def _stages(choice: Choice, t: Translator) -> Safe:
    options: list[Option] = [(t("All stages"), address(choice, stage=None), not choice.stage)]
    options += [(group_label(key, t), address(choice, stage=key), key == choice.stage)
                for key in GROUPS]  # fmt: skip
    name = group_label(choice.stage, t) if choice.stage else t("all")
    return menu(t("Stage: {stage}", stage=name), options)


def _years(field: Field, choice: Choice, t: Translator) -> Safe:
    years = sorted({a.now.last.year for a in field.attempts} | {choice.year or 0}, reverse=True)
    options: list[Option] = [(t("All years"), address(choice, year=None), choice.year is None)]
    options += [(str(year), address(choice, year=str(year)), year == choice.year)
                for year in years if year]  # fmt: skip
    name = str(choice.year) if choice.year else t("all")
    return menu(t("Year of the stage: {year}", year=name), options)


def bar(
    field: Field, choice: Choice, preset: str | None, currency: Currency, t: Translator
) -> Safe:
    """All choices of the page in one row."""
    here = address(choice)
    more = "&" if "?" in here else "?"
    money = [
        (t("Original"), f"{here}{more}currency=original", currency == "original"),
        (t("US$"), f"{here}{more}currency=USD", currency == "USD"),
    ]
    ways = [
        (t("Board and tracks"), address(choice, view=None, sort=None), choice.view == "board"),
        (t("Table"), address(choice, view="table"), choice.view == "table"),
    ]
    clear = None
    if choice.limited:
        none = address(choice, venue=None, layer=None, stage=None, year=None)
        clear = h("a", icon("restart_alt"), t("Reset"), href=none, data_go=True, cls="p-clear")
    return h(
        "div",
        h("div", _venues(field, choice, t), segments(t("View"), ways), cls="p-row"),
        h(
            "div",
            _economies(choice, preset, t),
            _layers(field, choice, t),
            _stages(choice, t),
            _years(field, choice, t),
            clear,
            segments(t("Currency"), money),
            cls="p-row",
        ),
        cls="p-bar",
    )
