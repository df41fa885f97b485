"""Scorecard: the ranked table by tier, with intervals and what each score is made of."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from observatory.analysis import scorecard as sc
from observatory.analysis.scorecard_draws import DRAWS, SEED
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Child, Safe, h, join, svg, swatch
from observatory.charts.palette import palette
from observatory.charts.svg.scorecard import (
    Part,
    RankInterval,
    RankMark,
    chance,
    rank_mark,
    rank_scale,
    score_bar,
)
from observatory.i18n import Translator
from observatory.views import labels, links
from observatory.views.measures import Catalogue
from observatory.views.scorecard import words as scorecard_words
from observatory.views.scorecard.data import Ranked, Result
from observatory.views.scorecard.method import method
from observatory.views.scorecard.words import number

MARK, BAR = 292, 180


def card_id(economy: str) -> str:
    """Id of the card whose table holds what an economy's score is made of."""
    return f"score-{economy}"


def main(catalogue: Catalogue, result: Result) -> Card:
    """The ranked table, or what can be said without ranks."""
    t = catalogue.t
    title = scorecard_words.tiers_title(catalogue, result)
    if result.weightless:
        reason = t("No pillar and measure has any weight left, so there is nothing to add up.")
        return Card(
            id="ranks", title=title,
            empty=EmptyState(
                reason=reason, title=t("Nothing to weigh"), action_label=t("Back to the start"),
                action_href="/scorecard?preset=&w=",
            ),
        )  # fmt: skip
    rows = [*_blocks(catalogue, result)]
    body = h("div", _head(result, t), *rows, cls="s-table", role="table", aria_label=title)
    return Card(
        id="ranks",
        title=title,
        subtitle=scorecard_words.measured(result, t),
        body=join([body, _key(result, t)]),
        alt=_alt(catalogue, result),
        table=_table(catalogue, result),
        sources=result.sheet.sources,
        vintage=result.sheet.vintage,
        statuses=result.sheet.statuses,
        caveat=t(
            "Intervals show what other choices would do, not errors of the figures; missing values are left "
            "out, never zero. Seed {seed}, {n} draws.",
            seed=str(SEED), n=t.number(DRAWS),
        ),
        method=method(t),
        actions=("table", "method", "download", "link"),
    )  # fmt: skip


def _alt(catalogue: Catalogue, result: Result) -> str:
    """The table in words: tier by tier."""
    t, ranked = catalogue.t, result.ranked
    if ranked is None:
        return ""
    said = []
    for index, tier in enumerate(ranked.tiers):
        names = t.list([catalogue.name(result.economies[int(ranked.rows[k])]) for k in tier])
        said.append(t("Tier {n}: {names}", n=t.number(index + 1), names=names))
    return t.sentences(said)


def _head(result: Result, t: Translator) -> Safe:
    ranked = result.ranked
    names = [labels.pillar(pillar, t) for pillar in result.sheet.field.pillars]
    legend = h(
        "span",
        *(
            h("i", h("span", cls="sw", style=f"background:var(--pillar-{pillar})"), name)
            for pillar, name in zip(result.sheet.field.pillars, names, strict=True)
            if result.weights.pillars[result.sheet.field.pillars.index(pillar)] > 0
        ),
        cls="s-legend",
    )
    axis: Child = None
    if ranked is not None:
        axis = join(
            [
                h("span", t("Rank with your weights, and in the draws"), cls="s-cap"),
                svg(rank_scale(len(ranked.rows), palette("css"), t, width=MARK)),
            ]
        )
    return h(
        "div",
        _headcell(t("Rank") if ranked is not None else "", "k"),
        _headcell(t("Economy"), "e"),
        _headcell(t("Score"), "r p"),
        _headcell(t("90 % interval") if ranked is not None else "", "r q"),
        _headcell(axis, "m"),
        _headcell(join([h("span", t("What the score is made of"), cls="s-cap"), legend]), "c"),
        _headcell(t("Measures"), "r n"),
        cls="s-row s-head",
        role="row",
    )


def _headcell(child: Child, cls: str) -> Safe:
    return h("div", child, cls=cls, role="columnheader")


def _cell(child: Child, cls: str) -> Safe:
    return h("div", child, cls=cls, role="cell")


