"""Sentences of the scorecard: title and deck, names of choices, reasons for no rank."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from observatory.analysis.scorecard import MIN_SHARE, MIN_WEIGHT, TIE, Agg, Norm
from observatory.analysis.scorecard_draws import DRAWS
from observatory.charts.svg.elements import table_of
from observatory.i18n import Translator
from observatory.model.scope import MIN_RANKED
from observatory.views import labels
from observatory.views.measures import Catalogue
from observatory.views.scorecard.choice import Plan
from observatory.views.scorecard.data import Ranked, Result


@lru_cache(maxsize=8192)
def number(t: Translator, x: float, digits: int = 0) -> str:
    """A rounded number in the reader's language. Kept, since a table holds hundreds and most recur."""
    return t.number(x, digits)


@lru_cache(maxsize=8192)
def percent(t: Translator, x: float, digits: int = 0) -> str:
    """The same for percent."""
    return t.percent(x, digits)


def preset(key: str, plan: Plan, t: Translator) -> str:
    """Name of a preset."""
    match key:
        case "balanced":
            return t("Balanced")
        case "equal":
            return t("Equal")
        case "research":
            return t("Research-led")
        case "industry":
            return t("Industry-led")
        case "sovereignty":
            return t("Sovereignty")
        case _:
            return t.data(plan.presets[key][0]) if key in plan.presets else key


def norm(key: Norm, t: Translator) -> str:
    """Name of a scaling."""
    match key:
        case "goalposts":
            return t("Fixed goalposts")
        case "zscore":
            return t("Standard deviations")
        case "percentile":
            return t("Place in the field")
        case _:
            return t("Distance to the leader")


def norm_short(key: Norm, t: Translator) -> str:
    """Name of a scaling for a table's head."""
    match key:
        case "goalposts":
            return t("Goalposts")
        case "zscore":
            return t("Deviations")
        case "percentile":
            return t("Places")
        case _:
            return t("Leader")


def measured(result: Result, t: Translator) -> str:
    """What is scored and how, in one line."""
    n = t.n("{n} weighted measure", "{n} weighted measures", result.m)
    match result.choice.norm:
        case "goalposts":
            scale = t("points between fixed goalposts")
        case "zscore":
            scale = t("points by standard deviations from the mean")
        case "percentile":
            scale = t("points by place in the field")
        case _:
            scale = t("points by distance to the leader")
    mean = t("arithmetic mean") if result.choice.agg == "arithmetic" else t("geometric mean")
    kind = t("values per million people") if result.choice.per_person else t("counts as they are")
    return t.parts([n, scale, mean, kind])


def tiers_title(catalogue: Catalogue, result: Result) -> str:
    """How far the draws tell the economies apart."""
    t, ranked = catalogue.t, result.ranked
    if ranked is None:
        return t("Scores without ranks")
    n, k = len(ranked.rows), len(ranked.tiers)
    if k == 1:
        return t("No tiers: the draws do not tell these {n} economies apart", n=t.number(n))
    first = [catalogue.say(result.economies[int(ranked.rows[item])]) for item in ranked.tiers[0]]
    if len(first) > 5:
        return t(
            "{n} economies in {k} tiers, {m} of them in the first",
            n=t.number(n), k=t.number(k), m=t.number(len(first)),
        )  # fmt: skip
    return t(
        "{n} economies in {k} tiers; in the first {names}",
        n=t.number(n), k=t.number(k), names=t.list(first),
    )  # fmt: skip


def agg(key: Agg, t: Translator) -> str:
    """Name of a way to average."""
    return t("Arithmetic mean") if key == "arithmetic" else t("Geometric mean")


def of_hundred(share: float) -> int:
    """A share as draws of a hundred; never 0 or 100 unless it is all or none."""
    found = round(share * 100)
    if share < 1:
        found = min(found, 99)
    return max(found, 1) if share > 0 else found


def title(catalogue: Catalogue, result: Result | None) -> str:
    """The finding: who is first and how surely, who is ahead of whom behind."""
    t = catalogue.t
    if result is None:
        return t("This build has no scorecard")
    if result.weightless:
        return t("Every weight is zero")
    ranked = result.ranked
    if ranked is None:
        return _unranked_title(catalogue, result)
    names = [
        catalogue.say(result.economies[row]) for row in (int(item) for item in ranked.rows[:3])
    ]
    first = labels.sentence(names[0])
    if ranked.place[1] == 1:
        return t("{first} and {second} share the first place", first=first, second=names[1])
    times = of_hundred(float(ranked.spread.chance[0, 0]))
    if times < 50:
        return t(
            "{first} is first with these weights, but in only {n} of 100 draws",
            first=first, n=t.number(times),
        )  # fmt: skip
    if ranked.place[1] == ranked.place[2]:
        return t("{first} ranks first in {n} of 100 draws", first=first, n=t.number(times))
    return t(
        "{first} ranks first in {n} of 100 draws; {second} is ahead of {third} in {k}",
        first=first, n=t.number(times), second=names[1], third=names[2],
        k=t.number(of_hundred(float(ranked.spread.ahead[1, 2]))),
    )  # fmt: skip


