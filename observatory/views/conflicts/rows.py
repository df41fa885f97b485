"""The conflicts one by one: every value with its source, how far apart, what was chosen and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, external, h, icon, join, num, svg
from observatory.cards.pager import pager
from observatory.cards.words import status_label
from observatory.charts.palette import palette
from observatory.charts.svg import elements as draw
from observatory.i18n import Translator
from observatory.views import evidence_parts as ev
from observatory.views import labels, links, reasons
from observatory.views.conflicts import page as conflicts
from observatory.views.conflicts.page import PAGE, Choice
from observatory.views.conflicts.record import Conflict, Record
from observatory.views.labels import clean

Row = Mapping[str, Any]
MOST: Final = 500
"""Differences whose rows stand in the card's table."""


def with_pick(picks: Sequence[str], conflict: Conflict, row_id: str) -> str:
    """The reader's picks with this row shown in its cell; pressing a picked row takes it back."""
    mine = {str(row["row_id"]) for row in conflict.rows}
    kept = [key for key in picks if key not in mine]
    if row_id not in picks:
        kept.append(row_id)
    return ",".join(sorted(kept))


def spread_words(one: Conflict, t: Translator) -> str:
    """How far apart the values are, or what differs where no figures do."""
    if one.state == "words":
        names = {"date": t("the date"), "state": t("the condition")}
        return t("{what} differs", what=t.list([names[name] for name in one.fields]))
    if not one.spread:
        return t("printed alike")
    shown = ev.apart(one.spread, t)
    if one.fields:
        return t.parts([shown, t("dates or conditions differ too")])
    return shown


def axis(one: Conflict, t: Translator) -> Safe | None:
    """The values as dots on a line from the lowest to the highest; none without figures that differ."""
    values = [
        (float(row["amount"]), str(row["row_id"]))
        for row in one.rows
        if row["amount"] == row["amount"]
    ]
    units = {clean(row["unit"]) for row in one.rows if row["amount"] == row["amount"]}
    if (
        len(values) < 2
        or not one.spread
        or (one.kind in ("deals", "ipo_events") and len(units) > 1)
    ):
        return None
    colours = palette("css")
    low, high = min(v for v, _ in values), max(v for v, _ in values)
    wide, y = 240.0, 11.0

    def x(value: float) -> float:
        return 8 + (value - low) / (high - low) * (wide - 16) if high > low else wide / 2

    marks = [draw.line(8, y, wide - 8, y, colours["ctx2"], 1.5)]
    for value, row_id in values:
        chosen = row_id == one.chosen
        marks.append(
            draw.dot(
                x(value), y, 5.5, colours["ink"] if chosen else colours["bg"], colours["ink"], 1.5
            )
        )
    return svg(
        draw.document(wide, 22, *marks, name=spread_words(one, t), lang=t.html_lang, fixed=True)
    )


def block(record: Record, one: Conflict, c: Choice, picks: Sequence[str]) -> Safe:
    """One conflict."""
    t, namer = record.t, record.namer
    first = one.first
    said = namer.what(first)
    lang = namer.lang(first)
    if one.kind == "observations":
        named: Safe = h("a", said, href=links.indicator(clean(first["indicator_id"])), data_go=True)
    else:
        named = h("span", said, lang=lang)
    head = h("h3", named)
    where = join(
        [ev.whom(namer, first), h("span", namer.when(first)) if namer.when(first) else None], " · "
    )
    lines = [_line(record, one, row, c, picks) for row in one.rows]
    return h(
        "li",
        h("div", head, h("p", where, cls="cf-who"),
          h("p", spread_words(one, t), cls="cf-gap"), axis(one, t), cls="cf-what"),
        h("ul", *lines, cls="cf-vals"),
        h("div", *_ruling(one, picks, t), cls="cf-rule"),
        id=f"cell-{one.cell_id}",
    )  # fmt: skip


