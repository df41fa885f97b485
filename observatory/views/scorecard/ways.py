"""Ranks by method, and how often each rank was drawn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from observatory.analysis import scorecard as sc
from observatory.analysis.scorecard_change import by_method
from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join, swatch
from observatory.charts.svg.scorecard import chance
from observatory.i18n import Translator
from observatory.views import labels, links
from observatory.views.measures import Catalogue
from observatory.views.scorecard import words as scorecard_words
from observatory.views.scorecard.data import Ranked, Result
from observatory.views.scorecard.method import method
from observatory.views.scorecard.words import number

MOST_NAMED = 3
"""Economies named in a title that are equally sure."""


def _say(catalogue: Catalogue, result: Result, row: int) -> str:
    return catalogue.say(result.economies[row])


def _link(catalogue: Catalogue, economy: str) -> Safe:
    name = h("a", catalogue.name(economy), href=links.economy(economy), data_go=True, cls="quiet")
    return join([swatch(economy), name])


def methods(catalogue: Catalogue, result: Result) -> Card | None:
    """Ranks under all scalings and means, weights as chosen."""
    ranked = result.ranked
    if ranked is None:
        return None
    t, field = catalogue.t, result.sheet.field
    found = by_method(field, result.weights, ranked.rows)
    firsts = {int(np.argmin(places)) for places in found.values()}
    ways = len(found)
    frame = pd.DataFrame({"economy_id": [result.economies[int(row)] for row in ranked.rows]})
    frame["economy"] = [catalogue.name(code) for code in frame["economy_id"]]
    for (norm, agg), places in found.items():
        frame[f"{norm}_{agg}"] = places
    ranks = np.array(list(found.values()))
    widest = int(np.argmax(ranks.max(axis=0) - ranks.min(axis=0)))
    leader = result.economies[int(ranked.rows[0])]
    if firsts == {0}:
        title = t.n(
            "{economy} is first under each of {n} method",
            "{economy} is first under each of {n} methods",
            ways, economy=labels.sentence(catalogue.say(leader)),
        )  # fmt: skip
    else:
        title = t(
            "{economy} ranks between {best} and {worst}, depending on the method alone",
            economy=labels.sentence(catalogue.say(result.economies[int(ranked.rows[widest])])),
            best=t.ordinal(int(ranks[:, widest].min())),
            worst=t.ordinal(int(ranks[:, widest].max())),
        )
    return Card(
        id="methods",
        title=title,
        subtitle=t(
            "Ranks with your weights under every scaling and mean; the current one is marked."
        ),
        body=_grid(catalogue, result, ranked, found),
        table=CardTable(frame, _method_columns(found, t)),
        method=method(t),
        actions=("table", "method"),
    )


def _grid(
    catalogue: Catalogue,
    result: Result,
    ranked: Ranked,
    found: Mapping[tuple[sc.Norm, sc.Agg], sc.Ints],
) -> Safe:
    t, n = catalogue.t, len(ranked.rows)
    now = (result.choice.norm, result.choice.agg)
    top = h(
        "tr",
        h("td", ""),
        *(
            h("th", scorecard_words.agg(agg, t), colspan=len(sc.NORMS), scope="colgroup", cls="g")
            for agg in sc.AGGS
        ),
    )
    keys = [(norm, agg) for agg in sc.AGGS for norm in sc.NORMS]
    head = h(
        "tr",
        h("th", t("Economy"), scope="col"),
        *(
            h(
                "th",
                scorecard_words.norm_short(norm, t),
                scope="col",
                cls="r on" if (norm, agg) == now else "r",
            )
            for norm, agg in keys
        ),
    )
    rows = []
    for k, row in enumerate(int(item) for item in ranked.rows):
        cells = [
            h(
                "td", number(t, int(found[key][k])),
                cls=f"r s-q{shade(int(found[key][k]), n)}" + (" on" if key == now else ""),
            )
            for key in keys
        ]  # fmt: skip
        rows.append(
            h("tr", h("th", _link(catalogue, result.economies[row]), scope="row", cls="b"), *cells)
        )
    caption = h("caption", t("Ranks by method"), cls="sr")
    table = h("table", caption, h("thead", top, head), h("tbody", *rows), cls="tb s-grid")
    return h(
        "div", table, cls="tbwrap", tabindex="0", role="region", aria_label=t("Ranks by method")
    )


def shade(place: int, n: int) -> int:
    """Shade of a rank, 5 for the first to 0 for the last."""
    return round(5 * (n - place) / max(n - 1, 1))


def _method_columns(
    found: Mapping[tuple[sc.Norm, sc.Agg], sc.Ints], t: Translator
) -> tuple[Column, ...]:
    columns = [Column("economy", t("Economy"), strong=True)]
    for norm, agg in found:
        name = t.parts([scorecard_words.norm(norm, t), scorecard_words.agg(agg, t)])
        columns.append(
            Column(
                f"{norm}_{agg}",
                name,
                "right",
                lambda value, _: t.number(int(value)),
                opens=scorecard_words.parts_of,
            )
        )
    return tuple(columns)


def chances(catalogue: Catalogue, result: Result) -> Card | None:
    """How often each economy had each rank in the draws."""
    ranked = result.ranked
    if ranked is None:
        return None
    t, found = catalogue.t, ranked.spread.chance
    n = len(ranked.rows)
    frame = pd.DataFrame({"economy_id": [result.economies[int(row)] for row in ranked.rows]})
    frame["economy"] = [catalogue.name(code) for code in frame["economy_id"]]
    for place in range(n):
        frame[f"rank_{place + 1}"] = found[:, place]
    title = _chances_title(catalogue, result, ranked)
    head = h(
        "tr",
        h("th", t("Economy"), scope="col"),
        *(h("th", number(t, place), scope="col", cls="r") for place in range(1, n + 1)),
    )
    rows = []
    for row, shares in zip((int(item) for item in ranked.rows), found, strict=True):
        cells = [_chance_cell(float(share), t) for share in shares]
        rows.append(
            h("tr", h("th", _link(catalogue, result.economies[row]), scope="row", cls="b"), *cells)
        )
    caption = h("caption", title, cls="sr")
    table = h("table", caption, h("thead", head), h("tbody", *rows), cls="tb s-grid")
    columns = [
        Column("economy", t("Economy"), strong=True),
        *(
            Column(
                f"rank_{place}",
                t.number(place),
                "right",
                lambda value, _: chance(value, t),
                opens=scorecard_words.parts_of,
            )
            for place in range(1, n + 1)
        ),
    ]
    return Card(
        id="chances",
        title=title,
        subtitle=t(
            "Share of the draws in which each economy had each rank, in percent; empty: never. The higher the "
            "highest share of a row, the surer the rank."
        ),
        body=h("div", table, cls="tbwrap", tabindex="0", role="region", aria_label=title),
        table=CardTable(frame, tuple(columns)),
        method=method(t),
        actions=("table", "method"),
    )


def _chances_title(catalogue: Catalogue, result: Result, ranked: Ranked) -> str:
    """Who is surest and least sure of a rank, both by the highest chance of a single rank, as shown.
    Ties are named, those of more than three left out."""
    t = catalogue.t
    highest = [_whole(float(share)) for share in ranked.spread.chance.max(axis=1)]
    if min(highest) == max(highest):
        return t("All are equally sure of their ranks")
    sure, loose = (
        [
            _say(catalogue, result, int(row))
            for row, share in zip(ranked.rows, highest, strict=True)
            if share == end
        ]
        for end in (max(highest), min(highest))
    )
    if len(sure) == len(loose) == 1:
        return t(
            "{sure} is surest of its rank, {loose} least sure",
            sure=labels.sentence(sure[0]), loose=loose[0],
        )  # fmt: skip
    if len(sure) <= MOST_NAMED and len(loose) <= MOST_NAMED:
        return t(
            "Surest of rank: {sure}; least sure: {loose}", sure=t.list(sure), loose=t.list(loose)
        )
    if len(sure) <= MOST_NAMED:
        return t("Surest of rank: {sure}", sure=t.list(sure))
    if len(loose) <= MOST_NAMED:
        return t("Least sure of rank: {loose}", loose=t.list(loose))
    return t("How often each economy had each rank")


def _whole(share: float) -> int:
    """A share above zero in whole percent; 0 and 100 only for none and all."""
    return min(max(round(share * 100), 1), 99) if share < 1 else 100


def _chance_cell(share: float, t: Translator) -> Safe:
    if share <= 0:
        return h("td", "", cls="r")
    shown = t("<{n}", n=number(t, 1)) if share < 0.005 else number(t, _whole(share))
    return h("td", shown, cls=f"r s-q{min(5, int(share * 5.999))}")
