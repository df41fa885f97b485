"""Titles of an economy's charts as findings, computed from two values and their periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observatory.i18n import Translator
from observatory.views.labels import clean

if TYPE_CHECKING:
    from observatory.views.economy.moves import Move, Pair


def since(move: Move, t: Translator) -> str:
    """How long the step took, in months up to eleven, else since when."""
    if move.months <= 11:
        return t.n("in {n} month", "in {n} months", move.months)
    return t("since {period}", period=t.period(move.old_period))


FAR = 0.9
"""A peak is worth a word if the newest value is below this share of it."""


def title(move: Move, t: Translator) -> str:
    """What happened lately, and where that stands against an earlier peak.

    "Private AI investment up 12 % since 2023, still below its peak of 2021".
    """
    step = step_title(move, t)
    if not move.peak_period or move.new >= FAR * move.peak:
        return step
    given = {"finding": step, "period": t.period(move.peak_period)}
    if move.new > move.old:
        return t("{finding}, still below its peak of {period}", **given)
    return (
        t("{finding}, further below its peak of {period}", **given) if move.new < move.old else step
    )


def step_title(move: Move, t: Translator) -> str:
    """The newest step: "TOP500 Rmax almost doubled in 7 months"."""
    item, name, when = move.item, move.item.short, since(move, t)
    unit = clean(item.row["unit"])
    new = item.value(move.new, t)
    if move.new == move.old:
        return t("{measure} unchanged at {value} {when}", measure=name, value=new, when=when)
    if unit == "percent" or "index" in unit:
        change = item.change(move.new - move.old, t)
        return t(
            "{measure} at {value}, {change} {when}",
            measure=name,
            value=new,
            change=change,
            when=when,
        )
    small = clean(item.row["value_kind"]) == "count" and max(move.new, move.old) < 50
    if small or move.old <= 0 or move.new <= 0:
        bare = item.measure(t)
        return t(
            "{measure}: {value} in {period}, after {old} in {old_period}",
            measure=name,
            value=bare.bare(move.new, t),
            period=t.period(move.period),
            old=bare.bare(move.old, t),
            old_period=t.period(move.old_period),
        )
    return _ratio(name, move.new / move.old, when, t)


def _ratio(name: str, ratio: float, when: str, t: Translator) -> str:
    if 1.8 <= ratio < 1.97:
        return t("{measure} almost doubled {when}", measure=name, when=when)
    if 1.97 <= ratio < 2.05:
        return t("{measure} doubled {when}", measure=name, when=when)
    if 2.05 <= ratio < 2.3:
        return t("{measure} more than doubled {when}", measure=name, when=when)
    if ratio >= 2.3:
        return t(
            "{measure} grew {times}-fold {when}", measure=name, times=t.sig(ratio, 2), when=when
        )
    if 0.47 <= ratio < 0.53:
        return t("{measure} about halved {when}", measure=name, when=when)
    if abs(ratio - 1) < 0.01:
        return t("{measure} almost unchanged {when}", measure=name, when=when)
    share = t.percent(abs(ratio - 1) * 100, 0)
    if ratio > 1:
        return t("{measure} up {share} {when}", measure=name, share=share, when=when)
    return t("{measure} down {share} {when}", measure=name, share=share, when=when)


def pair_title(pair: Pair, t: Translator) -> str:
    """How far two publishers are apart: "For 2024 two counts of private AI money differ 1.8-fold"."""
    period = t.period(pair.period)
    name = _measure(clean(pair.first.row["measure_id"]), t) or pair.first.short
    if pair.ratio >= 1.5:
        return t(
            "For {period} two counts of {measure} differ {times}-fold",
            period=period,
            measure=name,
            times=t.sig(pair.ratio, 2),
        )
    return t(
        "For {period} two counts of {measure} differ by {share}",
        period=period,
        measure=name,
        share=t.percent((pair.ratio - 1) * 100, 0),
    )


def _measure(key: str, t: Translator) -> str:
    match key:
        case "private_ai_investment":
            return t("private AI money")
        case "ai_publications":
            return t("AI publications")
        case _:
            return ""
