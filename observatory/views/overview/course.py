"""The measure over time, one small panel an economy on shared axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from observatory.analysis.at_period import Course, course
from observatory.analysis.cross_section import usable
from observatory.cards.card_model import Card, EmptyState
from observatory.cards.markup import Safe, h, join, svg
from observatory.charts.palette import palette
from observatory.charts.svg.elements import table_of
from observatory.charts.svg.multiples import MultiplesSpec, multiples
from observatory.views import breaks, common, links, markers
from observatory.views.labels import clean, sentence
from observatory.views.overview import against as overview_against
from observatory.views.overview import tiles as overview_map
from observatory.views.overview import words as overview_words
from observatory.views.overview.choice import NO_REFERENCE
from observatory.views.overview.cover import Missing, short_reason
from observatory.views.overview.data import Picture

WIDE, NARROW = 1280.0, 358.0
CARD = "course"
LOG_FROM = 20.0
"""Highest over lowest of the newest values from which a plain scale would hide most economies."""
LOG_OFFERED = 10.0
_MOST_EMPTY = 4


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


def has_course(picture: Picture) -> bool:
    """Whether there is anything to draw over time."""
    return periods(picture) > 1


def found_course(picture: Picture) -> Course | None:
    """The change between two periods that most members hold, after the last break of each line."""
    rows = usable(picture.field.marked)
    rows = rows[rows["entity_id"].isin(list(picture.members))]
    if picture.flow and picture.period is not None:
        rows = rows[rows["period"].isin({step.period for step in picture.play})]
    # Values that cover stretches of their own are not followed.
    rows = rows[rows["span"].fillna("").astype(str) == ""]
    rows = rows.sort_values(["entity_id", "period_end", "period"], kind="stable")
    passed = rows.groupby("entity_id")["breaks"].cumsum()
    last = rows.groupby("entity_id")["breaks"].transform("sum")
    return course(rows[passed == last], picture.members)


def course_card(picture: Picture, gone: tuple[Missing, ...], kinds: Sequence[str] = ()) -> Card:
    """Small multiples of the members, those with the highest place first; ``kinds`` of events."""
    t, catalogue, item = picture.t, picture.catalogue, picture.item
    if not has_course(picture):
        return _too_short(picture)
    frame = _frame(picture, gone)
    shown = frame[frame["value"].notna()]
    have = set(shown["entity_id"])
    ranked = [str(code) for code in picture.section.frame["entity_id"]]
    order = [*ranked, *(code for code in picture.members if code not in ranked)]
    empty = [code for code in order if code not in have]
    # A few empty panels show what is not known; many would hide what is.
    if len(empty) > _MOST_EMPTY:
        order = [code for code in order if code in have]
    code = picture.choice.reference
    title = sentence(overview_words.course_title(picture, found_course(picture)))
    spec = MultiplesSpec(
        measure=picture.measure,
        panels=tuple(order),
        width=WIDE,
        log=is_log(picture),
        context=picture.comparable,
        reference=code if code != NO_REFERENCE and overview_against.measurable(picture) else "",
        markers=False,
        name=title,
    )
    css = palette("css")
    narrow = replace(spec, width=NARROW, height=84)
    found = markers.choose(catalogue, markers.span_of(shown), order, kinds, pillar=item.pillar)
    events = found.frame if found else None
    return Card(
        id=CARD,
        title=title,
        subtitle=overview_words.subtitle_over_time(picture),
        body=join(
            [
                h("div", svg(multiples(frame, spec, css, t, events)), cls="on-wide"),
                h("div", svg(multiples(frame, narrow, css, t, events)), cls="on-phone"),
            ]
        ),
        alt=title,
        table=overview_map.value_table(picture, shown.assign(row_id=shown["own_row_id"])),
        **common.evidence(catalogue, shown),
        caveat=common.caveat_line(item, t),
        after=markers.below(found, t, _why_broken(picture, shown)),
        method=common.method_text(
            item, t,
            [
                t("One scale for all panels; grey lines are the other economies of the group."),
                t("A line is broken where a period is missing, where another body or another edition made the "
                  "figure, where a count or amount covers another length of time, and where editors recorded that "
                  "values on both sides do not compare."),
                t("A scale is logarithmic from the start where the newest values are more than {n} times apart.",
                  n=t.number(LOG_FROM)),
                markers.rule(t),
            ],
        ),
    )  # fmt: skip


def _why_broken(picture: Picture, shown: pd.DataFrame) -> Safe | None:
    """Where lines break and why; None where none does."""
    t, catalogue = picture.t, picture.catalogue
    lines = breaks.reasons(shown, catalogue.name, t)
    if not lines:
        return None
    head = t("Two strokes mark where a line is broken: values on both sides do not compare.")
    return h("div", h("p", head), h("ul", *lines), cls="o-breaks")


def _frame(picture: Picture, gone: tuple[Missing, ...]) -> pd.DataFrame:
    """Rows of the members and the reference for the drawing; a row without a value says why."""
    t, catalogue = picture.t, picture.catalogue
    wanted = [*picture.members, picture.choice.reference]
    rows = picture.field.marked
    rows = rows[rows["entity_id"].isin(wanted)]
    rows = rows[~rows["is_forecast"] & (rows["status"] != "unchecked")]
    if picture.flow and picture.period is not None:
        rows = rows[rows["period"].isin({step.period for step in picture.play})]
    frame = rows.assign(
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
                "absent": reasons.get(code, t("not on file")),
                "breaks": False,
                "break_why": "",
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
