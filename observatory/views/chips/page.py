"""Chips compared: what is chosen, the picture of two measures, and who meets the reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

from observatory.analysis import chips as an
from observatory.analysis.chips import Chip
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join, num, swatch
from observatory.cards.table import table
from observatory.charts.palette import palette
from observatory.charts.room import room
from observatory.charts.svg.chips import Axis, DuelSpec, duel
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import common, links
from observatory.views.briefing.page import both_widths
from observatory.views.chips.data import (
    AXES,
    Choice,
    Field,
    address,
    axis_name,
    axis_short,
    doubt,
    exact,
    fits,
    plain_name,
    state_of,
    state_word,
    with_unit,
)
from observatory.views.measures import Catalogue

COLOURED: Final = 7
LOGARITHMIC: Final = frozenset({"bandwidth", "memory", "fp16", "power"})


def rows_of(chips: Sequence[Chip]) -> pd.DataFrame:
    """All rows behind chips, for sources, vintage and statuses."""
    return pd.DataFrame([dict(row) for chip in chips for row in chip.rows])


def given(chips: Sequence[Chip], field: Field, c: Choice) -> list[Chip]:
    """The listed chips, with the reference beside them."""
    reference = field.get(c.ref)
    found = list(chips)
    if reference is not None and all(chip.id != reference.id for chip in found):
        found.append(reference)
    return found


# The picture -------------------------------------------------------------------------------------


def _point(chip: Chip, c: Choice, catalogue: Catalogue) -> dict[str, Any] | None:
    t = catalogue.t
    up = chip.values.get(AXES[c.y])
    if up is None or not up.fine:
        return None
    across: float | None = None
    if c.x == "date":
        if not chip.released:
            return None
        second = t.period(chip.released)
    else:
        across = chip.fine(AXES[c.x])
        if across is None:
            return None
        second = with_unit(c.x, across, t)
    said = t.parts([chip.name, with_unit(c.y, up.value, t), second, state_word(state_of(chip), t)])
    return {
        "key": chip.id, "label": plain_name(chip), "name": chip.name, "value": up.value, "across": across,
        "period": chip.released, "economy_id": chip.economy, "state": state_of(chip), "row_id": up.row_id,
        "said": said, "economy": catalogue.name(chip.economy), "state_word": state_word(state_of(chip), t),
        "source_id": up.source_id,
    }  # fmt: skip


def subjects_of(chips: Sequence[Chip], c: Choice, ref: Chip | None) -> tuple[str, ...]:
    """Economies in colour: the one chosen, else those of the thirteen with the most chips."""
    counts = Counter(chip.economy for chip in chips)
    own = sorted((e for e in SCOPE if counts[e]), key=lambda e: -counts[e])
    base = [c.origin] if c.origin else own
    return tuple(dict.fromkeys([*base, *([ref.economy] if ref is not None else [])]))[:COLOURED]


def axis_of(axis: str, t: Translator) -> Axis:
    """How the picture draws an axis."""
    name = axis_name(axis, t)
    if axis in LOGARITHMIC:
        name = t("{measure} (logarithmic)", measure=name)
    return Axis(name=name, time=axis == "date", log=axis in LOGARITHMIC,
                less=AXES[axis] in an.SMALLER, write=lambda value: t.sig(value, 3))  # fmt: skip


def duel_card(catalogue: Catalogue, field: Field, c: Choice, today: date) -> Card:
    """The chosen chips by two measures, with the reference's level."""
    t, reference = catalogue.t, field.get(c.ref)
    if not field.chips:
        return Card(
            id="duel", title=t("Chips compared"),
            empty=EmptyState(reason=t("No source on chips was known by then."), title=t("No chip on file"),
                             exists=t("The first became known to us in August 2022.")),
        )  # fmt: skip
    # What does not match stays in the picture: the shaded side says who does.
    listed = given(fits(field.accelerators, c, field, but="match"), field, c)
    points = [point for chip in listed if (point := _point(chip, c, catalogue)) is not None]
    if not points:
        return Card(
            id="duel", title=t("Chips compared"),
            empty=EmptyState(
                reason=t("No chip of this choice has an undoubted value for both axes."), title=t("No chip to draw"),
                exists=t("The list below has what is on file."), action_label=t("All chips"), action_href="/chips",
            ),
        )  # fmt: skip
    measures = [AXES[axis] for axis in (c.y, c.x) if axis != "date"]
    good = an.matching(field.chips, reference, measures) if reference is not None else []
    shown = {str(point["key"]) for point in points}
    own = [chip for chip in good if chip.id in shown and chip.economy in SCOPE]
    drawn = [chip for chip in listed if chip.id in shown]
    # The first to be named: what matches and is of the region, then the best of each economy.
    best: dict[str, Chip] = {}
    for chip in sorted(drawn, key=lambda one: -(one.fine(AXES[c.y]) or 0.0)):
        if chip.status == "shipping":
            best.setdefault(chip.economy, chip)
    named = tuple(
        dict.fromkeys([*(chip.id for chip in own[:8]), *(chip.id for chip in best.values())])
    )
    title = _duel_title(catalogue, field, c, points, good)
    doubted = [chip for chip in listed if any(
        (value := chip.values.get(name)) is not None and not value.fine for name in measures)]  # fmt: skip
    silent = len(listed) - len(points) - len(doubted)

    def draw(width: float) -> str:
        narrow = width < 520
        spec = DuelSpec(
            x=axis_of(c.x, t), y=axis_of(c.y, t), reference=c.ref, named=named,
            subjects=subjects_of(listed, c, reference), width=width, height=400 if narrow else 440,
            most=7 if narrow else 14, today=today.isoformat(), name=title,
            description=t("The shaded side is as good as the reference or better."),
        )  # fmt: skip
        return duel(pd.DataFrame(points, columns=_POINT), spec, palette("css"), t)

    frame = pd.DataFrame(points, columns=_POINT)
    columns = [
        Column("name", t("Chip"), strong=True, lang="en"),
        Column("economy", t("Economy of the maker")),
        Column("period", t("Released"), show=lambda v, row: t.period(str(v))),
        Column("state_word", t("State")),
        Column("value", axis_name(c.y, t), "right", lambda v, row: exact(v, t), row_id="row_id"),
    ]
    if c.x != "date":
        columns.append(Column("across", axis_name(c.x, t), "right", lambda v, row: exact(v, t)))
    behind = rows_of(drawn) if drawn else rows_of(field.chips)
    return Card(
        id="duel",
        title=title,
        subtitle=t("{y} by {x}; peaks as published, one dot a chip", y=axis_name(c.y, t), x=axis_short(c.x, t)),
        body=both_widths(draw, 800),
        alt=title,
        table=CardTable(frame, tuple(columns)),
        sources=common.sources_of(catalogue, behind),
        vintage=common.vintage_of(catalogue, behind),
        statuses=common.statuses_of(behind[behind["is_lead"]]),
        caveat=t(
            "Peak figures of the makers, not tests; {n} chips of this choice lack a value.",
            n=t.number(max(silent, 0)),
        ),
        method=method(t),
        after=join([legend(listed, c, reference, catalogue),
                    None if room() else _doubts(doubted, measures, t)]),
    )  # fmt: skip


