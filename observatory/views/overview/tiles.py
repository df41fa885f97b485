"""The tile map of a measure in any of its periods, on one colour scale for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from observatory.analysis.cross_section import CrossSection
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join, svg
from observatory.cards.words import status_label
from observatory.charts.palette import palette
from observatory.charts.svg.elements import table_of
from observatory.charts.svg.tiles import TileSpec, tile_map
from observatory.model.scope import SCOPE
from observatory.views import common, links
from observatory.views.labels import clean
from observatory.views.measures import Catalogue
from observatory.views.overview import words as overview_words
from observatory.views.overview.cover import Missing, missing, short_reason
from observatory.views.overview.data import Picture, denominator

WIDE, NARROW = 700.0, 358.0
CARD = "tiles"


def tiles(picture: Picture, section: CrossSection, gone: tuple[Missing, ...]) -> pd.DataFrame:
    """One row a tile: the members' values, or the reason why there is none."""
    t, catalogue = picture.t, picture.catalogue
    rows = section.frame.set_index("entity_id").to_dict("index")
    reasons = {one.economy: short_reason(one, picture.per, t) for one in gone}
    before = _changes(picture, section)
    out: list[dict[str, object]] = []
    for economy in (code for code in SCOPE if code in catalogue.economies):
        home = catalogue.economies[economy]
        row = rows.get(economy)
        # Each economy's own period stands on its tile; else the change since the one before.
        period = "" if row is None or section.period else t.period(clean(row["period"]))
        absent = reasons.get(economy, t("not on file"))
        if economy not in picture.members:
            absent = t("not in this group")
        row_id = "" if row is None else table_of(CARD) if picture.per else clean(row["row_id"])
        out.append(
            {
                "entity_id": economy,
                "label": home["name"],
                "map_row": home["map_row"],
                "map_col": home["map_col"],
                "value": None if row is None else row["value"],
                "row_id": row_id,
                "change": period or before.get(economy, ""),
                "href": links.economy(economy),
                "absent": absent,
            }
        )
    return pd.DataFrame(out)


def _changes(picture: Picture, section: CrossSection) -> dict[str, str]:
    """Change since the period before, of economies whose newest step ends in this one."""
    if section.period is None or picture.per or not picture.comparable:
        return {}
    t, item = picture.t, picture.item
    now = dict(zip(section.frame["entity_id"], section.frame["row_id"], strict=True))
    before = _before(picture)
    found: dict[str, str] = {}
    moved: dict[str, float] = {}
    for economy, (row_id, old_period, change, ratio) in picture.field.newest_steps.items():
        if now.get(economy) != row_id or old_period != before:
            continue
        if picture.flow:
            # A change of a count says little without its size.
            if ratio is not None and ratio < 10:
                found[economy] = t.signed_percent(float(f"{(ratio - 1) * 100:.2g}"))
            continue
        moved[economy] = change
    measure = item.measure(t).among(moved.values(), t)
    for economy, change in moved.items():
        found[economy] = ("+" if change > 0 else "") + measure.bare(change, t)
    return found


def _before(picture: Picture) -> str:
    """The period before the newest one that can be played."""
    return picture.play[-2].period if len(picture.play) > 1 else ""


def drawing(picture: Picture, section: CrossSection, width: float) -> str:
    """The tile map as SVG; ``section`` may be of another period than the picture's."""
    t = picture.t
    gone = missing(picture) if section is picture.section else _missing_at(picture, section)
    frame = tiles(picture, section, gone)
    spec = TileSpec(
        measure=picture.measure,
        breaks=picture.limits,
        legend=overview_words.unit_line(picture),
        note=t("Small figure: change since {period}", period=t.period(_before(picture)))
        if section.period and frame["change"].astype(bool).any()
        else "",
        width=width,
        name=title(picture, section),
    )
    return tile_map(frame, spec, palette("css"), t)


def _missing_at(picture: Picture, section: CrossSection) -> tuple[Missing, ...]:
    return missing(replace(picture, section=section))


def title(picture: Picture, section: CrossSection) -> str:
    """The finding of a period."""
    ranked = section.ranked and picture.comparable
    return overview_words.finding(picture, section, ranked=ranked)


