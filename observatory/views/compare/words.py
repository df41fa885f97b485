"""Differences between economies in sentences, the most telling first; and the page's headline."""

from __future__ import annotations

from typing import Final

from observatory.analysis.differences import Difference, difference, most_telling
from observatory.cards.card_model import Card, EmptyState
from observatory.cards.markup import Child, Safe, h, join
from observatory.cards.woven import slot, weave
from observatory.i18n import Translator
from observatory.views import common, labels, links
from observatory.views.compare.data import Comparison, Row
from observatory.views.compare.parts import (
    is_ratio,
    number,
    per_words,
    row_name,
    row_value,
    table,
    values,
)
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator

CARD: Final = "differences"
SHOWN: Final = 6


def title(catalogue: Catalogue, found: Comparison) -> str:
    """The names of the compared economies."""
    return catalogue.t.list([catalogue.name(code) for code in found.economies])


def deck(catalogue: Catalogue, found: Comparison) -> str:
    """Who is ahead how often, and of how many measures."""
    t, contested = catalogue.t, found.contested
    if not contested:
        return t("No headline measure has values of the same period for two of them.")
    (first, most), *rest = found.wins.items()
    said = [t("{economy} leads in {n}", economy=catalogue.say(first), n=t.number(most))]
    said += [
        t("{economy} in {n}", economy=catalogue.say(code), n=t.number(n) if n else t("none"))
        for code, n in rest
    ]
    whole = t.n(
        "Of {n} measure with values of the same period, {counts}.",
        "Of {n} measures with values of the same period, {counts}.",
        len(contested),
        counts=t.list(said),
    )
    per = per_words(found.per, t)
    return t.sentences([whole, *([per] if per else [])])


def differences(found: Comparison, most: int = SHOWN) -> tuple[Difference, ...]:
    """The most telling differences, outside context."""
    every = [
        difference(
            row.series, found.economies, found.members, row.id, row.item.pillar,
            log=is_ratio(row.item),
        )
        for row in found.rows
        if row.item.pillar != "context" and row.item.higher_is_better is not None
    ]  # fmt: skip
    return most_telling([one for one in every if one is not None], most)


def _publisher(item: Indicator) -> str:
    name = clean(item.row["publisher"])
    for mark in (" (", ";", " via ", " / "):
        name = name.partition(mark)[0]
    return name


def _names(catalogue: Catalogue, one: Difference) -> dict[str, str]:
    return {"high": catalogue.say(one.high), "low": catalogue.say(one.low)}


def plain(catalogue: Catalogue, one: Difference, row: Row, per: str) -> str:
    """A difference as a short finding, for a title: "AI models: South Korea has 2.3 times what Japan has"."""
    t, names, item = catalogue.t, _names(catalogue, one), row.item
    measure = row_name(row, per, t)
    if is_ratio(item) and one.ratio is not None:
        return t(
            "{measure}: {high} has {times} times what {low} has",
            measure=measure,
            times=times(one.ratio, t),
            **names,
        )
    if is_ratio(item):
        return t(
            "{measure}: {high} has {value}, {low} none",
            measure=measure,
            value=row_value(row, one.high_value, t),
            **names,
        )
    return t(
        "{measure}: {high} is {points} above {low}",
        measure=measure,
        points=_points(item, one.gap, t),
        **names,
    )


def times(ratio: float, t: Translator) -> str:
    """A factor with two significant digits."""
    return t.number(float(f"{ratio:.2g}"))


def _points(item: Indicator, gap: float, t: Translator) -> str:
    """A difference of shares or scores without its sign."""
    if clean(item.row["unit"]).startswith("index"):
        return t.n("{n} point", "{n} points", round(gap), n=t.sig(gap, 3))
    return item.change(gap, t).lstrip("+")


def sentence(catalogue: Catalogue, one: Difference, row: Row, per: str) -> Safe:
    """A difference in a sentence with its two receipts, period and publisher."""
    t, item = catalogue.t, row.item
    given = {
        **_names(catalogue, one),
        "measure": slot("measure"),
        "a": slot("a"),
        "b": slot("b"),
        "period": t.period(one.period),
        "publisher": _publisher(item),
    }
    parts: dict[str, Child] = {
        "measure": h("a", row_name(row, per, t), href=links.indicator(item.id), data_go=True),
        "a": number(row, one.high_value, one.high_row, CARD, t, unit=True),
        "b": number(row, one.low_value, one.low_row, CARD, t, unit=True),
    }
    if is_ratio(item) and one.ratio is not None and one.ratio >= 1.05:
        said = t(
            "{measure}: {high} has {times} times what {low} has, {a} against {b} ({period}, {publisher}).",
            times=times(one.ratio, t),
            **given,
        )
    elif is_ratio(item):
        said = t("{measure}: {high} has {a}, {low} {b} ({period}, {publisher}).", **given)
    else:
        said = t(
            "{measure}: {high} is {points} above {low}, {a} against {b} ({period}, {publisher}).",
            points=_points(item, one.gap, t),
            **given,
        )
    return weave(said, **parts)


def card(catalogue: Catalogue, found: Comparison) -> Card:
    """The most telling differences in words."""
    t = catalogue.t
    chosen = differences(found)
    rows = {row.id: row for row in found.rows}
    subtitle = t("The two furthest apart in each measure, the widest difference first")
    if not chosen:
        return Card(
            id=CARD,
            title=t("No difference to tell"),
            subtitle=subtitle,
            empty=EmptyState(
                reason=t("No headline measure has values of one period for two of them."),
                exists=t("Ranks and values by measure are in the table below."),
                title=t("No difference to tell"),
            ),
        )
    items = [
        h(
            "li",
            h("span", labels.pillar(one.pillar, t), cls="c-pillar"),
            h("span", sentence(catalogue, one, rows[one.indicator], found.per)),
        )
        for one in chosen
    ]
    pairs = [(rows[one.indicator], code) for one in chosen for code in (one.high, one.low)]
    periods = {one.indicator: one.period for one in chosen}
    used = values(catalogue, found, pairs, periods)
    return Card(
        id=CARD,
        title=plain(catalogue, chosen[0], rows[chosen[0].indicator], found.per),
        subtitle=subtitle,
        body=h("ol", *items, cls="c-words"),
        table=table(catalogue, used, found.per),
        **common.evidence(catalogue, used),
        caveat=t("A difference in size is no judgement: counts grow with the economy."),
        method=join(h("p", text) for text in method(t)),
        native="bar",
    )


def method(t: Translator) -> tuple[str, ...]:
    """How differences are chosen."""
    return (
        t(
            "For each headline measure the two economies furthest apart are taken, at the newest period that "
            "at least half of those with a value share. Values of different periods are never set against each "
            "other here."
        ),
        t(
            "A difference weighs as much as it fills of the distance between the highest and the lowest of all "
            "economies with a value in that period; counts, amounts and quantities by their logarithms. "
            "At most two of a pillar are shown; measures with fewer than five values or without a better end are "
            "left out."
        ),
    )
