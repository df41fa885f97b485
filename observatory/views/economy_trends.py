"""Which series of an economy are drawn over time, and how: the charts of its profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import pandas as pd

from observatory.analysis.cross_section import is_part_year, usable
from observatory.cards.card_model import Card, EmptyState
from observatory.cards.markup import Safe, h, join
from observatory.charts.figures_columns import time_bars
from observatory.charts.figures_time import time_lines
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.charts.series import off_scale, read_series
from observatory.i18n import Translator
from observatory.model.scope import SCOPE
from observatory.model.time import parse_period
from observatory.views import common, economy_trend_words, links, markers
from observatory.views.breaks import broken
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator
from observatory.views.series_breaks import marked, since_break

CHARTS = 3
EVENTS = 5
MIN_PERIODS = 4
PEERS = 4
MAX_AGE_DAYS = 3 * 366
WIDTH, HEIGHT = 402, 262


@dataclass(frozen=True, slots=True)
class Move:
    """The newest step of a series: from an earlier value to the last one."""

    item: Indicator
    old: float
    new: float
    old_period: str
    period: str
    months: int
    weight: float
    peak: float = 0.0
    peak_period: str = ""
    """The highest value before the step's start, and its period; empty if the step's values are higher."""


def step_of(item: Indicator, rows: pd.DataFrame) -> Move | None:
    """The newest step of one usable series, about a year wide for quarterly ones; else None."""
    rows = rows.sort_values(["period_end", "period"])
    if len(rows) < MIN_PERIODS:
        return None
    ends = pd.to_datetime(rows["period_end"])
    last = rows.iloc[-1]
    gap = (ends.iloc[-1] - ends.iloc[-2]).days
    earlier = rows[ends <= ends.iloc[-1] - pd.Timedelta(days=330)] if gap < 120 else rows.iloc[:-1]
    if earlier.empty:
        return None
    before = earlier.iloc[-1]
    old, new = float(before["value"]), float(last["value"])
    months = round((ends.iloc[-1] - pd.Timestamp(before["period_end"])).days / 30.44)
    past = rows[ends < pd.Timestamp(before["period_end"])]
    past = past[past["value"] > max(old, new)]
    top = past.sort_values("value").iloc[-1] if len(past) else None
    if item.row["unit"] == "percent" or "index" in clean(item.row["unit"]):
        weight = abs(new - old) / 25
    elif old > 0 and new > 0:
        weight = abs(log(new / old))
    else:
        weight = 1.0 if old != new else 0.0
    return Move(
        item,
        old,
        new,
        clean(before["period"]),
        clean(last["period"]),
        months,
        weight / max(months / 12, 0.5),
        0.0 if top is None else float(top["value"]),
        "" if top is None else clean(top["period"]),
    )


def choose(catalogue: Catalogue, economy: str, most: int = CHARTS) -> list[Move]:
    """The series that moved most lately, one a pillar first; context measures only as a last resort."""
    known = usable(catalogue.headline_series)
    newest = pd.to_datetime(known["period_end"]).max()
    # A step across a break is no change: it is neither told nor does it choose what is drawn.
    parted = broken(catalogue)
    found: list[Move] = []
    for key, rows in known[known["entity_id"] == economy].groupby("indicator_id"):
        item = catalogue.indicators[str(key)]
        # The largest of a year jumps with a single model: no trend.
        if clean(item.row["aggregation"]) == "max":
            continue
        move = step_of(item, since_break(rows.assign(breaks=rows["row_id"].isin(parted))))
        if move and (newest - pd.to_datetime(rows["period_end"]).max()).days <= MAX_AGE_DAYS:
            found.append(move)
    found.sort(key=lambda move: (move.item.pillar == "context", -move.weight, move.item.id))
    chosen: list[Move] = []
    for first in (True, False):
        # One of each pillar, then the others; breaks between usable values are looked up once more.
        for move in found:
            new = all(move.item.pillar != other.item.pillar for other in chosen)
            if len(chosen) < most and _other_measure(move, chosen) and (new or not first):
                rows = known[known["entity_id"] == economy]
                rows = rows[rows["indicator_id"] == move.item.id]
                whole = step_of(move.item, since_break(marked(catalogue, move.item, rows)))
                if whole is not None:
                    chosen.append(whole)
    return chosen


def _other_measure(move: Move, chosen: Sequence[Move]) -> bool:
    return all(move.item.row["measure_id"] != other.item.row["measure_id"] for other in chosen)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two publishers' series of one measure, and the newest period that both hold."""

    first: Indicator
    second: Indicator
    period: str
    ratio: float


