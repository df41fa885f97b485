"""Beside the changes: other tables, corrections of our own, addresses of the feeds."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, icon, join
from observatory.db import queries_evidence
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import evidence_parts as ev
from observatory.views.changes.data import Choice, News
from observatory.views.labels import clean
from observatory.views.measures import Catalogue


def tables_note(news: News, c: Choice, t: Translator) -> Safe | None:
    """Tables without receipts whose number of rows differs between two builds."""
    if c.view != "builds" or not news.tables:
        return None
    lines = [
        h("li", h("code", name), " ", t("{a} → {b} rows", a=t.number(a), b=t.number(b)))
        for name, a, b in news.tables
    ]
    return h("section", h("h3", t("Other tables")), h("ul", *lines), cls="card ch-tables")


def corrections_card(data: Catalogue) -> Card:
    """Slips found in the data and mended: public, permanent, the newest first."""
    t = data.t
    frame = queries_evidence.corrections(data.db, data.as_of)
    if frame.empty:
        return Card(
            id="corrections", title=t("Corrections"), level=2,
            empty=EmptyState(reason=t("No correction is on file for this day."), title=t("No correction yet")),
        )  # fmt: skip
    items = []
    for row in records(frame):
        items.append(
            h("li",
              h("span", t.date(pd.Timestamp(row["corrected_on"]).date()), cls="d"),
              h("div", h("b", clean(row["what"]), lang="en"),
                h("p", h("s", clean(row["was"])), " → ", clean(row["now"]), lang="en"),
                h("p", clean(row["why"]), lang="en", cls="muted"),
                h("p", h("code", clean(row["correction_id"])), " ",
                  ev.kind_name(clean(row["table_name"]), t), cls="ch-why")),
              id=f"correction-{clean(row['correction_id'])}")
        )  # fmt: skip
    return Card(
        id="corrections",
        title=t.n("{n} correction of our own", "{n} corrections of our own", len(items)),
        subtitle=t("What stood here wrongly, what stands here since, and why. Entries are never taken off."),
        body=h("ul", *items, cls="ch-corr"),
        table=CardTable(
            frame.drop(columns=["place"], errors="ignore"),
            (
                Column("correction_id", t("Id")),
                Column("corrected_on", t("Day"), show=lambda v, row: t.date(pd.Timestamp(v).date())),
                Column("what", t("What"), lang="en", strong=True), Column("was", t("Was"), lang="en"),
                Column("now", t("Is"), lang="en"), Column("why", t("Why"), lang="en"),
            ),
        ),
        actions=("table", "download", "link"),
        level=2,
    )  # fmt: skip


def feeds_card(data: Catalogue, members: Sequence[str]) -> Safe:
    """Addresses of the feeds."""
    t = data.t
    links_ = [
        h("a", data.name(key), href=f"/feeds/economy/{key}.atom?lang={t.lang}") for key in members
    ]
    return h(
        "section",
        h("h2", t("Feeds")),
        h("p", t("Newest facts and corrections for any feed reader, without an account."), cls="sub"),
        h("p", h("a", icon("link"), t("Everything new"), href=f"/feeds/all.atom?lang={t.lang}", cls="btn")),
        h("p", t("By economy:"), " ", join(links_, " · "), cls="small"),
        h("p", t("Each company and body has its own: /feeds/org/ and its id, such as {link}.",
                 link="/feeds/org/deepseek.atom"), cls="small muted"),
        cls="card ch-feeds",
    )  # fmt: skip