def _ruling(one: Conflict, picks: Sequence[str], t: Translator) -> list[Safe | None]:
    mine = next((row for row in one.rows if row["row_id"] in picks), None)
    if mine is not None:
        return [
            h("p", h("span", icon("check_circle"), t("Shown as you chose"), cls="st cf-mine")),
            h(
                "p",
                t("Without your choice: {rule}", rule=reasons.headline_rule(one.rule, t)),
                cls="muted",
            ),
        ]
    if one.state == "agree":
        return [
            h("p", t("The sources agree.")),
            h("p", reasons.headline_rule(one.rule, t), cls="muted"),
        ]
    if one.state == "words":
        return [
            h(
                "p",
                h(
                    "span",
                    icon(conflicts.ICONS["words"]),
                    conflicts.state_name("words", t),
                    cls="st",
                ),
            ),
            h(
                "p",
                t("The entry that leads is shown; the others stand on its receipt."),
                cls="muted",
            ),
        ]
    status = {"disputed": "disputed", "weak": "unchecked", "official": "official"}.get(
        one.state, "confirmed"
    )
    word = h(
        "span",
        icon(conflicts.ICONS[one.state]),
        conflicts.state_name(one.state, t),
        cls=f"st st-{status}",
    )
    none = h("p", h("b", t("No value is chosen."))) if not one.chosen else None
    rule = reasons.headline_rule(one.rule, t)
    return [h("p", word), none, h("p", rule, cls="muted") if rule else None]


def _short_money(record: Record, one: Conflict) -> bool:
    """Whether sums of money are told apart when written short; else they stand as printed."""
    item = record.data.indicators.get(clean(one.first["indicator_id"]))
    if item is None or not clean(item.row["currency"]):
        return False
    shown = {(str(row["amount"]), record.namer.value(row)) for row in one.rows}
    return len({said for _, said in shown}) == len({amount for amount, _ in shown})


def _line(record: Record, one: Conflict, row: Row, c: Choice, picks: Sequence[str]) -> Safe:
    t, namer = record.t, record.namer
    row_id = str(row["row_id"])
    said = namer.value(row)
    if one.kind == "observations" and clean(row["text"]) and not _short_money(record, one):
        item = record.data.indicators.get(clean(row["indicator_id"]))
        unit = t.data(clean(item.row["unit_label"])) if item is not None else ""
        said = t.exact(clean(row["text"]), "" if unit in ("count", "rank") else unit)
    if one.kind in ("deals", "ipo_events", "policies", "chips"):
        extra = [namer.when(row)] if "date" in one.fields or not said else []
        if one.kind == "deals" and "state" in one.fields:
            extra.append(labels.commitment(clean(row["state"]), t))
        said = t.parts([said, *extra])
    who = clean(row["publisher"]) or clean(row["source_id"])
    maker = clean(row["origin"]).partition(" (")[0]
    if maker and maker not in who:
        who = t("{publisher}, after {origin}", publisher=who, origin=clean(row["origin"]))
    published = clean(row["published"])
    tags: list[Safe | None] = []
    picked = row_id in picks
    if row_id == one.chosen and one.state not in ("words", "agree"):
        tags.append(h("span", t("chosen by the rule"), cls="in-tag"))
    if one.can_pick and (row_id != one.chosen or picked):
        label = t("Take back") if picked else t("Use this one")
        query = {**c.query(page=c.page), "pick": with_pick(picks, one, row_id)}
        look = "cf-pick on" if picked else "cf-pick"
        tags.append(h("a", label, href=links.link("/conflicts", **query), data_go=True, cls=look))
    return h(
        "li",
        h("span", num(said or t("no figure"), row_id), cls="v"),
        h("span", external(who, clean(row["url"]) or None, cls="quiet"),
          h("span", t.parts([ev.tier(clean(row["source_kind"]), t), t.period(published) if published else "",
                             status_label(clean(row["status"]), t) if clean(row["status"]) else ""]), cls="sub2"),
          cls="w"),
        h("span", *tags, cls="a") if tags else None,
        cls="picked" if picked else None,
    )  # fmt: skip