def pair_of(catalogue: Catalogue, economy: str) -> Pair | None:
    """The measure on which two publishers differ most for this economy, if one is on file."""
    by_measure: dict[str, list[Indicator]] = {}
    for key in catalogue.headline_ids:
        item = catalogue.indicators[key]
        by_measure.setdefault(clean(item.row["measure_id"]), []).append(item)
    newest = pd.to_datetime(usable(catalogue.headline_series)["period_end"]).max()
    best: Pair | None = None
    for items in by_measure.values():
        if len(items) < 2:
            continue
        a, b = items[0], items[1]
        left, right = _values(catalogue, a, economy), _values(catalogue, b, economy)
        shared = sorted(set(left) & set(right))
        if not shared or min(len(left), len(right)) < 3 or max(len(left), len(right)) < MIN_PERIODS:
            continue
        period = shared[-1]
        if _end(period) < newest - pd.Timedelta(days=MAX_AGE_DAYS):
            continue
        one, two = left[period], right[period]
        ratio = max(one, two) / min(one, two) if min(one, two) > 0 else 0.0
        if ratio >= 1.05 and (
            best is None or (_end(period), ratio) > (_end(best.period), best.ratio)
        ):
            longer, shorter = (a, b) if len(left) >= len(right) else (b, a)
            best = Pair(longer, shorter, period, ratio)
    return best


def _end(period: str) -> pd.Timestamp:
    return pd.Timestamp(parse_period(period).end)


def _values(catalogue: Catalogue, item: Indicator, economy: str) -> dict[str, float]:
    series = catalogue.series(item.id)
    rows = usable(series[series["entity_id"] == economy])
    factor = _dollars(item)
    return {str(p): float(v) * factor for p, v in zip(rows["period"], rows["value"], strict=True)}


def _dollars(item: Indicator) -> float:
    """What a value is multiplied with to stand in whole units beside another publisher's."""
    unit = clean(item.row["unit"])
    return 1e9 if "billion" in unit else 1e6 if "million" in unit else 1.0


def trends(
    catalogue: Catalogue,
    economy: str,
    members: Sequence[str],
    theme: str,
    kinds: Sequence[str] = (),
) -> list[Card]:
    """Up to three chart cards; a last one says so in words where series are few."""
    pair = pair_of(catalogue, economy)
    moves = choose(catalogue, economy)
    if pair is not None:
        measure = pair.first.row["measure_id"]
        moves = [move for move in moves if move.item.row["measure_id"] != measure][: CHARTS - 1]
    cards = [_trend(catalogue, move, economy, members, theme, kinds) for move in moves]
    if pair is not None:
        cards.append(_pair_card(catalogue, pair, economy, theme))
    if len(cards) < CHARTS:
        cards.append(_few(catalogue, economy, len(cards)))
    return cards


def _few(catalogue: Catalogue, economy: str, drawn: int) -> Card:
    t = catalogue.t
    rows = usable(catalogue.headline_series)
    counts = rows[rows["entity_id"] == economy].groupby("indicator_id")["period"].nunique()
    short = [catalogue.indicators[str(key)].short for key, n in counts.items() if n < MIN_PERIODS][
        :6
    ]
    exists = t("On file with fewer periods: {names}.", names=t.list(short)) if short else ""
    title = t("No further series") if drawn else t("No series to draw")
    return Card(
        id=f"trend-none-{economy.lower()}",
        title=title,
        subtitle=t("Series of at least {n} recent periods", n=t.number(MIN_PERIODS)),
        empty=EmptyState(
            reason=t("A chart over time needs four periods of one publisher."),
            exists=exists,
            title=title,
        ),
    )


