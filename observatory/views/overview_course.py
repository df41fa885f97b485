"""The measure over time, one small panel an economy on shared axes."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from observatory.analysis import comparable
from observatory.analysis.at_period import Course, course
from observatory.cards.card_model import Card, EmptyState
from observatory.cards.markup import h, join, svg
from observatory.charts.palette import palette
from observatory.charts.svg import table_of
from observatory.charts.svg_multiples import MultiplesSpec, multiples
from observatory.views import common, links, overview_map, overview_words
from observatory.views.labels import clean, sentence
from observatory.views.overview_cover import Missing, short_reason
from observatory.views.overview_data import NO_REFERENCE, Picture

WIDE, NARROW = 1280.0, 358.0
CARD = "course"
LOG_FROM = 50.0
"""Highest over lowest of the newest values from which a plain scale would hide most economies."""
LOG_OFFERED = 10.0


def spread(picture: Picture) -> float:
    """Highest over lowest value above zero of the members' newest values; 1 without two."""
    rows = picture.rows[picture.rows["entity_id"].isin(list(picture.members))]
    newest = rows.sort_values(["period_end", "period"]).groupby("entity_id")["value"].last()
    above = newest[newest > 0]
    return float(above.max() / above.min()) if len(above) > 1 else 1.0


def log_offered(picture: Picture) -> bool:
    """Whether a logarithmic scale is a choice: counts and amounts far apart."""
    return picture.flow and spread(picture) >= LOG_OFFERED


def is_log(picture: Picture) -> bool:
    """The reader's choice, else by how far apart the values are."""
    if not log_offered(picture):
        return False
    return spread(picture) >= LOG_FROM if picture.choice.log is None else picture.choice.log


def periods(picture: Picture) -> int:
    """How many periods the members' usable values span."""
    rows = picture.rows[picture.rows["entity_id"].isin(list(picture.members))]
    return int(rows["period"].nunique())


def found_course(picture: Picture) -> Course | None:
    """The change between two periods that most members hold, where levels may be compared."""
    if not comparable.over_time(picture.caveats):
        return None
    rows = picture.rows
    if picture.flow and picture.period is not None:
        kept = {step.period for step in picture.play}
        rows = rows[rows["period"].isin(kept)]
    # Values that cover stretches of their own are not followed.
    rows = rows[rows["span"].fillna("").astype(str) == ""]
    broken = comparable.starts(rows, picture.origins, flow=picture.flow)
    cut = set(rows.loc[broken, "entity_id"])
    members = [code for code in picture.members if code not in cut]
    return course(rows, members)


def course_card(picture: Picture, gone: tuple[Missing, ...]) -> Card:
    """Small multiples of the members, those with the highest place first."""
    t, catalogue, item = picture.t, picture.catalogue, picture.item
    if periods(picture) < 2:
        return _too_short(picture)
    frame = _frame(picture, gone)
    ranked = [str(code) for code in picture.section.frame["entity_id"]]
    order = (*ranked, *(code for code in picture.members if code not in ranked))
    code = picture.choice.reference
    title = sentence(overview_words.course_title(picture, found_course(picture)))
    spec = MultiplesSpec(
        measure=picture.measure,
        panels=order,
        width=WIDE,
        log=is_log(picture),
        reference=code if code != NO_REFERENCE and overview_words.measurable(picture) else "",
        name=title,
    )
    css = palette("css")
    narrow = replace(spec, width=NARROW, height=84)
    shown = frame[frame["value"].notna()]
    breaks = bool(frame["breaks"].any())
    return Card(
        id=CARD,
        title=title,
        subtitle=overview_words.subtitle_over_time(picture),
        body=join(
            [
                h("div", svg(multiples(frame, spec, css, t)), cls="on-wide"),
                h("div", svg(multiples(frame, narrow, css, t)), cls="on-phone"),
            ]
        ),
        alt=title,
        table=overview_map.value_table(picture, shown.assign(row_id=shown["own_row_id"])),
        sources=common.sources_of(catalogue, shown),
        vintage=common.vintage_of(catalogue, shown),
        statuses=common.statuses_of(shown),
        caveat=t.sentences(
            [
                common.caveat_line(item, t),
                t("The line breaks where the maker of the figure or the stretch of time it covers changes")
                if breaks
                else "",
            ]
        ),
        method=common.method_text(
            item, t,
            [
                t("One scale for all panels; grey lines are the other economies of the group."),
                t("A line is broken where a period is missing, where another body made the figure, and where a "
                  "count or amount covers another length of time. Editions with another method are measures of "
                  "their own and never share a line."),
                t("A scale is logarithmic from the start where the newest values are more than {n} times apart.",
                  n=t.number(LOG_FROM)),
            ],
        ),
    )  # fmt: skip


def _frame(picture: Picture, gone: tuple[Missing, ...]) -> pd.DataFrame:
    """Rows of the members and the reference for the drawing; a row without a value says why."""
    t, catalogue = picture.t, picture.catalogue
    wanted = [*picture.members, picture.choice.reference]
    rows = picture.series[picture.series["entity_id"].isin(wanted)]
    rows = rows[~rows["is_forecast"] & (rows["status"] != "unchecked")]
    if picture.flow and picture.period is not None:
        rows = rows[rows["period"].isin({step.period for step in picture.play})]
    joined = comparable.over_time(picture.caveats)
    frame = rows.assign(
        breaks=comparable.starts(rows, picture.origins, flow=picture.flow, joined=joined),
        href=[links.economy(str(code)) for code in rows["entity_id"]],
        own_row_id=rows["row_id"],
        absent="",
    )
    if picture.per:
        frame = frame.assign(row_id=table_of(CARD))
    have = set(frame.loc[frame["value"].notna(), "entity_id"])
    reasons = {one.economy: short_reason(one, picture.per, t) for one in gone}
    empty = pd.DataFrame(
        [
            {
                "entity_id": code,
                "economy_id": code,
                "label": catalogue.name(code),
                "period": "",
                "href": links.economy(code),
                "absent": reasons.get(code, t("not measured")),
                "breaks": False,
            }
            for code in picture.members
            if code not in have
        ]
    )
    return pd.concat([frame, empty], ignore_index=True) if len(empty) else frame


def _too_short(picture: Picture) -> Card:
    t, item = picture.t, picture.item
    found = [clean(period) for period in picture.section.frame["period"].unique()]
    if len(found) == 1:
        reason = t("Only {period} is on file for this measure: there is no course over time to draw.",
                   period=t.period(found[0]))  # fmt: skip
    else:
        reason = t("There are not two periods of this measure to draw.")
    return Card(
        id=CARD,
        title=t("{measure} over time", measure=item.short),
        subtitle=overview_words.subtitle_over_time(picture),
        empty=EmptyState(title=t("No course over time"), reason=reason),
    )