_POINT: Final = [
    "key", "label", "name", "value", "across", "period", "economy_id", "state", "row_id", "said", "economy",
    "state_word", "source_id",
]  # fmt: skip


def _duel_title(
    catalogue: Catalogue, field: Field, c: Choice, points: Sequence[Any], good: Sequence[Chip]
) -> str:
    t, reference = catalogue.t, field.get(c.ref)
    if reference is None or not all(
        reference.fine(AXES[axis]) is not None for axis in (c.y, c.x) if axis != "date"
    ):
        return t("{measure} of {n} chips", measure=axis_name(c.y, t), n=t.number(len(points)))
    own = [chip for chip in good if chip.economy == c.origin] if c.origin else list(good)
    ships = [chip for chip in own if chip.status == "shipping"]
    what = (
        axis_short(c.y, t)
        if c.x == "date"
        else t("{y} and {x}", y=axis_short(c.y, t), x=axis_short(c.x, t))
    )
    if c.origin:
        return t.n(
            "{n} shipping chip of {economy} matches {ref} in {measure}",
            "{n} shipping chips of {economy} match {ref} in {measure}",
            len(ships), economy=catalogue.say(c.origin), ref=reference.name, measure=what,
        ) if ships else t(
            "No shipping chip of {economy} is known to match {ref} in {measure}",
            economy=catalogue.say(c.origin), ref=reference.name, measure=what,
        )  # fmt: skip
    makers = Counter(chip.economy for chip in ships)
    if not ships:
        return t(
            "No shipping chip on file matches {ref} in {measure}", ref=reference.name, measure=what
        )
    first, n = makers.most_common(1)[0]
    if n == len(ships):
        return t(
            "All {n} shipping chips that match {ref} in {measure} are of {economy}",
            n=t.number(n), ref=reference.name, measure=what, economy=catalogue.say(first),
        )  # fmt: skip
    return t(
        "{n} shipping chips match {ref} in {measure}, {m} of them of {economy}",
        n=t.number(len(ships)), ref=reference.name, measure=what, m=t.number(n), economy=catalogue.say(first),
    )  # fmt: skip