def _blocks(catalogue: Catalogue, result: Result) -> list[Safe]:
    t, ranked = catalogue.t, result.ranked
    out: list[Safe] = []
    if ranked is None:
        out += [_row(catalogue, result, row, None) for row in result.able_rows]
    else:
        for index, tier in enumerate(ranked.tiers):
            note = scorecard_words.tier_note(ranked, index, t)
            name = t("Tier {n}", n=t.number(index + 1))
            head = h(
                "div",
                h("div", h("b", name), h("span", note) if note else None, role="cell"),
                cls="s-tier", role="row",
            )  # fmt: skip
            rows = [_row(catalogue, result, int(ranked.rows[k]), k) for k in tier]
            out += [head, *rows]
    if result.unable_rows:
        head = h(
            "div", h("div", h("b", t("Listed, not ranked")), role="cell"), cls="s-tier", role="row"
        )
        out += [head, *(_unranked(catalogue, result, row) for row in result.unable_rows)]
    return out


def _economy(catalogue: Catalogue, economy: str) -> Safe:
    link = h("a", catalogue.name(economy), href=links.economy(economy), data_go=True, cls="quiet")
    return h("div", swatch(economy), link, cls="e", role="rowheader")


def _opens(shown: Child, economy: str, label: str, cls: str = "num") -> Safe:
    """A number that opens the table of what it is made of."""
    return h(
        "button", shown, cls=cls, type="button", data_act="table", data_card=card_id(economy),
        aria_label=label,
    )  # fmt: skip


def _row(catalogue: Catalogue, result: Result, row: int, k: int | None) -> Safe:
    t, economy = catalogue.t, result.economies[row]
    name = catalogue.name(economy)
    points = number(t, round(float(result.scores[row])))
    score = _opens(
        points, economy, t("{economy}: {points} points. Show what they are made of", economy=name, points=points)
    )  # fmt: skip
    have = t("{n} of {m}", n=number(t, int(result.n[row])), m=number(t, result.m))
    lacking = scorecard_words.missing_pillars(result, row, t)
    bar = svg(
        score_bar(
            parts_of(result, row, t),
            palette("css"),
            t,
            name=_bar_name(name, points, t),
            width=BAR,
            full=_full(result),
        )
    )
    mark: Child = None
    place: Child = None
    interval: Child = None
    ranked = result.ranked
    if ranked is not None and k is not None:
        found = _mark(ranked, k, economy, name)
        mark = svg(rank_mark(found, palette("css"), t, width=MARK))
        tied = int((ranked.place == ranked.place[k]).sum()) > 1
        shown = number(t, int(ranked.place[k]))
        place = h("span", t("{rank} =", rank=shown) if tied else shown, cls="serif")
        low, high = int(ranked.spread.low[k]), int(ranked.spread.high[k])
        interval = _range(low, high, t)
    return h(
        "div",
        _cell(place, "k"),
        _economy(catalogue, economy),
        _cell(score, "r p"),
        _cell(interval, "r q"),
        _cell(mark, "m"),
        _cell(bar, "c"),
        _cell(join([have, h("span", lacking, cls="sub2") if lacking else None]), "r n"),
        cls="s-row",
        role="row",
    )


def _range(low: int, high: int, t: Translator) -> str:
    return number(t, low) if low == high else f"{number(t, low)}–{number(t, high)}"


def _full(result: Result) -> float:
    """Points as wide as the bars: the highest score, rounded up, so that pieces can be told apart."""
    best = max((float(result.scores[row]) for row in result.able_rows), default=100.0)
    return min(100.0, 10.0 * math.ceil(max(best, 10.0) / 10))


def _bar_name(name: str, points: str, t: Translator) -> str:
    return t("What the {points} points of {economy} are made of", points=points, economy=name)


def _mark(ranked: Ranked, k: int, economy: str, name: str) -> RankMark:
    found = ranked.spread
    interval = RankInterval(
        economy, float(ranked.place[k]), float(found.low[k]), float(found.high[k]),
        float(found.best[k]), float(found.worst[k]), name,
    )  # fmt: skip
    return RankMark(interval, tuple(float(share) for share in found.chance[k]))


