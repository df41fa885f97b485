"""The strip of context under an economy's name: size, money, energy, people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from observatory.cards.markup import Safe, h, status_word
from observatory.cards.words import status_label
from observatory.i18n import Translator
from observatory.views import links
from observatory.views.economy.standing import OLDEST, Line, Standing, held_by
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator

MEASURES = (
    "gdp_usd_bn_imf",
    "population_total",
    "rd_expenditure_pct_gdp",
    "github_developers",
    "epoch_h100e_operational",
    "electricity_carbon_intensity",
)
# Names that sources' cautions use, so that "No Taiwan" is found for Taiwan.
_SAID: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"KOR": ("Korea",), "USA": ("United States",), "GBR": ("United Kingdom",), "ARE": ("Emirates",)}
)


def label(key: str, t: Translator) -> str:
    """Short name of a context measure."""
    match key:
        case "gdp_usd_bn_imf":
            return t("GDP")
        case "population_total":
            return t("Population")
        case "rd_expenditure_pct_gdp":
            return t("R&D share of GDP")
        case "github_developers":
            return t("GitHub accounts")
        case "epoch_h100e_operational":
            return t("Known AI compute")
        case _:
            return t("Carbon intensity")


def strip(catalogue: Catalogue, economy: str, place: Standing | None = None) -> Safe:
    """Six tiles; a tile opens its receipt, or says why there is no figure.

    A tile shows the newest value. Where `place` compares the economy at another period, it says so.
    """
    compared = {line.item.id: line for line in place.all_lines if line.has_value} if place else {}
    here = [key for key in MEASURES if key in catalogue.indicators]
    if not here:
        return h("div")
    tiles = [
        _tile(catalogue, catalogue.indicators[key], economy, compared.get(key)) for key in here
    ]
    return h("div", *tiles, cls="strip e-strip", style=f"--n:{len(tiles)}")


def left_out(item: Indicator, name_en: str, economy: str) -> bool:
    """Whether the indicator's own cautions say that its source leaves the economy out."""
    names = (name_en, *_SAID.get(economy, ()))
    for said in re.split(r"[.;]", clean(item.row["method_caveats"])):
        absent = said.strip().startswith(("No ", "Without ")) or "missing" in said
        if absent and any(name in said for name in names):
            return True
    return False


def why_missing(catalogue: Catalogue, item: Indicator, economy: str) -> str:
    """Why an economy has no figure: the source leaves it out, or how many have one."""
    t = catalogue.t
    english = clean(catalogue.economies[economy]["name_en"])
    if left_out(item, english, economy):
        return t("the source leaves it out")
    have = catalogue.section(item.id).n
    if not have:
        return t("no economy has one by that day")
    return t.n("{n} of the 13 has one", "{n} of the 13 have one", have)


def _tile(catalogue: Catalogue, item: Indicator, economy: str, line: Line | None) -> Safe:
    t = catalogue.t
    held = held_by(catalogue, item.id, economy)
    own = held.newest
    rival = held.rival(own)
    head = h("span", label(item.id, t), cls="p")
    if rival is not None and clean(rival["status"]) == "disputed":
        measure = item.measure(t)
        low, high = measure.bare(rival["low"], t), item.value(rival["high"], t)
        return _button(head, t("{low} or {high}", low=low, high=high), "", rival, item, t)
    if own is None:
        return h(
            "div",
            h("a", head, href=links.indicator(item.id), data_go=True, cls="quiet"),
            h("span", t("no figure on file"), cls="v unk"),
            h("span", why_missing(catalogue, item, economy), cls="n"),
            cls="tile",
        )
    shown = item.value(float(own["value"]), t)
    bare = item.measure(t).bare(float(own["value"]), t)
    number, unit = shown, ""
    if shown.startswith(bare):
        number, unit = bare, shown[len(bare) :].strip()
    elif bare in shown and not clean(item.row["currency"]):
        number, unit = bare, t.data(clean(item.row["unit_label"]))
    below = ""
    if line is not None and line.value is not None and line.period != clean(own["period"]):
        below = t("compared below at {period}: {value}", period=t.period(line.period),
                  value=item.value(line.value, t))  # fmt: skip
    return _button(head, number, unit, own, item, t, below)


def _button(
    head: Safe, number: str, unit: str, row: Mapping[str, Any], item: Indicator, t: Translator,
    below: str = "",
) -> Safe:  # fmt: skip
    status = clean(row["status"])
    old = pd.Timestamp(row["period_end"]).year <= OLDEST
    when = t.period(clean(row["period"]))
    return h(
        "button",
        head,
        h("span", number, h("small", unit) if unit else None, cls="v"),
        h("span", below, cls="n") if below else None,
        h(
            "span",
            status_word(status, status_label(status, t)),
            h("span", t("{period}, none newer", period=when) if old else when),
            cls="f",
        ),
        cls="tile",
        type="button",
        data_receipt=clean(row["row_id"]),
    )
