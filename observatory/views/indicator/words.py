"""The page of one measure in words: findings, what is measured, why a line breaks."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from observatory.analysis import at_period, comparable
from observatory.analysis.cross_section import CrossSection, usable
from observatory.cards.markup import Safe, h
from observatory.db.frames import records
from observatory.model.scope import MIN_RANKED
from observatory.views import breaks as break_words
from observatory.views.indicator.data import Subject
from observatory.views.labels import clean
from observatory.views.overview import words as overview_words


def subtitle(subject: Subject, period: str | None) -> str:
    """What is measured, in which unit, divided by what, when."""
    t = subject.t
    if subject.picture is not None and subject.choice.per:
        if period is None:
            return overview_words.subtitle_over_time(subject.picture)
        return overview_words.subtitle(subject.picture, period)
    unit = subject.item.unit_shown(t)
    name = subject.item.name
    shown = unit if unit not in ("", "count") and unit.lower() not in name.lower() else ""
    when = t.period(period) if period else ""
    return t.parts([name, shown, when])


def cross_title(subject: Subject) -> str:
    """Who is first in the comparison; the values themselves where there are few."""
    picture, section = subject.picture, subject.section
    if 0 < section.n < MIN_RANKED:
        return _few_title(subject, section)
    if not section.n:
        return _planned_title(subject)
    if clean(subject.item.row["value_kind"]) == "rank":
        return _places_title(subject, section)
    if picture is not None:
        return overview_words.finding(picture, section, ranked=picture.ranked)
    return _companies_title(subject, section)


def _few_title(subject: Subject, section: CrossSection) -> str:
    """Fewer than five: each with its value, in the house order, nobody first."""
    t, item = subject.t, subject.item
    rows = {str(row["entity_id"]): row for row in records(section.frame)}
    order = sorted(rows, key=subject.entities.index)
    several = section.period is None and section.frame["period"].nunique() > 1
    said = []
    for entity in order:
        words = {
            "name": subject.name(entity),
            "value": subject.measure.full(float(rows[entity]["value"]), t),
            "period": t.period(clean(rows[entity]["period"])),
        }
        said.append(
            t("{name} {value} ({period})", **words) if several else t("{name} {value}", **words)
        )
    return t("{measure}: {items}", measure=item.short, items=t.list(said))


def _planned_title(subject: Subject) -> str:
    """Only plans or forecasts, or nothing at all."""
    t, item = subject.t, subject.item
    rows = subject.values[subject.values["value"].notna()]
    planned = rows[rows["is_forecast"]]
    if planned.empty:
        return t("{measure}: no value that can be compared", measure=item.short)
    last = planned.sort_values("period_end").iloc[-1]
    return t(
        "{measure}: {value} for {period} in a plan or forecast, {name}",
        measure=item.short, value=subject.measure.full(float(last["value"]), t),
        period=t.period(clean(last["period"])), name=subject.name(str(last["entity_id"])),
    )  # fmt: skip


def _places_title(subject: Subject, section: CrossSection) -> str:
    """Places in somebody else's ranking: who stands highest there."""
    t, item = subject.t, subject.item
    first, second = section.frame.iloc[0], section.frame.iloc[1]
    return t(
        "{measure}: {leader} stands highest at {place}, then {second} at {other}",
        measure=item.short, leader=subject.say(str(first["entity_id"])),
        place=item.value(float(first["value"]), t), second=subject.say(str(second["entity_id"])),
        other=item.value(float(second["value"]), t),
    )  # fmt: skip


def _companies_title(subject: Subject, section: CrossSection) -> str:
    t, item = subject.t, subject.item
    first = section.frame.iloc[0]
    words = {
        "measure": item.short,
        "name": subject.name(str(first["entity_id"])),
        "value": item.value(float(first["value"]), t),
        "n": t.number(section.n),
        "period": t.period(clean(first["period"])),
    }
    if section.period is None and section.frame["period"].nunique() > 1:
        # Values of different periods: nobody is first.
        return t("{measure}: latest values of {n} companies", **words)
    if int((section.frame["value"] == first["value"]).sum()) > 1:
        return t(
            "{measure}: several of {n} companies share the first place with {value} in {period}",
            **words,
        )
    if item.higher_is_better is False:
        return t("{measure}: {name} has the lowest of {n} with {value} in {period}", **words)
    return t("{measure}: {name} has the highest of {n} with {value} in {period}", **words)