def parts_of(result: Result, row: int, t: Translator) -> list[Part]:
    """Contributions of the pillars to an economy's score."""
    sums = sc.pillar_sums(result.sheet.field, result.parts)[row]
    return [
        Part(pillar, labels.pillar(pillar, t), float(points))
        for pillar, points in zip(result.sheet.field.pillars, sums, strict=True)
    ]


def _unranked(catalogue: Catalogue, result: Result, row: int) -> Safe:
    t, economy = catalogue.t, result.economies[row]
    have = t("{n} of {m}", n=number(t, int(result.n[row])), m=number(t, result.m))
    what = t("{economy}: show its values", economy=catalogue.name(economy))
    return h(
        "div",
        _cell(h("span", "–", aria_hidden="true"), "k"),
        _economy(catalogue, economy),
        _cell(scorecard_words.not_ranked(catalogue, result, row), "why"),
        _cell(_opens(have, economy, what), "r n"),
        cls="s-row s-un",
        role="row",
    )


def _key(result: Result, t: Translator) -> Safe | None:
    if result.ranked is None:
        return None
    marks: Sequence[tuple[str, str]] = (
        ("dot", t("rank with your weights")),
        ("band", t("90 % of draws")),
        ("line", t("best and worst rank drawn")),
        ("bars", t("how often each rank was drawn")),
    )
    return h(
        "p", *(h("span", h("i", cls=f"s-k {kind}"), text) for kind, text in marks), cls="s-key"
    )


def _table(catalogue: Catalogue, result: Result) -> CardTable:
    """The same as rows: one an economy, chances of the first ranks among them."""
    t, ranked = catalogue.t, result.ranked
    rows = []
    order = [int(row) for row in ranked.rows] if ranked is not None else result.able_rows
    for k, row in enumerate(order):
        found = {
            "economy": catalogue.name(result.economies[row]),
            "economy_id": result.economies[row],
            "score": float(result.scores[row]),
            "n": int(result.n[row]),
            "m": result.m,
            "covered": float(result.covered[row]),
        }
        if ranked is not None:
            tier = next(i for i, group in enumerate(ranked.tiers, 1) if k in group)
            sp = ranked.spread
            found |= {
                "tier": tier, "rank": int(ranked.place[k]), "low": int(sp.low[k]), "high": int(sp.high[k]),
                "best": int(sp.best[k]), "worst": int(sp.worst[k]), "first": float(sp.chance[k, 0]),
                "three": float(sp.chance[k, :3].sum()),
            }  # fmt: skip
        rows.append(found)
    for row in result.unable_rows:
        rows.append(
            {
                "economy": catalogue.name(result.economies[row]),
                "economy_id": result.economies[row],
                "n": int(result.n[row]),
                "m": result.m,
                "covered": float(result.covered[row]),
            }
        )
    names = [
        "tier",
        "rank",
        "economy",
        "economy_id",
        "score",
        "low",
        "high",
        "best",
        "worst",
        "first",
        "three",
        "n",
        "m",
        "covered",
    ]
    frame = pd.DataFrame(rows, columns=names)

    def whole(value: object, _: object) -> str:
        return t.number(int(float(str(value))))

    columns = (
        Column("tier", t("Tier"), "right", whole),
        Column("rank", t("Rank"), "right", whole, opens=scorecard_words.parts_of),
        Column("economy", t("Economy"), strong=True),
        Column("score", t("Score"), "right", lambda value, _: t.number(value, 1), opens=scorecard_words.parts_of),
        Column("low", t("From rank (90 %)"), "right", whole),
        Column("high", t("To rank (90 %)"), "right", whole),
        Column("best", t("Best drawn"), "right", whole, phone=False),
        Column("worst", t("Worst drawn"), "right", whole, phone=False),
        Column("first", t("First in"), "right", lambda value, _: chance(value, t), phone=False),
        Column(
            "three", t("First three in"), "right", lambda value, _: chance(value, t), phone=False
        ),
        Column("n", t("Measures"), "right", whole),
        Column(
            "covered", t("Weight with values"), "right",
            lambda value, _: scorecard_words.of_weight(float(value), t),
        ),
    )  # fmt: skip
    return CardTable(frame, columns)
