"""The overview in words: who leads, how far from the reference, what changed, by whose count."""

from __future__ import annotations

import pandas as pd

from observatory.analysis.at_period import Course, gap
from observatory.analysis.cross_section import CrossSection
from observatory.i18n import Translator
from observatory.views.labels import clean, sentence
from observatory.views.overview_data import Picture

# Levels on a scale without a true zero: their ratio says nothing.
_NO_RATIO = frozenset({"index"})
_POINTS = frozenset({"share", "index"})
_NAMED = 3


def unit_line(picture: Picture) -> str:
    """What a value is counted in, for a legend: `%`, `papers per million people`."""
    t, item = picture.t, picture.item
    unit = item.unit(t)
    match picture.per:
        case "population" if unit:
            return t("{measure}, {unit} per million people", measure=item.short, unit=unit)
        case "population":
            return t("{measure}, per million people", measure=item.short)
        case "gdp" if unit:
            return t(
                "{measure}, {unit} per billion US dollars of GDP", measure=item.short, unit=unit
            )
        case "gdp":
            return t("{measure}, per billion US dollars of GDP", measure=item.short)
        case _:
            return t.parts([item.short, unit])


def _what(picture: Picture) -> str:
    t, name = picture.t, picture.item.name
    if picture.per == "population":
        return t("{measure}, per million people", measure=name)
    if picture.per == "gdp":
        return t("{measure}, per billion US dollars of GDP", measure=name)
    return name


def subtitle_over_time(picture: Picture) -> str:
    """What is measured, divided by what, from when to when."""
    t = picture.t
    rows = picture.rows[picture.rows["entity_id"].isin(list(picture.members))]
    held = set(rows["period"])
    steps = [step.period for step in picture.play if step.period in held]
    if not steps:
        return _what(picture)
    first, last = steps[0], steps[-1]
    when = t("{first} to {last}", first=t.period(first), last=t.period(last))
    return t.parts([_what(picture), when if first != last else t.period(first)])


def subtitle(picture: Picture, period: str | None) -> str:
    """What is measured, divided by what, when."""
    t, name = picture.t, _what(picture)
    when = t.period(period) if period else t("each economy's latest within three years")
    return t.parts([name, when])


def finding(picture: Picture, section: CrossSection, *, ranked: bool) -> str:
    """Who leads and who follows in a cross-section, or that nobody can be said to."""
    t, catalogue, item = picture.t, picture.catalogue, picture.item
    if not section.n:
        return t("{measure}: no economy of this group has a figure", measure=item.short)
    if not picture.comparable and section.n > 1:
        return t(
            "{measure}: {n} of {base} have a figure, not to be compared with each other",
            measure=item.short, n=t.number(section.n), base=t.number(len(picture.members)),
        )  # fmt: skip
    if not ranked:
        return t(
            "{measure}: {n} of {base} have a figure",
            measure=item.short, n=t.number(section.n), base=t.number(len(picture.members)),
        )  # fmt: skip
    first, second = section.frame.iloc[0], section.frame.iloc[1]
    best = float(first["value"])
    same = section.frame[section.frame["value"] == first["value"]]
    if len(same) > 3:
        return t.n(
            "{measure}: {n} economy shares the first place with {value}",
            "{measure}: {n} economies share the first place with {value}",
            len(same), measure=item.short, value=picture.short_value(best),
        )  # fmt: skip
    words = {
        "measure": item.short,
        "leader": catalogue.say(str(first["entity_id"])),
        "value": picture.short_value(best),
        "second": catalogue.say(str(second["entity_id"])),
        "other": picture.short_value(float(second["value"])),
    }
    if len(same) > 1:
        words["leader"] = t.list([catalogue.say(str(code)) for code in same["entity_id"]])
        return t("{measure}: {leader} share the first place with {value}", **words)
    if item.higher_is_better is False:
        return _lowest(picture, words)
    if item.higher_is_better is None:
        return _highest(picture, words)
    match picture.per:
        case "population":
            return t(
                "{measure} per million people: {leader} leads with {value}, {second} follows with {other}",
                **words,
            )
        case "gdp":
            return t("{measure} for its GDP: {leader} leads with {value} per billion US dollars, "
                     "{second} follows with {other}", **words)  # fmt: skip
        case _:
            return t(
                "{measure}: {leader} leads with {value}, {second} follows with {other}", **words
            )


