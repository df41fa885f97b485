"""What would change the order: the smallest shifts of weight, and measures the lead rests on."""

from __future__ import annotations

import pandas as pd

from observatory.analysis.scorecard_change import Removal, Swap, removals, swaps
from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join
from observatory.views import labels
from observatory.views.measures import Catalogue
from observatory.views.scorecard import words as scorecard_words
from observatory.views.scorecard.data import Ranked, Result
from observatory.views.scorecard.method import method

MOST_SWAPS = 6


def _say(catalogue: Catalogue, result: Result, row: int) -> str:
    return catalogue.say(result.economies[row])


def change(catalogue: Catalogue, result: Result) -> Card | None:
    """The smallest shifts of weight that swap neighbours, and the measures on which the lead rests."""
    ranked = result.ranked
    if ranked is None:
        return None
    t, field = catalogue.t, result.sheet.field
    found = swaps(field, result.weights, result.pts, result.choice.agg, ranked.rows)
    close = sorted((swap for swap in found if swap), key=lambda swap: swap.shift)
    without = removals(field, result.weights, result.pts, result.choice.agg, ranked.rows)
    leader = int(ranked.rows[0])
    losing = [item for item in without if item.leader != leader]
    return Card(
        id="change",
        title=_change_title(catalogue, result, close),
        subtitle=t(
            "One pillar's weight moved in whole percent, the others keeping their proportions. Shifts after which "
            "one of the two would have too few values for a rank are left out."
        ),
        body=join(
            [
                _swap_list(catalogue, result, close[:MOST_SWAPS]),
                h("p", _removal_line(catalogue, result, leader, losing, without), cls="s-line"),
            ]
        ),
        table=_swap_table(catalogue, result, found, ranked),
        method=method(t),
        actions=("table", "method"),
    )


def _change_title(catalogue: Catalogue, result: Result, close: list[Swap]) -> str:
    t = catalogue.t
    if not close:
        return t("No shift of a single pillar's weight swaps two neighbours and leaves both a rank")
    swap = close[0]
    pillar = labels.pillar(result.sheet.field.pillars[swap.pillar], t)
    behind, ahead = _say(catalogue, result, swap.behind), _say(catalogue, result, swap.ahead)
    if swap.to > swap.share:
        return t.n(
            "{n} percentage point more for {pillar} puts {behind} ahead of {ahead}",
            "{n} percentage points more for {pillar} put {behind} ahead of {ahead}",
            _points(swap), pillar=pillar, behind=behind, ahead=ahead,
        )  # fmt: skip
    return t.n(
        "{n} percentage point less for {pillar} puts {behind} ahead of {ahead}",
        "{n} percentage points less for {pillar} put {behind} ahead of {ahead}",
        _points(swap), pillar=pillar, behind=behind, ahead=ahead,
    )  # fmt: skip


def _points(swap: Swap) -> int:
    return max(1, round(swap.shift))


def _swap_list(catalogue: Catalogue, result: Result, close: list[Swap]) -> Safe:
    t = catalogue.t
    items = []
    for swap in close:
        pillar = result.sheet.field.pillars[swap.pillar]
        items.append(
            h(
                "li",
                h("b", t("{pillar} {share} → {to}", pillar=labels.pillar(pillar, t),
                         share=t.percent(swap.share, 0), to=t.percent(swap.to, 0))),
                h("span", t("{behind} passes {ahead}",
                            behind=labels.sentence(_say(catalogue, result, swap.behind)),
                            ahead=_say(catalogue, result, swap.ahead))),
            )
        )  # fmt: skip
    return h("ul", *items, cls="s-swaps")


def _removal_line(
    catalogue: Catalogue, result: Result, leader: int, losing: list[Removal], all_of: list[Removal]
) -> str:
    t, field = catalogue.t, result.sheet.field
    first = _say(catalogue, result, leader)
    if not all_of:
        return t("There is only one measure to leave out.")
    if not losing:
        return t.n(
            "{economy} stays first without the one measure.",
            "{economy} stays first whichever one of the {n} measures is left out.",
            len(all_of), economy=labels.sentence(first),
        )  # fmt: skip
    names = t.list(
        [catalogue.indicators[field.indicators[item.indicator]].short for item in losing]
    )
    others = t.list(
        [_say(catalogue, result, row) for row in dict.fromkeys(item.leader for item in losing)]
    )
    return t(
        "The lead of {economy} rests on single measures: without {measures}, {other} would be first.",
        economy=first, measures=names, other=others,
    )  # fmt: skip


def _swap_table(
    catalogue: Catalogue, result: Result, found: list[Swap | None], ranked: Ranked
) -> CardTable:
    t = catalogue.t
    rows = []
    for k, swap in enumerate(found):
        a, b = (result.economies[int(row)] for row in ranked.rows[k : k + 2])
        gap = float(result.scores[int(ranked.rows[k])] - result.scores[int(ranked.rows[k + 1])])
        rows.append(
            {
                "economy_id": a,
                "ahead": catalogue.name(a),
                "behind": catalogue.name(b),
                "gap": gap,
                "pillar": result.sheet.field.pillars[swap.pillar] if swap else None,
                "share": swap.share if swap else None,
                "to": swap.to if swap else None,
            }
        )
    columns = (
        Column("ahead", t("In front"), strong=True),
        Column("behind", t("Behind")),
        Column("gap", t("Points between"), "right", lambda value, _: t.number(value, 1),
               opens=scorecard_words.parts_of),
        Column("pillar", t("Pillar"), show=lambda value, _: labels.pillar(str(value), t)),
        Column("share", t("Weight now"), "right", lambda value, _: t.percent(value, 1)),
        Column("to", t("Weight at which they swap"), "right", lambda value, _: t.percent(value, 0)),
    )  # fmt: skip
    names = ["economy_id", "ahead", "behind", "gap", "pillar", "share", "to"]
    return CardTable(pd.DataFrame(rows, columns=names), columns)