def legend(chips: Sequence[Chip], c: Choice, ref: Chip | None, catalogue: Catalogue) -> Safe:
    """What shapes and colours mean."""
    t = catalogue.t
    inside = subjects_of(chips, c, ref)
    marks = [
        h("span", h("i", cls="ch-k full"), t("ships")),
        h("span", h("i", cls="ch-k ring"), t("announced")),
        h("span", h("i", cls="ch-k sq"), t("not stated whether it ships")),
    ]
    names = [
        h("span", h("i", cls="ch-k usa") if code == "USA" else swatch(code), catalogue.name(code))
        for code in inside
    ]
    others = any(chip.economy not in inside for chip in chips)
    if others:
        names.append(h("span", h("i", cls="ch-k grey"), t("others")))
    return h("p", *marks, *names, cls="mo-legend mo-key ch-legend")


def _doubts(chips: Sequence[Chip], measures: Sequence[str], t: Translator) -> Safe | None:
    """Values that are on file but stay out of the picture, each with its receipt and reason."""
    parts = []
    for chip in chips[:6]:
        for measure in measures:
            value = chip.values.get(measure)
            if value is None or value.fine:
                continue
            axis = next(key for key, name in AXES.items() if name == measure)
            parts.append(
                h("span", chip.name, " ", num(with_unit(axis, value.value, t), value.row_id),
                  " (", doubt(value.state, t), ")")
            )  # fmt: skip
    if not parts:
        return None
    return h("p", t("On file but not drawn:"), " ", join(parts, t.comma), cls="fr-note")


def method(t: Translator) -> Safe:
    """What is compared with what, and what stays out."""
    return join(
        [
            h("p", t(
                "One dot is one chip over all its sources. A value is compared if a source that is not weak states it,"
                " no source says otherwise by more than two percent, and neither its source nor the arithmetic of the"
                " data calls it doubtful. Other values are listed with their reason and enter no finding."
            )),
            h("p", t(
                "A chip ships if a source says that it is sold or in use, or if Epoch AI lists it with a release date"
                " that lay behind when the entry was last changed. Where a source gives neither, nothing is assumed."
            )),
            h("p", t(
                "Throughput is the peak without sparsity of 16-bit numbers: FP16, BF16, or a figure that Epoch AI"
                " gives for both. FP8, FP4 and INT8 figures stay in the receipts. Peaks say what a chip could do, not"
                " what it does in use. Processors that are no accelerators are listed, not compared."
            )),
        ]
    )  # fmt: skip


# Who meets the reference -------------------------------------------------------------------------