def _lowest(picture: Picture, words: dict[str, str]) -> str:
    t = picture.t
    match picture.per:
        case "population":
            return t("{measure} per million people: {leader} has the lowest with {value}, then {second} with {other}",
                     **words)  # fmt: skip
        case "gdp":
            return t("{measure} for its GDP: {leader} has the lowest with {value} per billion US dollars, "
                     "then {second} with {other}", **words)  # fmt: skip
        case _:
            return t(
                "{measure}: {leader} has the lowest with {value}, then {second} with {other}",
                **words,
            )


def _highest(picture: Picture, words: dict[str, str]) -> str:
    """A measure that is neither good nor bad: nobody leads."""
    t = picture.t
    match picture.per:
        case "population":
            return t("{measure} per million people: {leader} has the highest with {value}, then {second} with {other}",
                     **words)  # fmt: skip
        case "gdp":
            return t("{measure} for its GDP: {leader} has the highest with {value} per billion US dollars, "
                     "then {second} with {other}", **words)  # fmt: skip
        case _:
            return t(
                "{measure}: {leader} has the highest with {value}, then {second} with {other}",
                **words,
            )


def has_points(picture: Picture) -> bool:
    """Whether differences are said in points (shares, indices), else as multiples."""
    return clean(picture.item.row["value_kind"]) in _POINTS


def difference(picture: Picture, value: float, other: float) -> str:
    """How far a value is from the reference: `+47 points, 3.9 times`."""
    t = picture.t
    kind = clean(picture.item.row["value_kind"])
    found = gap(value, other)
    if found.points == 0:
        return t("equal")
    times = ""
    if kind not in _NO_RATIO and other > 0 and value >= 0:
        times = _times(value / other, t)
    if kind in _POINTS:
        return t.parts([picture.item.change(found.points, t), times])
    return times or picture.item.change(found.points, t)


def _times(ratio: float, t: Translator) -> str:
    """A multiple of the reference; below it, the share of it."""
    if ratio >= 1:
        return t("{ratio} times", ratio=t.sig(ratio, 2 if ratio < 10 else 3))
    return t("{percent} of it", percent=t.percent(float(f"{ratio * 100:.2g}")))


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
        return t("Above {reference}: none of {base}", **words)
    top = above.iloc[0]
    tops = above[above["value"] == top["value"]]
    words["economy"] = catalogue.say(str(top["entity_id"]))
    found = gap(float(top["value"]), value)
    if len(tops) > 1 or (not has_points(picture) and found.ratio is None):
        return t("Above {reference}: {n} of {base}", **words)
    if has_points(picture):
        words["change"] = picture.item.change(found.points, t).lstrip("+")
        return t("Above {reference}: {n} of {base}, {economy} furthest by {change}", **words)
    words["ratio"] = t.sig(found.ratio, 2 if (found.ratio or 0) < 10 else 3)
    return t(
        "Above {reference}: {n} of {base}, {economy} furthest with {ratio} times its value", **words
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


def course_title(picture: Picture, found: Course | None) -> str:
    """How many rose and who most, between two periods that most hold."""
    t, item = picture.t, picture.item
    if found is None:
        return t("{measure} in each economy over time", measure=item.short)
    words = {
        "measure": item.short,
        "n": t.number(found.rose),
        "base": t.number(len(found.moves)),
        "first": t.period(found.first),
        "last": t.period(found.last),
    }
    if not found.rose and not found.fell:
        return t("{measure}: unchanged in all {base} from {first} to {last}", **words)
    if not found.rose:
        return t("{measure}: none of {base} rose from {first} to {last}", **words)
    everyone = found.rose == len(found.moves)
    if has_points(picture):
        code, change, _ = found.moves[0]
        words["economy"] = picture.catalogue.say(code)
        words["change"] = item.change(change, t).lstrip("+")
        if everyone:
            return t(
                "{measure}: all {base} rose from {first} to {last}, {economy} most by {change}",
                **words,
            )
        return t(
            "{measure}: {n} of {base} rose from {first} to {last}, {economy} most by {change}",
            **words,
        )
    factors = [(code, ratio) for code, _, ratio in found.moves if ratio is not None]
    if not factors:
        return t("{measure}: {n} of {base} rose from {first} to {last}", **words)
    code, ratio = max(factors, key=lambda move: (move[1], move[0]))
    words["economy"] = picture.catalogue.say(code)
    words["ratio"] = t.sig(ratio, 2 if ratio < 10 else 3)
    if everyone:
        return t(
            "{measure}: all {base} rose from {first} to {last}, {economy} most, to {ratio} times its value",
            **words,
        )
    return t(
        "{measure}: {n} of {base} rose from {first} to {last}, {economy} most, to {ratio} times its value",
        **words,
    )