def card(record: Record, c: Choice, picks: tuple[str, ...]) -> Card:
    """The conflicts that fit, a page at a time; the one a link names on top."""
    t = record.t
    found = _order(record, c, picks)
    if not found:
        return _none(record, c)
    last = max(ceil(len(found) / PAGE), 1)
    at = min(c.page, last)
    shown = record.full(found[(at - 1) * PAGE : at * PAGE])
    heading = t.n("{n} difference between sources", "{n} differences between sources", len(found))
    notes = [t("A ring is a value, the filled one is shown on the site.")]
    if last > 1:
        notes.insert(0, t("{first} to {last} of {all}", first=t.number((at - 1) * PAGE + 1),
                          last=t.number((at - 1) * PAGE + len(shown)), all=t.number(len(found))))  # fmt: skip
    if len(found) > MOST:
        notes.append(
            t(
                "The table and the file have the first {n} of {all}.",
                n=t.number(MOST), all=t.number(len(found)),
            )
        )  # fmt: skip
    body = h(
        "ol", *(block(record, one, c, picks) for one in shown), cls="cf-list", data_slide="table"
    )
    more = pager(at, last, lambda page: conflicts.address(c, page=page), t)
    return Card(
        id="conflicts",
        title=heading,
        subtitle=" · ".join(notes),
        body=body + (more or Safe("")),
        table=_table(record, record.full(found[:MOST])),
        method=t(
            "Everything that rows say of one thing stands in one place: one measure, economy and period; one deal; one"
            " listing stage; one policy. Rows that a later reading or edition replaced are left out. Two values agree"
            " if they differ by at most 2 % of the larger, or by half a unit of the last printed digit of the coarser"
            " one. Sources are independent if they have no maker in common; two pages that repeat one maker and print"
            " different values are in dispute too. Your own choice stays in the address of the page and is used by"
            " everything built on chosen values; it changes nothing for other readers."
        ),
        actions=("table", "method", "download", "link"),
        level=2,
    )  # fmt: skip


def _order(record: Record, c: Choice, picks: tuple[str, ...]) -> list[str]:
    """Ids of the conflicts that fit, what the reader chose on top, then the one a link names."""
    found: list[str] = conflicts.fits(record, c)["cell_id"].tolist()
    if c.cell and record.get(c.cell) is not None:
        found = [c.cell, *(key for key in found if key != c.cell)]
    # What the reader chose stands on top, where it can be taken back.
    if mine := record.picked(picks):
        found.sort(key=lambda key: key not in mine)
    return found


def _none(record: Record, c: Choice) -> Card:
    t = record.t
    if record.heads.empty:
        return Card(
            id="conflicts", title=t("Conflicts"),
            empty=EmptyState(reason=t("No two sources known by that day differ."), title=t("Nothing in dispute")),
        )  # fmt: skip
    return Card(
        id="conflicts",
        title=t("Conflicts"),
        empty=EmptyState(
            reason=t("No two sources differ within these limits."),
            exists=t.n(
                "{n} difference is on file.", "{n} differences are on file.", len(record.heads)
            ),
            action_label=t("Show all"),
            action_href="/conflicts",
            title=t("Nothing in dispute here"),
        ),
    )


def _table(record: Record, found: Sequence[Conflict]) -> CardTable:
    t, namer = record.t, record.namer
    out = [
        {
            "what": namer.what(one.first),
            "who": namer.entity(namer.who(row)) if namer.who(row) else "",
            "date": clean(row["date"]),
            "value": namer.value(row) or namer.when(row),
            "amount": row["amount"] if row["amount"] == row["amount"] else None,
            "unit": clean(row["unit"]),
            "publisher": clean(row["publisher"]),
            "origin": clean(row["origin"]),
            "status": clean(row["status"]),
            "spread_pct": round(100 * one.spread, 2),
            "state": one.state,
            "chosen": t("yes") if row["row_id"] == one.chosen else t("no"),
            "row_id": str(row["row_id"]),
        }
        for one in found
        for row in one.rows
    ]
    columns = (
        Column("what", t("What"), strong=True),
        Column("who", t("Who or where")),
        Column("date", t("Period"), show=lambda v, row: t.period(clean(v))),
        Column("value", t("Value"), "right", row_id="row_id"),
        Column("publisher", t("Publisher")),
        Column("origin", t("Number made by"), phone=False),
        Column(
            "spread_pct",
            t("Apart"),
            "right",
            lambda v, row: ev.gap(float(v) / 100, t),
        ),
        Column("state", t("What was done"), show=lambda v, row: conflicts.state_name(clean(v), t)),
        Column("chosen", t("Chosen")),
    )
    return CardTable(pd.DataFrame(out), columns)