def scores_card(catalogue: Catalogue, field: Field, c: Choice) -> Card:
    """One row an economy: chips that match the reference, announced ones, and its best that ships."""
    t, reference, measure = catalogue.t, field.get(c.ref), AXES[c.y]
    mark = reference.fine(measure) if reference is not None else None
    if reference is None or mark is None:
        return Card(
            id="scores", title=t("Against the reference"),
            empty=EmptyState(reason=t("No undoubted value of the reference is on file for this measure."),
                             title=t("Nothing to measure against")),
        )  # fmt: skip
    good = an.matching(field.chips, reference, (measure,))
    made = Counter(chip.economy for chip in field.accelerators)
    codes = [code for code in (*SCOPE, *COMPARATORS) if made[code]]
    rows: list[dict[str, Any]] = []
    for code in codes:
        own = [chip for chip in field.accelerators if chip.economy == code]
        known = [chip for chip in own if chip.fine(measure) is not None]
        ships = [chip for chip in known if chip.status == "shipping"]
        best = min(ships, key=lambda chip: ((chip.fine(measure) or 0) * (1 if measure in an.SMALLER else -1), chip.id),
                   default=None)  # fmt: skip
        rows.append({
            "entity_id": code, "label": catalogue.name(code), "made": len(own), "known": len(known),
            "ships": sum(chip.economy == code and chip.status == "shipping" for chip in good),
            "announced": sum(chip.economy == code and chip.status == "announced" for chip in good),
            "best": best.name if best else None, "best_id": best.id if best else "",
            "value": best.fine(measure) if best else None,
            "row_id": best.values[measure].row_id if best else "",
            "share": 100 * (best.fine(measure) or 0) / mark if best else None,
        })  # fmt: skip
    frame = pd.DataFrame(rows)

    def economy(value: Any, row: Any) -> Safe:
        return join([swatch(row["entity_id"]),
                     h("a", row["label"], href=links.economy(row["entity_id"]), data_go=True)])  # fmt: skip

    def count(key: str, state: str) -> Any:
        def show(value: Any, row: Any) -> str | Safe:
            if not row["known"]:
                return h("span", t("no value"), cls="unk")
            to = address(c, origin=row["entity_id"], state=state, match=True, id="")
            return h("a", t.number(value), href=to, data_go=True) if value else t.number(value)

        return show

    def top(value: Any, row: Any) -> Safe:
        name = h("a", row["best"], href=address(c, id=row["best_id"]), data_go=True, lang="en")
        shown = num(with_unit(c.y, row["value"], t), row["row_id"])
        share = t("{share} of the reference", share=t.percent(row["share"], 0))
        return join([name, h("span", shown, cls="sub2"), h("span", share, cls="fr-p")])

    columns = (
        Column("label", t("Economy of the maker"), show=economy, strong=True),
        Column("ships", t("Match, ship"), "right", count("ships", "shipping")),
        Column(
            "announced",
            t("Match, announced"),
            "right",
            count("announced", "announced"),
            phone=False,
        ),
        Column("best", t("Best that ships"), show=top),
    )
    plain = (
        Column("label", t("Economy of the maker"), strong=True),
        Column("made", t("Accelerators on file"), "right"),
        Column("known", t("With a compared value"), "right"),
        Column("ships", t("Match, ship"), "right"),
        Column("announced", t("Match, announced"), "right"),
        Column("best", t("Best that ships")),
        Column("value", axis_name(c.y, t), "right", row_id="row_id"),
    )
    behind = rows_of(field.accelerators)
    return Card(
        id="scores",
        title=t("{ref}: {level}", ref=reference.name, level=with_unit(c.y, mark, t)),
        subtitle=t("Who matches it in {measure}, by economy of the maker", measure=axis_short(c.y, t)),
        body=table(
            columns, rows, caption=t("Chips that match the reference"), unknown=t("none known"), cls="ch-scores",
        ),
        table=CardTable(frame, plain),
        sources=common.sources_of(catalogue, behind),
        statuses=common.statuses_of(behind[behind["is_lead"]]),
        caveat=t("Counts are of chips on file, not of chips sold; makers outside the file are missing."),
        method=method(t),
        receipt=reference.values[measure].row_id,
    )  # fmt: skip
