"""The overview in words: who leads, how far from the reference, what changed, by whose count."""

from __future__ import annotations

from observatory.analysis.at_period import Course
from observatory.analysis.cross_section import CrossSection
from observatory.i18n import Translator
from observatory.views.labels import clean
from observatory.views.overview.data import Picture

_POINTS = frozenset({"share", "index"})
_SMALL_BASE = 10.0


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
    """Who leads and who follows, with the period where some economy has a newer figure."""
    found = _finding(picture, section, ranked=ranked)
    newest = picture.play[-1].period if picture.play else None
    if not section.n or section.period is None or newest in (None, section.period):
        return found
    return picture.t("{finding} ({period})", finding=found, period=picture.t.period(section.period))


def _finding(picture: Picture, section: CrossSection, *, ranked: bool) -> str:
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
    if item.higher_is_better is False and clean(item.row["value_kind"]) != "rank":
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


def times(ratio: float, t: Translator) -> str:
    """A factor as a number: two digits, three where two would say nothing or too little."""
    return t.sig(ratio, 3 if ratio < 1.1 or ratio >= 10 else 2)


def part(ratio: float, t: Translator) -> str:
    """A share of something as a percentage of two digits."""
    return t.percent(float(f"{ratio * 100:.2g}"))


def course_title(picture: Picture, found: Course | None) -> str:
    """How many rose or fell, and who most, between two periods that most hold."""
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
    if found.fell > found.rose:
        return _fell(picture, found, {**words, "n": t.number(found.fell)})
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
    factors = {code: ratio for code, _, ratio in found.moves if ratio is not None}
    if not factors:
        if everyone:
            return t("{measure}: all {base} rose from {first} to {last}", **words)
        return t("{measure}: {n} of {base} rose from {first} to {last}", **words)
    code = max(factors, key=lambda one: (factors[one], one))
    # From next to nothing everything multiplies: then the largest economy says more.
    big = factors[code] > _SMALL_BASE and factors.get(found.largest, 0.0) > 1
    code = found.largest if big else code
    words["economy"] = picture.catalogue.say(code)
    words["ratio"] = times(factors[code], t)
    if big and everyone:
        return t("{measure}: all {base} rose from {first} to {last}; {economy}, the largest, to {ratio} times "
                 "its value", **words)  # fmt: skip
    if big:
        return t("{measure}: {n} of {base} rose from {first} to {last}; {economy}, the largest, to {ratio} times "
                 "its value", **words)  # fmt: skip
    if everyone:
        return t(
            "{measure}: all {base} rose from {first} to {last}, {economy} most, to {ratio} times its value",
            **words,
        )
    return t(
        "{measure}: {n} of {base} rose from {first} to {last}, {economy} most, to {ratio} times its value",
        **words,
    )


def _fell(picture: Picture, found: Course, words: dict[str, str]) -> str:
    """More fell than rose: how many, and who most."""
    t = picture.t
    everyone = found.fell == len(found.moves)
    if has_points(picture):
        code, change, _ = found.moves[-1]
        words["economy"] = picture.catalogue.say(code)
        words["change"] = picture.item.change(-change, t).lstrip("+")
        if everyone:
            return t(
                "{measure}: all {base} fell from {first} to {last}, {economy} most by {change}",
                **words,
            )
        return t(
            "{measure}: {n} of {base} fell from {first} to {last}, {economy} most by {change}",
            **words,
        )
    factors = {code: ratio for code, _, ratio in found.moves if ratio is not None}
    if not factors:
        return t("{measure}: {n} of {base} fell from {first} to {last}", **words)
    code = min(factors, key=lambda one: (factors[one], one))
    words["economy"] = picture.catalogue.say(code)
    words["percent"] = part(factors[code], t)
    if everyone:
        return t(
            "{measure}: all {base} fell from {first} to {last}, {economy} most, to {percent} of its value",
            **words,
        )
    return t(
        "{measure}: {n} of {base} fell from {first} to {last}, {economy} most, to {percent} of its value",
        **words,
    )
