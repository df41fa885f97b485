"""Marks of the scorecard: chance of each rank, and what a score is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from observatory.charts.palette import Palette
from observatory.charts.scales import Linear
from observatory.charts.svg import elements as svg

if TYPE_CHECKING:
    from observatory.i18n import Translator

SIDE = 12.0
"""Room left and right of the first and last rank, in px."""
LEAST = 0.01
"""Rarer ranks have no bar: the thin line reaches them."""


@dataclass(frozen=True, slots=True)
class RankInterval:
    """Ranks of one economy over many draws, 1 for the best: 90 % band, extremes, own weights."""

    economy_id: str
    rank: float
    low: float
    high: float
    best: float
    worst: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class RankMark:
    """A rank, its interval, and ``chance``: the share of draws of each rank, from the first on."""

    interval: RankInterval
    chance: tuple[float, ...]


def rank_mark(
    mark: RankMark, colours: Palette, t: Translator, *, width: float = 300, height: float = 40
) -> str:
    """Draw the interval of a rank with a bar for the chance of each rank above it.

    Bars share one scale in all rows: full height is every draw. Hairlines stand at every rank.
    """
    row, ranks = mark.interval, len(mark.chance)
    x = Linear(1, max(ranks, 2), SIDE, width - SIDE)
    step = (x(2) - x(1)) if ranks > 1 else width / 2
    y, base, room = height - 10, height - 18, height - 20
    colour = colours.economy(row.economy_id)
    parts = [svg.line(x(rank), 0, x(rank), height, colours["hair"]) for rank in range(1, ranks + 1)]
    thick = min(step * 0.6, 16.0)
    for rank, share in enumerate(mark.chance, 1):
        if share >= LEAST:
            tall = max(share * room, 1)
            said = _said(t, rank, round(share, 3))
            bar = svg.tag(
                "rect", x=x(rank) - thick / 2, y=base - tall, width=thick, height=tall, rx=1,
                fill=colour, fill_opacity=0.3,
            )  # fmt: skip
            parts.append(svg.tag("g", svg.title(said), bar))
    parts += [
        svg.line(x(row.best), y, x(row.worst), y, colours["ctx2"], 1.5),
        svg.tag(
            "rect", x=x(row.low) - 5, y=y - 5, width=x(row.high) - x(row.low) + 10, height=10, rx=5,
            fill=colour, fill_opacity=0.38,
        ),
        svg.dot(x(row.rank), y, 6, colour, colours["bg"], 1.5),
    ]  # fmt: skip
    name = t(
        "{name}: rank {rank}; {low} to {high} in 90 % of draws; {best} to {worst} in all",
        name=row.label or row.economy_id,
        rank=_place(t, row.rank),
        low=_place(t, row.low),
        high=_place(t, row.high),
        best=_place(t, row.best),
        worst=_place(t, row.worst),
    )
    return svg.document(width, height, *parts, name=name, lang=t.html_lang, fixed=True)


@lru_cache(maxsize=4096)
def _said(t: Translator, rank: int, share: float) -> str:
    """Words of one bar; kept, since numbers are slow to format and recur."""
    return t("rank {rank}: {share} of draws", rank=t.number(rank), share=chance(share, t))


@lru_cache(maxsize=256)
def _place(t: Translator, rank: float) -> str:
    return t.number(rank)


def rank_scale(ranks: int, colours: Palette, t: Translator, *, width: float = 300) -> str:
    """Draw the numbers 1 to `ranks` above the marks; every fifth where they would touch."""
    x = Linear(1, max(ranks, 2), SIDE, width - SIDE)
    close = ranks > 1 and x(2) - x(1) < 17
    shown = [r for r in range(1, ranks + 1) if not close or r == 1 or r % 5 == 0]
    parts = [svg.words(x(r), 13, _place(t, r), colours["ink3"], 12, anchor="middle") for r in shown]
    name = t("Ranks from 1 to {n}", n=_place(t, ranks))
    return svg.document(width, 18, *parts, name=name, lang=t.html_lang, fixed=True)


def chance(share: float, t: Translator) -> str:
    """A share of draws in percent without false precision: never 0 or 100 unless it is."""
    if 0 < share < 0.005:
        return t("under {share}", share=t.percent(1, 0))
    if 0.995 <= share < 1:
        return t("over {share}", share=t.percent(99, 0))
    return t.percent(share * 100, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a score: pillar id, its name, points it adds."""

    pillar: str
    name: str
    points: float


@lru_cache(maxsize=4096)
def _points(t: Translator, name: str, points: float) -> str:
    return t("{pillar}: {points} points", pillar=name, points=t.number(points, 1))


def score_bar(
    parts: Sequence[Part],
    colours: Palette,
    t: Translator,
    *,
    name: str,
    width: float = 220,
    height: float = 16,
    full: float = 100,
) -> str:
    """Draw what a score is made of: pieces end to end, `full` points as wide as the drawing."""
    drawn = [svg.line(0, height, width, height, colours["hair"])]
    left = 0.0
    for part in parts:
        wide = max(part.points, 0.0) / full * width
        if wide <= 0:
            continue
        said = _points(t, part.name, round(part.points, 1))
        piece = svg.tag(
            "rect", x=left, y=0, width=max(wide - 1, 0.5), height=height,
            fill=colours.pillar(part.pillar),
        )  # fmt: skip
        drawn.append(svg.tag("g", svg.title(said), piece))
        left += wide
    return svg.document(width, height, *drawn, name=name, lang=t.html_lang, fixed=True)
