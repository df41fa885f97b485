"""Charts in words: alternative texts and findings, computed from the frames that are drawn.

Every sentence is a whole pattern of its own, so that a translator can turn its order around.
Nothing is claimed that the rows do not say: what is missing is named as missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from observatory.charts.measure import Measure
from observatory.charts.series import Point, Series, numbers, read_series, texts
from observatory.charts.svg.stages import STAGES, stage_word

if TYPE_CHECKING:
    from observatory.i18n import Translator


@dataclass(frozen=True, slots=True)
class _Value:
    entity_id: str
    label: str
    value: float


def _values(frame: pd.DataFrame, measure: Measure) -> tuple[list[_Value], list[str]]:
    """The known values, best first, and the labels of rows without one."""
    ids, labels = texts(frame, "entity_id"), texts(frame, "label")
    known: list[_Value] = []
    missing: list[str] = []
    for entity_id, label, value in zip(ids, labels, numbers(frame, "value"), strict=True):
        if value is None:
            missing.append(label or entity_id)
        else:
            known.append(_Value(entity_id, label or entity_id, value))
    sign = -1 if measure.higher_is_better else 1
    return sorted(known, key=lambda row: sign * row.value), missing


def describe_ranking(
    frame: pd.DataFrame, measure: Measure, t: Translator, subjects: Sequence[str] = ()
) -> str:
    """Describe one value an entity: bars, tiles, dot strips.

    Columns: entity_id, value; optional label. Names the best three, the last, the subjects'
    places, and who has no value.
    """
    known, missing = _values(frame, measure)
    name = measure.name or t("Values")
    if not known:
        return t("{name}: no values for this filter.", name=name)
    items = [f"{row.label} {measure.full(row.value, t)}" for row in known[:3]]
    parts = [t("{name}, best first: {items}.", name=name, items=t.list(items))]
    if len(known) > 3:
        last = known[-1]
        parts.append(
            t(
                "Last of {n}: {label} {value}.",
                n=t.number(len(known)),
                label=last.label,
                value=measure.full(last.value, t),
            )
        )
    asked = [row for row in known[3:] if row.entity_id in subjects]
    for row in asked[:3]:
        if row is not known[-1]:
            place = 1 + sum(_better(other, row, measure) for other in known)
            parts.append(
                t(
                    "{label} is {rank} at {value}.",
                    label=row.label,
                    rank=t.rank(place, len(known), economies=False),
                    value=measure.full(row.value, t),
                )
            )
    if missing:
        parts.append(_without(missing, t))
    return _join(parts, t)


def _better(one: _Value, other: _Value, measure: Measure) -> bool:
    return one.value > other.value if measure.higher_is_better else one.value < other.value


def _without(labels: Sequence[str], t: Translator) -> str:
    if len(labels) > 6:
        return t.n("{n} has no value.", "{n} have no value.", len(labels))
    return t("No value for {names}.", names=t.list(labels))


def _join(parts: Sequence[str], t: Translator) -> str:
    """Sentences follow each other without a space in Chinese and Japanese."""
    tight = t.html_lang in {"ja", "zh-Hans", "zh-Hant"}
    return ("" if tight else " ").join(part for part in parts if part)


def describe_time(
    frame: pd.DataFrame, measure: Measure, t: Translator, subjects: Sequence[str] = ()
) -> str:
    """Describe lines or bars over time.

    Columns: those of an observation frame. For each subject: first and last value with periods,
    and what is a part-year, disputed or missing; for the rest how many there are.
    """
    series = [one for one in read_series(frame) if one.known or one.rivals]
    name = measure.name or t("Values")
    if not series:
        return t("{name}: no values for this filter.", name=name)
    chosen = [one for one in series if one.key in subjects or one.entity_id in subjects]
    points = [point for one in series for point in (*one.known, *one.rivals)]
    first, last = min(points, key=lambda p: p.x), max(points, key=lambda p: p.x)
    if first.period == last.period:
        head = t("{name}, {period}.", name=name, period=t.period(first.period))
    else:
        head = t(
            "{name}, {first} to {last}.",
            name=name,
            first=t.period(first.period),
            last=t.period(last.period),
        )
    parts = [head]
    parts += [_course(one, measure, t) for one in (chosen or series[:3])]
    others = len(series) - len(chosen or series[:3])
    if others > 0:
        parts.append(
            t.n("{n} other series for comparison.", "{n} other series for comparison.", others)
        )
    return _join(parts, t)


def _course(one: Series, measure: Measure, t: Translator) -> str:
    known = [point for point in one.known if not point.partial] or list(one.known)
    parts: list[str] = []
    if known:
        start, end = known[0], known[-1]
        if start is end:
            parts.append(
                t(
                    "{label}: {value} in {period}.",
                    label=one.label,
                    value=_full(end, measure, t),
                    period=t.period(end.period),
                )
            )
        else:
            parts.append(
                t(
                    "{label}: {first_value} in {first}, {last_value} in {last}.",
                    label=one.label,
                    first_value=_full(start, measure, t),
                    first=t.period(start.period),
                    last_value=_full(end, measure, t),
                    last=t.period(end.period),
                )
            )
    for point in one.known:
        if point.partial:
            parts.append(
                t(
                    "{period} counts to {date} only: {value}.",
                    period=t.period(point.period),
                    date=t.date(point.partial_to),
                    value=_full(point, measure, t),
                )
            )
    if one.rivals:
        periods = list(dict.fromkeys(t.period(point.period) for point in one.rivals))
        parts.append(t("Sources differ for {periods}.", periods=t.list(periods)))
    return _join(parts, t)


def _full(point: Point, measure: Measure, t: Translator) -> str:
    return measure.full(point.value if point.value is not None else 0.0, t)


def describe_tracks(frame: pd.DataFrame, t: Translator) -> str:
    """Describe listing attempts: how many stand at each stage. Columns: track_id, stage, period."""
    rows = zip(texts(frame, "track_id"), texts(frame, "stage"), texts(frame, "period"), strict=True)
    latest: dict[str, tuple[str, str]] = {}
    for track_id, stage, period in rows:
        if period and (track_id not in latest or period >= latest[track_id][0]):
            latest[track_id] = (period, stage)
    if not latest:
        return t("No listing attempt on file.")
    counts = dict.fromkeys(STAGES, 0)
    for _, stage in latest.values():
        counts[stage] = counts.get(stage, 0) + 1
    items = [f"{stage_word(stage, t)} {t.number(n)}" for stage, n in counts.items() if n]
    return t.n(
        "{n} listing attempt by its newest stage: {items}.",
        "{n} listing attempts by their newest stage: {items}.",
        len(latest),
        items=t.list(items),
    )


def describe_events(frame: pd.DataFrame, t: Translator, most: int = 6) -> str:
    """Describe dated events, the newest first. Columns: period, label."""
    rows = sorted(
        (row for row in zip(texts(frame, "period"), texts(frame, "label"), strict=True) if row[0]),
        reverse=True,
    )
    if not rows:
        return t("No dated event on file.")
    items = [f"{t.period(period)} {label}" for period, label in rows[:most]]
    text = t("Newest first: {items}.", items=t.list(items))
    if len(rows) > most:
        text = _join([text, t.n("{n} earlier.", "{n} earlier.", len(rows) - most)], t)
    return text
