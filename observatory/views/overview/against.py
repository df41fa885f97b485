"""How far the economies are from a reference, in words: of which period, by whose count."""

from __future__ import annotations

import pandas as pd

from observatory.analysis.at_period import gap
from observatory.i18n import Translator
from observatory.views.labels import clean, sentence
from observatory.views.overview.data import Picture
from observatory.views.overview.words import has_points, part, times

# Levels on a scale without a true zero: their ratio says nothing.
_NO_RATIO = frozenset({"index"})
_NAMED = 3


def difference(picture: Picture, value: float, other: float) -> str:
    """How far a value is from the reference: `+47 points, 3.9 times`."""
    t = picture.t
    kind = clean(picture.item.row["value_kind"])
    found = gap(value, other)
    if found.points == 0:
        return t("equal")
    multiple = ""
    if kind not in _NO_RATIO and other > 0 and value >= 0:
        multiple = _multiple(value / other, t)
    if has_points(picture):
        return t.parts([picture.change(found.points), multiple])
    return multiple or picture.change(found.points)


def _multiple(ratio: float, t: Translator) -> str:
    """A multiple of the reference; below it, the share of it."""
    if ratio >= 1:
        return t("{ratio} times", ratio=times(ratio, t))
    return t("{percent} of it", percent=part(ratio, t))


def measurable(picture: Picture) -> bool:
    """Whether a distance between two values means something: of places in a ranking it does not."""
    return picture.comparable and clean(picture.item.row["value_kind"]) != "rank"


def against(picture: Picture, economy: str, value: float) -> str:
    """An economy's difference from the reference; empty where none can be said."""
    base = picture.reference
    if base is None or not measurable(picture) or economy == base["entity_id"]:
        return ""
    return difference(picture, value, float(base["value"]))


def against_title(picture: Picture) -> str:
    """How many are above the reference, and the furthest by how much."""
    t, catalogue = picture.t, picture.catalogue
    base = picture.reference
    if base is None or not picture.ranked or not measurable(picture):
        return ""
    code, value = str(base["entity_id"]), float(base["value"])
    others = picture.section.frame[picture.section.frame["entity_id"] != code]
    above = others[others["value"] > value].sort_values("value", ascending=False)
    words = {
        "reference": catalogue.say(code),
        "base": t.number(len(others)),
        "n": t.number(len(above)),
    }
    if not len(above):
        return _none_above(picture, others, value, words)
    top = above.iloc[0]
    tops = above[above["value"] == top["value"]]
    words["economy"] = catalogue.say(str(top["entity_id"]))
    found = gap(float(top["value"]), value)
    if len(tops) > 1 or (not has_points(picture) and found.ratio is None):
        return t("Above {reference}: {n} of {base}", **words)
    if has_points(picture):
        words["change"] = picture.change(found.points).lstrip("+")
        return t("Above {reference}: {n} of {base}, {economy} furthest by {change}", **words)
    words["ratio"] = times(found.ratio or 1.0, t)
    return t(
        "Above {reference}: {n} of {base}, {economy} furthest with {ratio} times its value", **words
    )


def _none_above(picture: Picture, others: pd.DataFrame, value: float, words: dict[str, str]) -> str:
    """The reference is ahead of all: who comes closest."""
    t = picture.t
    below = others[others["value"] < value].sort_values("value", ascending=False)
    if len(below) < len(others) or not len(below):
        return t("Above {reference}: none of {base}", **words)
    near = below.iloc[0]
    if int((below["value"] == near["value"]).sum()) > 1 or value <= 0 or near["value"] <= 0:
        return t("Above {reference}: none of {base}", **words)
    words["economy"] = picture.catalogue.say(str(near["entity_id"]))
    if has_points(picture):
        distance = gap(value, float(near["value"])).points
        words["change"] = picture.change(distance).lstrip("+")
        return t("Above {reference}: none of {base}, {economy} is closest, {change} below", **words)
    words["percent"] = part(float(near["value"]) / value, t)
    return t(
        "Above {reference}: none of {base}, {economy} is closest with {percent} of its value",
        **words,
    )


def in_words(picture: Picture, counted_by: str) -> str:
    """The differences as one paragraph: of which period, by whose count, who by how much."""
    t, catalogue = picture.t, picture.catalogue
    base = picture.reference
    if base is None or not measurable(picture):
        return ""
    frame = picture.section.frame
    others = frame[frame["entity_id"] != base["entity_id"]]
    value = float(base["value"])
    parts: list[str] = []
    opening = {
        "reference": sentence(catalogue.say(str(base["entity_id"]))),
        "value": picture.measure.full(value, t),
        "period": t.period(clean(base["period"])),
        "maker": counted_by,
    }
    parts.append(t("{reference}: {value} in {period}, by the count of {maker}.", **opening))
    above = others[others["value"] > value].sort_values("value", ascending=False)
    below = others[others["value"] < value].sort_values("value", ascending=False)
    if len(above):
        parts.append(t("Above it: {items}.", items=_items(picture, above)))
    if len(below):
        parts.append(t("Below it: {items}.", items=_items(picture, below)))
    level = others[others["value"] == value]
    if len(level):
        names = [catalogue.name(str(code)) for code in level["entity_id"]]
        parts.append(t("Equal: {items}.", items=t.list(names)))
    return t.sentences(parts)


def _items(picture: Picture, rows: pd.DataFrame) -> str:
    """The first three with their differences, the rest as a number."""
    t = picture.t
    items = [
        t(
            "{economy} ({difference})",
            economy=picture.catalogue.name(str(row["entity_id"])),
            difference=against(picture, str(row["entity_id"]), float(row["value"])),
        )
        for _, row in rows.head(_NAMED).iterrows()
    ]
    more = len(rows) - _NAMED
    if more > 0:
        items.append(t.n("{n} more", "{n} more", more))
    return t.list(items)


def no_reference_note(picture: Picture) -> str:
    """Why there are no differences, where a reference was asked for."""
    t = picture.t
    code = picture.choice.reference
    if code not in picture.catalogue.economies or not picture.section.n:
        return ""
    if not picture.comparable:
        return t(
            "These figures do not measure the same thing in every economy, so they are not held against each other."
        )
    if picture.reference is None:
        when = t.period(picture.period) if picture.period else ""
        name = sentence(picture.catalogue.say(code))
        if when:
            return t(
                "{economy} has no figure for {period} to compare with.", economy=name, period=when
            )
        return t("{economy} has no figure to compare with.", economy=name)
    return ""
