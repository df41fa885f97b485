"""Where sources differ on a measure: every value, how far apart, which is shown and by which rule."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, external, h, join, num, status_word
from observatory.cards.words import status_label
from observatory.i18n import Translator
from observatory.views import evidence_parts as ev
from observatory.views import reasons
from observatory.views.indicator.data import Subject
from observatory.views.labels import clean

SHOWN: Final = 6


def card(subject: Subject) -> Card | None:
    """Cells on which sources differ, widest first; else how many rest on several sources."""
    t = subject.t
    if subject.frame.empty:
        return None
    found = subject.conflicts
    groups = [rows for _, rows in found.groupby("cell_id", sort=False)]
    if not groups:
        return _none(subject)
    chosen = [clean(rows["chosen_row_id"].iloc[0]) for rows in groups]
    disputed = chosen.count("")
    near = len(groups) - disputed
    cells = t.number(int(subject.frame["cell_id"].nunique()))
    if disputed:
        title = t.n(
            "Sources dispute {n} of {all} values",
            "Sources dispute {n} of {all} values",
            disputed,
            all=cells,
        )
        sub = [
            t("No value is chosen where they do: charts show all, ranks and findings leave it out.")
        ]
        if near:
            sub.append(
                t.n(
                    "{n} more differs by little, or has an official figure.",
                    "{n} more differ by little, or have an official figure.",
                    near,
                )
            )
    else:
        title = t.n(
            "{n} of {all} values is printed differently, none is in dispute",
            "{n} of {all} values are printed differently, none is in dispute",
            near,
            all=cells,
        )
        sub = [t("The differences are small, or there is an official figure.")]
    groups.sort(
        key=lambda rows: (
            bool(clean(rows["chosen_row_id"].iloc[0])),
            -float(rows["spread"].iloc[0]),
        )
    )
    unit = t.data(clean(subject.item.row["unit_label"]))
    unit = "" if unit in ("count", "rank") else unit
    blocks = [_block(subject, rows) for rows in groups]
    more = None
    if len(blocks) > SHOWN:
        more = h(
            "details",
            h("summary", t.n("{n} more", "{n} more", len(blocks) - SHOWN)),
            *blocks[SHOWN:],
            cls="in-more",
        )
    return Card(
        id="conflicts",
        title=title,
        subtitle=t.sentences(
            [*sub, t("Widest gap first."), t("In {unit}.", unit=unit) if unit else ""]
        ),
        body=join([h("div", *blocks[:SHOWN], cls="in-conf"), more]),
        table=_table(subject),
        method=t(
            "Two values agree if they differ by at most 2 % of the larger, or by half a unit of the last printed "
            "digit of the coarser one. Where independent sources differ by more, none is chosen, unless one of "
            "them is the official figure. Else the better kind of source leads, then the higher confidence, then "
            "the later date."
        ),
        actions=("table", "method", "download"),
    )  # fmt: skip


def _none(subject: Subject) -> Card:
    t = subject.t
    frame = subject.frame[subject.frame["value"].notna()]
    several = int((frame["n_sources"] > 1).sum())
    if several:
        text = t.n(
            "{n} of {all} values rests on two or more sources, and they agree.",
            "{n} of {all} values rest on two or more sources, and they agree.",
            several, all=t.number(len(frame)),
        )  # fmt: skip
    else:
        text = t("Each value rests on one source: nothing on file confirms or contradicts it.")
    if not len(frame):
        text = t("No value is on file.")
    return Card(
        id="conflicts",
        title=t("No source contradicts another"),
        subtitle=text,
        body=h("div"),
        actions=(),
    )


def _block(subject: Subject, rows: pd.DataFrame) -> Safe:
    """One cell: its values from low to high with publishers, the spread, and the rule."""
    t = subject.t
    first = rows.iloc[0]
    chosen = clean(first["chosen_row_id"])
    head = t.parts([subject.name(str(first["entity_id"])), t.period(clean(first["period"]))])
    spread = float(first["spread"])
    lines = []
    for raw in rows.to_dict("records"):
        row = {str(key): value for key, value in raw.items()}
        mine = clean(row["row_id"]) == chosen
        lines += [
            h(
                "span",
                num(_shown(row, "", t), clean(row["row_id"])),
                cls="v b" if mine else "v",
            ),
            h("span", _who(row, t), h("span", t("shown"), cls="in-tag") if mine else None, cls="w"),
        ]
    rule = reasons.headline_rule(clean(first["rule"]), t)
    if not chosen:
        note = join(
            [status_word("disputed", status_label("disputed", t)), t("No value is chosen."), rule],
            " ",
        )
    else:
        note = join([rule])
    return h(
        "div",
        h("p", h("b", head), h("span", ev.apart(spread, t), cls="muted"), cls="hd"),
        h("div", *lines, cls="vals"),
        h("p", note, cls="small ink2"),
        cls="cell",
    )


def _shown(row: dict[str, Any], unit: str, t: Translator) -> str:
    return t.exact(clean(row["value_text"]) or row["value"], unit)


def _who(row: dict[str, Any], t: Translator) -> Safe:
    """Who printed it and who made it, linked to the page."""
    publisher, origin = clean(row["publisher"]), clean(row["origin"])
    name = publisher
    maker = origin.partition(" (")[0]
    if maker and maker not in publisher:
        name = t("{publisher}, after {origin}", publisher=publisher, origin=origin)
    return external(name, clean(row["url"]) or None, cls="quiet")


def _table(subject: Subject) -> CardTable:
    t = subject.t
    frame = subject.conflicts.assign(
        label=[subject.name(str(key)) for key in subject.conflicts["entity_id"]],
        role=[
            t("shown") if clean(row) == clean(chosen) else ""
            for row, chosen in zip(
                subject.conflicts["row_id"], subject.conflicts["chosen_row_id"], strict=True
            )
        ],
    )
    columns = (
        Column(
            "label", t("Organisation") if subject.of_organisations else t("Economy"), strong=True
        ),
        Column("period", t("Period"), show=lambda value, row: t.period(clean(value))),
        Column(
            "value",
            t("Value"),
            "right",
            lambda value, row: _shown(dict(row), "", t),
            row_id="row_id",
        ),
        Column("publisher", t("Publisher")),
        Column("origin", t("Number made by"), phone=False),
        Column(
            "status",
            t("Status"),
            show=lambda value, row: status_label(clean(value), t),
            phone=False,
        ),
        Column("role", t("Shown")),
    )
    keep = ["label", "period", "value", "publisher", "origin", "status", "role", "row_id", "value_text", "entity_id",
            "source_id", "known_on"]  # fmt: skip
    return CardTable(frame[keep].reset_index(drop=True), columns)