def map_card(picture: Picture) -> Card:
    """The map with its finding, table and sources."""
    t, catalogue, item = picture.t, picture.catalogue, picture.item
    section = picture.section
    said = title(picture, section)
    body: Safe | None = None
    if section.n:
        body = join(
            [
                h("div", svg(drawing(picture, section, WIDE)), cls="on-wide"),
                h("div", svg(drawing(picture, section, NARROW)), cls="on-phone"),
            ]
        )
    frame = section.frame
    return Card(
        id=CARD,
        title=said,
        subtitle=overview_words.subtitle(picture, section.period),
        body=body,
        alt=said,
        table=value_table(picture, frame),
        sources=common.sources_of(catalogue, frame) if len(frame) else (),
        vintage=common.vintage_of(catalogue, frame) if len(frame) else "",
        statuses=common.statuses_of(frame),
        caveat=common.caveat_line(item, t),
        method=method(picture),
        empty=None if section.n else _empty(picture),
        native="shapes",
    )


def method(picture: Picture) -> Safe:
    """Definition and cautions, and how the map and the values are made."""
    t = picture.t
    extra = [
        t(
            "Colours have the same limits in every period, so that they can be compared while it plays."
        ),
        t("Equal tiles in rough geography: economies are statistical areas, no borders are drawn."),
    ]
    if picture.per:
        base = picture.catalogue.indicators[denominator(picture.per)].name
        extra.append(
            t("Divided by {base} of the value's year, else of the newest year before it, at most five "
              "years older; the table marks those.", base=base)
        )  # fmt: skip
    return common.method_text(picture.item, t, extra)


def _empty(picture: Picture) -> EmptyState:
    t = picture.t
    gone = missing(picture)
    days = [one.day for one in gone if one.day is not None]
    if days and not any(one.why not in ("not_by_then", "not_measured") for one in gone):
        return EmptyState(
            title=picture.item.short,
            reason=t(
                "Not known by then; the first value became known on {day}.", day=t.date(min(days))
            ),
        )
    others = sorted({step.period for step in picture.steps})
    exists = ""
    if others:
        exists = t("On file for other economies or periods: {first} to {last}.",
                   first=t.period(picture.steps[0].period), last=t.period(picture.steps[-1].period))  # fmt: skip
    return EmptyState(
        title=picture.item.short,
        reason=t("No economy of this group has a figure."),
        exists=exists,
    )


def value_table(picture: Picture, frame: pd.DataFrame) -> CardTable:
    """Values with receipts; divided values with both numbers they are made of."""
    catalogue = picture.catalogue
    named = frame.assign(label=[catalogue.name(str(code)) for code in frame["entity_id"]])
    if not picture.per:
        return common.value_table(catalogue, picture.item, named)
    return _relative_table(catalogue, picture, named)


def _relative_table(catalogue: Catalogue, picture: Picture, frame: pd.DataFrame) -> CardTable:
    t, item = picture.t, picture.item
    base = catalogue.indicators[denominator(picture.per)]

    def show_relative(value: Any, row: Mapping[str, Any]) -> str:
        return picture.measure.bare(float(value), t)

    def show_own(value: Any, row: Mapping[str, Any]) -> str:
        return item.value(float(value), t)

    def show_base(value: Any, row: Mapping[str, Any]) -> str:
        return base.value(float(value), t)

    def show_age(value: Any, row: Mapping[str, Any]) -> str:
        when = t.period(clean(value))
        age = int(row["base_age"])
        if not age:
            return when
        return t.n("{period}, {n} year older", "{period}, {n} years older", age, period=when)

    head = (
        t("Per million people")
        if picture.per == "population"
        else t("Per billion US dollars of GDP")
    )
    return CardTable(
        frame.reset_index(drop=True),
        (
            Column("label", t("Economy"), strong=True),
            Column("period", t("Period"), show=lambda value, row: t.period(clean(value))),
            Column("value", head, "right", show_relative),
            Column("own_value", item.short, "right", show_own, row_id="row_id"),
            Column("base_value", base.short, "right", show_base, row_id="base_row_id"),
            Column("base_period", t("Year of the base"), show=show_age),
            Column("status", t("Status"), show=lambda value, row: status_label(clean(value), t), phone=False),
        ),
    )  # fmt: skip


def frames(picture: Picture, *, narrow: bool) -> list[dict[str, str]]:
    """The map of each period that can be played: drawing, finding, subtitle."""
    found: list[dict[str, str]] = []
    for step in picture.play:
        same = step.period == picture.period
        section = picture.section if same else picture.at(step.period)
        found.append(
            {
                "period": step.period,
                "svg": drawing(picture, section, NARROW if narrow else WIDE),
                "title": title(picture, section),
                "sub": overview_words.subtitle(picture, step.period),
            }
        )
    return found
