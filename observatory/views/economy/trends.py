"""How series of an economy are drawn over time: the charts of its profile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from observatory.analysis.cross_section import is_part_year
from observatory.cards.card_model import Card, EmptyState
from observatory.cards.markup import Safe, h, join
from observatory.charts.figures.columns import time_bars
from observatory.charts.figures.time import time_lines
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.charts.series import off_scale, read_series
from observatory.i18n import Translator
from observatory.model.scope import SCOPE
from observatory.views import common, links, markers
from observatory.views.economy import trend_words as economy_trend_words
from observatory.views.economy.moves import (
    CHARTS,
    MIN_PERIODS,
    Move,
    Pair,
    choose,
    dollars,
    pair_of,
)
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator
from observatory.views.series_breaks import marked

EVENTS = 3
PEERS = 4
WIDTH, HEIGHT = 402, 262


def trends(
    catalogue: Catalogue,
    economy: str,
    members: Sequence[str],
    theme: str,
    kinds: Sequence[str] = (),
) -> list[Card]:
    """Up to three chart cards; a last one says so in words where series are few."""
    # The same for all groups of peers.
    pair = catalogue.kept(("pair", economy), lambda: pair_of(catalogue, economy))
    moves = catalogue.kept(("moves", economy), lambda: choose(catalogue, economy))
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
    rows = catalogue.headline_usable
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


def _drawn(catalogue: Catalogue, item: Indicator) -> pd.DataFrame:
    """The series of all economies as lines over time show it, with its breaks."""
    frame = catalogue.series(item.id)
    frame = frame[(frame["status"] != "unchecked") & (frame["status"] != "superseded")]
    return marked(catalogue, item, frame)


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
    frame = catalogue.kept(f"drawn {item.id}", lambda: _drawn(catalogue, item))
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
    unit = item.unit_shown(t)
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
        still=WIDTH,
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
            value=rows["value"] * dollars(item),
            label=publisher(catalogue, item),
            economy_id=economy,
        )
        parts.append(rows)
    frame = pd.concat(parts)
    base = pair.first if dollars(pair.first) == 1.0 else pair.second
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
    units = [item.unit_shown(t) for item in (pair.first, pair.second)]
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
        still=WIDTH,
    )


def publisher(catalogue: Catalogue, item: Indicator) -> str:
    """A short name of an indicator's publisher for a line's end."""
    name = clean(item.row["publisher"])
    for mark in (" (", ",", ";", " via ", " / "):
        name = name.partition(mark)[0]
    return name.removeprefix("Stanford HAI ").strip() or item.short