def of_period(subject: Subject, period: str | None) -> str:
    """Which period a title speaks of that does not say so itself."""
    t = subject.t
    return (
        t("The comparison in the title is of {period}.", period=t.period(period)) if period else ""
    )


def since_break(rows: pd.DataFrame) -> pd.DataFrame:
    """Of each entity the values from its last break on: those that compare with one another."""
    kept = []
    ordered = rows.sort_values(["period_end", "period"], kind="stable")
    for _, own in ordered.groupby("entity_id", sort=False):
        kept.append(own[own["breaks"].astype(int).cumsum() == int(own["breaks"].sum())])
    return pd.concat(kept) if kept else rows


def course_title(subject: Subject) -> tuple[str, str | None]:
    """How many rose and who most between two periods that compare; else who is first, and when.

    The second part is the period that the title speaks of, where it does not say so itself.
    """
    rows = usable(subject.values)
    if subject.picture is not None and len(rows) and _has_course(subject):
        joined = since_break(rows)
        last = str(subject.steps[-1].period) if subject.steps else None
        found = at_period.course(joined, subject.members, last)
        found = found or at_period.course(joined, subject.members)
        if found is not None:
            return overview_words.course_title(subject.picture, found), None
    elif subject.picture is None and (said := _one_course(subject, rows)):
        return said, None
    return cross_title(subject), None if subject.of_organisations else subject.section.period


def _has_course(subject: Subject) -> bool:
    """Whether a rise means something: not of places in a ranking, nor of rates of change in multiples."""
    row = subject.item.row
    kind = clean(row["value_kind"])
    return kind != "rank" and not (kind == "rate" and clean(row["unit"]) == "percent")


def _one_course(subject: Subject, rows: pd.DataFrame) -> str:
    """The course of a company that alone is measured, or of the largest one."""
    t, item = subject.t, subject.item
    joined = since_break(rows) if len(rows) else rows
    best: tuple[float, str] | None = None
    for key, own in joined.groupby("entity_id"):
        last = float(own["value"].iloc[-1])
        if own["period"].nunique() > 1 and (best is None or last > best[0]):
            best = (last, str(key))
    if best is not None:
        entity = best[1]
        own = joined[joined["entity_id"] == entity]
        first, newest = own.iloc[0], own.iloc[-1]
        words = {
            "measure": item.short,
            "name": subject.name(entity),
            "old": item.value(float(first["value"]), t),
            "new": item.value(float(newest["value"]), t),
            "first": t.period(clean(first["period"])),
            "last": t.period(clean(newest["period"])),
        }
        return t("{measure}: {name} from {old} in {first} to {new} in {last}", **words)
    return ""


def why_broken(subject: Subject, drawn: pd.DataFrame) -> Safe | None:
    """Where lines break and why; None where none does."""
    t = subject.t
    items = break_words.reasons(drawn, subject.name, t)
    if not items:
        return None
    head = t(
        "Two strokes, or dots that are not joined, mark where values do not compare with those before."
    )
    return h("div", h("p", head), h("ul", *items), cls="in-breaks")


def inside_only(subject: Subject) -> str:
    """Where the measure's own cautions forbid to hold one economy against another."""
    if comparable.across_economies(clean(subject.item.row["method_caveats"])):
        return ""
    return subject.t(
        "These figures do not measure the same thing in every economy: compare inside one only."
    )


def colours_note(subject: Subject, drawn: Sequence[str]) -> str:
    """Who is in colour, where not all are."""
    t = subject.t
    if subject.of_organisations:
        return t("Coloured by the economy of the head office.")
    if 0 < len(subject.coloured) < len([key for key in drawn if key in subject.members]):
        return t("In colour: the first {n} of the comparison.", n=t.number(len(subject.coloured)))
    return ""