def _unranked_title(catalogue: Catalogue, result: Result) -> str:
    t = catalogue.t
    rows = result.able_rows
    if not rows:
        return t("No economy has enough measures for a score")
    if len(rows) == 1:
        row = rows[0]
        return t(
            "{economy} scores {points} of 100 points",
            economy=labels.sentence(catalogue.say(result.economies[row])),
            points=t.number(result.scores[row], 0),
        )
    return t.n(
        "Scores of {n} economy, too few to rank",
        "Scores of {n} economies, too few to rank",
        len(rows),
    )


def deck(catalogue: Catalogue, result: Result | None) -> str:
    """What the page does, in the state it is in."""
    t = catalogue.t
    if result is None:
        return t("It was made before there was one. The newest build has it.")
    if result.weightless:
        return t(
            "Give at least one pillar and one of its measures some weight, or go back to a preset."
        )
    if result.ranked is None:
        n = len(result.able_rows)
        if n == 0:
            return t(
                "A rank needs values for {share} of the weighted measures and for {half} of the weight. What "
                "exists is in the table.",
                share=t.percent(MIN_SHARE * 100, 0),
                half=t.percent(MIN_WEIGHT * 100, 0),
            )
        return t.n(
            "Ranks need at least {least} economies with enough measures; here is {n}.",
            "Ranks need at least {least} economies with enough measures; here are {n}.",
            n, least=t.number(MIN_RANKED),
        )  # fmt: skip
    if result.choice.weights_only:
        return t(
            "Your weights, and what the ranks would be had others weighted a little differently: {n} draws.",
            n=t.number(DRAWS),
        )
    return t(
        "Your weights, and what the ranks would be had other fair choices been made: {n} draws over weights, "
        "scaling, kind of average, source of a value, and one measure left out of each pillar.",
        n=t.number(DRAWS),
    )


def tier_note(ranked: Ranked, index: int, t: Translator) -> str:
    """What a tier means, said once."""
    if index:
        return ""
    if len(ranked.tiers[0]) == 1:
        return t("its interval shares no rank with the next")
    return t("intervals that share a rank with that of the tier's first")


def missing_pillars(result: Result, row: int, t: Translator) -> str:
    """Weighted pillars without any value for an economy, empty where there is none."""
    field, have = result.sheet.field, result.sheet.field.have
    names = []
    for p, pillar in enumerate(field.pillars):
        columns = (field.pillar_of == p) & (result.weights.within > 0)
        if result.weights.pillars[p] > 0 and columns.any() and not have[row, columns].any():
            names.append(labels.pillar(pillar, t))
    return t("none in {pillars}", pillars=t.list(names)) if names else ""


def not_ranked(catalogue: Catalogue, result: Result, row: int) -> str:
    """Why an economy is listed without a rank."""
    t = catalogue.t
    n, m = int(result.n[row]), result.m
    if n == 0:
        return t("No weighted measure has a value.")
    covered, asked = of_weight(float(result.covered[row]), t), t.percent(MIN_SHARE * 100, 0)
    half = t.percent(MIN_WEIGHT * 100, 0)
    if result.covered[row] >= MIN_WEIGHT - TIE:
        return t(
            "{n} of {m} weighted measures, below the {share} asked for.",
            n=t.number(n), m=t.number(m), share=asked,
        )  # fmt: skip
    if n >= MIN_SHARE * m - TIE:
        return t(
            "Values for {covered} of the weight, below the {share} asked for.",
            covered=covered, share=half,
        )  # fmt: skip
    return t(
        "{n} of {m} weighted measures and values for {covered} of the weight, below the {share} and the {half} "
        "asked for.",
        n=t.number(n), m=t.number(m), covered=covered, share=asked, half=half,
    )  # fmt: skip


def of_weight(share: float, t: Translator) -> str:
    """A share of the weight in whole percent, cut and not rounded: 69.8 % must not read as 70 %."""
    return t.percent(math.floor(share * 100 + TIE), 0)


def parts_of(row: Mapping[str, Any]) -> str:
    """What opens the table that the score, and so the rank, of an economy is made of."""
    return table_of(f"score-{row['economy_id']}")
