"""The policies of an economy, newest first, what is ahead on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Child, Safe, h, join, num
from observatory.cards.words import status_label
from observatory.db import queries
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import common, labels, links
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

SHOWN = 7
Row = Mapping[str, Any]


def policy_card(catalogue: Catalogue, economy: str, today: date) -> Card:
    """Card with the newest policies; the others behind a fold."""
    t = catalogue.t
    frame = queries.policies(catalogue.db, catalogue.as_of, economy)
    title = t("Policy, newest first")
    if not len(frame):
        first = queries.policies(catalogue.db, None, economy)
        exists = (
            t.n("{n} record is known today.", "{n} records are known today.", len(first))
            if len(first)
            else ""
        )
        return Card(
            id="policy",
            title=title,
            subtitle=t("Laws, plans, programmes and disputes"),
            empty=EmptyState(
                reason=t("No policy record of this economy is on file."),
                exists=exists,
                title=t("No policy on file"),
            ),
        )
    rows = ordered(frame)
    own = sum(clean(row["economy_id"]) == economy for row in rows)
    others = len(rows) - own
    shown, rest = rows[:SHOWN], rows[SHOWN:]
    said = [t.n("{n} record on file", "{n} records on file", len(rows))]
    if rest:
        said.append(t("{n} shown", n=t.number(len(shown))))
    if others:
        said.append(
            t.n("{n} of another issuer that names it", "{n} of other issuers that name it", others)
        )
    more = None
    if rest:
        more = h(
            "details",
            h("summary", t.n("{n} older record", "All {n} older records", len(rest))),
            _list(catalogue, economy, rest, today),
            cls="e-more",
        )
    return Card(
        id="policy",
        title=title,
        subtitle=t(", ").join(said),
        body=h("div", _list(catalogue, economy, shown, today), more),
        after=h("p", h("a", t("All of them with topics, relations and sources"),
                       href=links.policies(economies=economy), data_go=True, cls="go")),
        table=_table(t, frame),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        caveat=t("Status words are those of the source on its date."),
        actions=("receipt", "table", "download", "link"),
    )  # fmt: skip


def ordered(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows newest first; within a year those without a month last; undated at the end."""
    rows = records(frame)

    def key(row: Row) -> tuple[int, int, int]:
        if not clean(row["date"]):
            return (-1, 0, 0)
        start = pd.Timestamp(row["period_start"])
        coarse = clean(row["period_precision"]) in ("year", "half", "fiscal_year")
        return (start.year, 0 if coarse else 1, start.toordinal())

    return sorted(rows, key=key, reverse=True)


def is_ahead(row: Row, today: date) -> bool:
    """Whether it is still to come, or still to take effect."""
    if clean(row["date"]) and pd.Timestamp(row["period_start"]).date() > today:
        return True
    effective = clean(row.get("effective_from"))
    return len(effective) == 10 and effective > today.isoformat()


def day_in_year(period: str, t: Translator) -> str:
    """A date without its year, in its own precision; empty for a year."""
    year = period[:4]
    if period == year or "/" in period or not year.isdigit():
        return "" if period == year else t.period(period)
    whole, written = t.period(period), t.period(year)
    if whole.endswith(f" {written}"):
        return whole.removesuffix(f" {written}")
    return whole.removeprefix(written).strip()


def _list(catalogue: Catalogue, economy: str, rows: Sequence[Row], today: date) -> Safe:
    t = catalogue.t
    items = []
    year = None
    for row in rows:
        period = clean(row["date"])
        own = period[:4]
        head = (
            ""
            if own == year
            else (t.period(own) if own.isdigit() else period)
            if own
            else t("No date")
        )
        year = own
        ahead = is_ahead(row, today)
        items.append(
            h(
                "li",
                h("span", head.removesuffix("年").removesuffix("년"), cls="y"),
                h(
                    "span",
                    num(day, clean(row["row_id"])) if (day := day_in_year(period, t)) else None,
                    cls="d",
                ),
                h("span", _title(row, t), _issuer(catalogue, row, economy), cls="w"),
                h("span", t("Ahead") if ahead else _word(row, t), cls="x"),
                cls="ahead" if ahead else None,
            )
        )
    return h("ol", *items, cls="e-policy")


def _word(row: Row, t: Translator) -> str:
    """Status as the source saw it; unchecked rows say so."""
    if clean(row["status"]) == "unchecked":
        return status_label("unchecked", t)
    return labels.policy_status(clean(row["policy_status"]), t)


def _title(row: Row, t: Translator) -> Safe:
    english, native = clean(row["title"]), clean(row["title_native"])
    language = _script(native)
    mine = native and language and language.split("-")[0] == t.lang.split("-")[0]
    main, tag = (native, language) if mine else (english, "en")
    second, other = (english, "en") if mine else (native, language)
    parts: list[Child] = [
        h("a", main, href=links.policy(clean(row["policy_id"])), data_go=True, cls="e-pt", lang=tag)
    ]
    if second and not mine:
        parts.append(h("span", second, cls="s", lang=other or None))
    return join(parts)


def _script(text: str) -> str:
    """Language of a native title from its script; empty if it cannot be told."""
    if any("가" <= ch <= "힣" for ch in text):
        return "ko"
    if any("ぁ" <= ch <= "ヿ" for ch in text):
        return "ja"
    return ""


def _issuer(catalogue: Catalogue, row: Row, economy: str) -> Safe | None:
    issuer = clean(row["economy_id"])
    if issuer == economy:
        return None
    if issuer == "INT":
        return h("span", catalogue.name(issuer), cls="s")
    return h("span", catalogue.t("by {issuer}", issuer=catalogue.say(issuer)), cls="s")


def _table(t: Translator, frame: pd.DataFrame) -> CardTable:
    order = [
        "date",
        "title",
        "title_native",
        "kind",
        "policy_status",
        "status",
        "effective_from",
        "summary",
        "row_id",
        "source_id",
    ]
    columns = (
        Column("date", t("Date"), show=lambda value, row: t.period(clean(value))),
        Column("title", t("Title"), row_id="row_id", lang="en", strong=True),
        Column(
            "kind",
            t("Kind"),
            show=lambda value, row: labels.policy_kind(clean(value), t),
            phone=False,
        ),
        Column(
            "policy_status",
            t("Status then"),
            show=lambda value, row: labels.policy_status(clean(value), t),
        ),
        Column("summary", t("What it does"), lang="en", phone=False),
    )
    return CardTable(frame[order].reset_index(drop=True), columns)