def _trend(
    catalogue: Catalogue,
    move: Move,
    economy: str,
    members: Sequence[str],
    theme: str,
    kinds: Sequence[str],
) -> Card:
    t = catalogue.t
    item = move.item
    frame = catalogue.series(item.id)
    frame = frame[(frame["status"] != "unchecked") & (frame["status"] != "superseded")]
    frame = marked(catalogue, item, frame)
    own = frame[frame["entity_id"] == economy]
    title = economy_trend_words.title(move, t)
    known = own[own["value"].notna()]
    bars = (
        clean(item.row["value_kind"]) == "count"
        and known["value"].max() < 100
        and clean(item.row["frequency"]) == "annual"
    )
    colours = palette("dark" if theme == "dark" else "light")
    measure = item.measure(t)
    lines: list[str] = []
    events = markers.choose(catalogue, None, (), ())
    if bars:
        shown = own
        spec = LineSpec(
            measure=measure, subjects=(economy,), width=WIDTH, height=HEIGHT, name=title
        )
        figure: Any = time_bars(own, spec, colours, t)
    else:
        peers, beyond = _peers(frame, economy, members)
        first = known["period_end"].min()
        shown = frame[frame["entity_id"].isin([economy, *peers])]
        shown = shown[pd.to_datetime(shown["period_end"]) >= pd.Timestamp(first)]
        step = clean(item.row["frequency"]) in ("half-yearly", "snapshot")
        spec = LineSpec(
            measure=measure,
            subjects=(economy,),
            step=step,
            width=WIDTH,
            height=HEIGHT,
            name=title,
            key=False,
        )
        span = markers.span_of(known)
        events = markers.choose(catalogue, span, (economy,), kinds, EVENTS, pillar=item.pillar)
        figure = time_lines(shown, spec, colours, t, events.frame if events else None)
        if beyond:
            names = t.list([catalogue.name(code) for code in beyond[:3]])
            lines.append(
                t.n(
                    "{names} is off this scale.",
                    "{names} are off this scale.",
                    len(beyond[:3]),
                    names=names,
                )
            )
    unit = t.data(clean(item.row["unit_label"]))
    # A currency's name with its basis stands in the measure's own name.
    named = (
        unit in ("", "count", "%")
        or unit.lower() in item.name.lower()
        or item.id == "ai_private_funding_cset_2021usd"
    )
    subject = item.name if named else t("{measure}, {unit}", measure=item.name, unit=unit)
    # A picture or a link leaves the page, so the card itself says whose series it is.
    subject = t.parts([catalogue.name(economy), subject])
    if bool(is_part_year(own).any()):
        lines.append(t("Hollow: part of a year."))
    return Card(
        id=f"trend-{item.id.replace('_', '-')}",
        title=title,
        subtitle=" ".join([subject, *(() if not lines else ("·", *lines))]),
        body=figure,
        alt=title,
        table=common.value_table(catalogue, item, shown[shown["value"].notna()]),
        sources=common.sources_of(catalogue, own),
        vintage=common.vintage_of(catalogue, own),
        statuses=common.statuses_of(known)[:2],
        caveat=common.caveat_line(item, t),
        method=common.method_text(item, t, (rule(t), markers.rule(t))),
        after=markers.below(events, t, *_more(t, item)),
        title_lines=2,
        height=HEIGHT,
    )


def rule(t: Translator) -> str:
    """How the charts of the profile are chosen."""
    return t(
        "Chosen by rule: of the headline series with at least four periods and a value of the last three years, "
        "those whose newest step was the largest, one of each pillar first."
    )


