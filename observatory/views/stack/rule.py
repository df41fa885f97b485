"""The rule of the stack as a table: every sign with its steps and the reason for them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h
from observatory.cards.table import table
from observatory.model.scope import SCOPE
from observatory.views import common
from observatory.views.labels import clean
from observatory.views.stack import words
from observatory.views.stack.data import Sign, Stack


def card(stack: Stack) -> Card:
    """Every sign by layer: what it is read from, its steps, why, and how many of the thirteen have it."""
    t = stack.data.t
    by_id = {sign.id: sign for sign in stack.signs}
    rows: list[dict[str, Any]] = []
    for sign in stack.signs:
        have = [economy for economy in SCOPE if (economy, sign.id) in stack.values]
        first = stack.values[have[0], sign.id].rows[0] if have else {}
        rows.append(
            {
                "sign_id": sign.id,
                "layer": words.layer(sign.layer, t),
                "sign": words.sign_name(sign, t),
                "medium": sign.steps[0],
                "high": sign.steps[1],
                "steps": words.steps(sign, t),
                "read": _read(sign, stack),
                "why": t.data(clean(sign.row["why"])),
                "have": len(have),
                "source_id": first.get("source_id"),
                "known_on": first.get("known_on"),
                "status": first.get("status"),
            }
        )
    frame = pd.DataFrame(rows)

    def name(value: Any, row: Any) -> Safe:
        sign = by_id[row["sign_id"]]
        return h("span", words.sign_link(sign, t), h("span", row["read"], cls="sk-t"))

    def reason(value: Any, row: Any) -> Safe:
        text = clean(by_id[row["sign_id"]].row["why"])
        return h("span", value, lang=t.data_lang(text))

    columns = (
        Column("layer", t("Layer"), strong=True),
        Column("sign", t("Sign"), show=name),
        Column("steps", t("Steps")),
        Column("why", t("Why these steps"), show=reason, phone=False),
        Column("have", t("Of the 13"), "right", lambda v, r: t.number(v)),
    )
    full = (
        Column("layer", t("Layer"), strong=True),
        Column("sign", t("Sign")),
        Column("read", t("Read from")),
        Column("steps", t("Steps")),
        Column("why", t("Why these steps")),
        Column(
            "have",
            t("Of the 13"),
            "right",
            lambda v, r: t.number(v),
            href=lambda r: words.sign_href(by_id[r["sign_id"]]),
        ),
    )
    sourced = frame[frame["source_id"].notna()]
    title = t("{n} signs, each with two published steps", n=t.number(len(stack.signs)))
    return Card(
        id="stack-rule",
        title=title,
        subtitle=t(
            "What is read, from which values on it is medium and high, why, and how many of the thirteen have one"
        ),
        body=table(columns, rows, caption=title, cls="sk-rule"),
        alt=title,
        table=CardTable(frame, full),
        sources=common.sources_of(stack.data, sourced) if len(sourced) else (),
        actions=("table", "download", "link"),
        level=2,
    )


def _read(sign: Sign, stack: Stack) -> str:
    """Where the value of a sign comes from, in words."""
    t = stack.data.t
    since = str(sign.since) if sign.since else ""
    if sign.kind == "indicator":
        return t("measure, not before {year}", year=since)
    if sign.kind == "behind":
        return t("board, newest copy")
    said = t("largest of the rows that fit") if sign.kind == "largest" else t("how many fit")
    return t("{what}, since {year}", what=said, year=since) if since else said