def _peers(
    frame: pd.DataFrame, economy: str, members: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Up to four peers near the economy's own level, and members that dwarf it."""
    rows = frame[frame["value"].notna() & frame["entity_id"].isin([*members, economy])]
    counts = rows.groupby("entity_id")["period"].nunique()
    kept = [str(code) for code, n in counts.items() if n >= 3]
    series = read_series(rows[rows["entity_id"].isin(kept)])
    beyond = off_scale(series, economy)
    lasts = rows.sort_values("period_end").groupby("entity_id")["value"].last()
    own = float(lasts.get(economy, 0.0))
    near = sorted(
        (code for code in kept if code not in beyond and code != economy),
        key=lambda code: (abs(float(lasts[code]) - own), code),
    )
    order = [code for code in SCOPE if code in beyond] + [
        code for code in beyond if code not in SCOPE
    ]
    return near[:PEERS], order


def _more(t: Translator, *items: Indicator) -> tuple[Safe, ...]:
    """Links to the pages of the measures drawn."""
    return tuple(
        h(
            "p",
            h(
                "a",
                t("All economies: {measure}", measure=item.short),
                href=links.indicator(item.id),
                data_go=True,
            ),
            cls="e-all",
        )
        for item in items
    )


def _pair_card(catalogue: Catalogue, pair: Pair, economy: str, theme: str) -> Card:
    """Two publishers' series of one measure: one as a line, the other as squares, never joined."""
    t = catalogue.t
    parts = []
    for item, name in ((pair.first, "line"), (pair.second, "loose")):
        rows = catalogue.series(item.id)
        rows = rows[
            (rows["entity_id"] == economy) & ~rows["status"].isin(("unchecked", "superseded"))
        ]
        rows = rows.assign(
            series_id=name,
            value=rows["value"] * _dollars(item),
            label=publisher(catalogue, item),
            economy_id=economy,
        )
        parts.append(rows)
    frame = pd.concat(parts)
    base = pair.first if _dollars(pair.first) == 1.0 else pair.second
    title = economy_trend_words.pair_title(pair, t)
    spec = LineSpec(
        measure=base.measure(t),
        subjects=(f"{economy}|line", f"{economy}|loose"),
        loose=(f"{economy}|loose",),
        width=WIDTH,
        height=HEIGHT,
        name=title,
    )
    figure = time_lines(frame, spec, palette("dark" if theme == "dark" else "light"), t)
    known = frame[frame["value"].notna()]
    names = {
        "first": publisher(catalogue, pair.first),
        "second": publisher(catalogue, pair.second),
    }
    units = [_unit_in_whole(item, t) for item in (pair.first, pair.second)]
    if units[0] == units[1]:
        subtitle = t(
            "{first} as a line, {second} as squares, {unit}. Different scope: never joined.",
            **names,
            unit=units[0],
        )
    else:
        subtitle = t(
            "{first} as a line ({first_unit}), {second} as squares ({second_unit}). "
            "Different scope: never joined.",
            **names,
            first_unit=units[0],
            second_unit=units[1],
        )
    return Card(
        id=f"pair-{pair.first.id.replace('_', '-')}",
        title=title,
        subtitle=t.parts([catalogue.name(economy), subtitle]),
        body=figure,
        alt=title,
        table=common.value_table(catalogue, base, known),
        sources=common.sources_of(catalogue, known),
        vintage=common.vintage_of(catalogue, known),
        statuses=common.statuses_of(known)[:2],
        caveat=common.caveat_line(pair.first, t),
        method=common.method_text(pair.first, t),
        after=join(_more(t, pair.first, pair.second)),
        title_lines=2,
        height=HEIGHT,
    )


def _unit_in_whole(item: Indicator, t: Translator) -> str:
    """The unit of an indicator's values once they are whole; a scaled one is its currency alone."""
    if _dollars(item) != 1.0 and clean(item.row["currency"]):
        return t.currency(clean(item.row["currency"]))
    return t.data(clean(item.row["unit_label"]))


def publisher(catalogue: Catalogue, item: Indicator) -> str:
    """A short name of an indicator's publisher for a line's end."""
    name = clean(item.row["publisher"])
    for mark in (" (", ",", ";", " via ", " / "):
        name = name.partition(mark)[0]
    return name.removeprefix("Stanford HAI ").strip() or item.short
