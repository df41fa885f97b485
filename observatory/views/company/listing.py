"""Listing attempts of an organisation: one track an attempt and venue, every stage with its date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from observatory.analysis.pipeline import no_outcome_since, stale_since
from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join, num, svg
from observatory.charts.palette import palette
from observatory.charts.svg.stages import furthest
from observatory.charts.svg.tracks import TrackSpec, ipo_tracks
from observatory.i18n import Translator
from observatory.views import labels
from observatory.views.company.data import Company, Row, Rows, Surroundings
from observatory.views.company.parts import (
    folded,
    frame_of,
    in_dollars,
    leads,
    remark,
    source_refs,
    stage_amount,
    status_cell,
    statuses,
)
from observatory.views.ipo import stage as ipo_stage
from observatory.views.ipo.stage import steps
from observatory.views.labels import clean


def venue(exchange: str, t: Translator) -> str:
    """The exchange in words; its own short name where that is what people say."""
    match exchange:
        case "HKEX":
            return t("the Hong Kong exchange")
        case "SSE STAR":
            return t("Shanghai's STAR Market")
        case "KRX":
            return t("the Korea Exchange")
        case "TSE Prime":
            return t("Tokyo's Prime Market")
        case "TSE Growth":
            return t("Tokyo's Growth Market")
        case "NASDAQ":
            return t("Nasdaq")
        case "ASX":
            return t("the Australian exchange")
        case "NSE/BSE":
            return t("the Indian exchanges")
        case "A-share":
            return t("a mainland Chinese exchange")
        case _:
            return exchange


def attempts(c: Company) -> list[Rows]:
    """Stages by attempt, in order of time; the attempt with the newest word first."""
    groups: dict[str, Rows] = {}
    for row in leads(c.stages, "event_id"):
        groups.setdefault(row["ipo_id"], []).append(row)
    found = [
        sorted(rows, key=lambda r: (r["period_end"], furthest(r["stage"])))
        for rows in groups.values()
    ]
    return sorted(found, key=lambda rows: rows[-1]["period_end"], reverse=True)


def headline(c: Company) -> dict[str, Any] | None:
    """Where its listing stands by sources that are not weak; a listing that happened goes first."""
    return ipo_stage.headline(attempts(c), c.today)


def stale(rows: Rows, today: date) -> date | None:
    """Day of the last word on an unfinished attempt if that is over 90 days ago, else None."""
    return stale_since(steps(rows), today)


def listed(c: Company) -> dict[str, Any] | None:
    """The newest listing that has happened, or None."""
    return ipo_stage.listed(attempts(c), c.today)


def sentence(c: Company, t: Translator) -> str:
    """Where its newest listing stands, as a sentence; empty without any attempt."""
    done = listed(c)
    if done is not None:
        where, day = venue(done["exchange"], t), t.period(done["stage_date"])
        money = stage_amount(done, t)
        if money and done["status"] != "disputed":
            return t("Listed on {venue}, {date} ({money} raised).", venue=where, date=day,
                     money=money)  # fmt: skip
        return t("Listed on {venue}, {date}.", venue=where, date=day)
    now = headline(c)
    if now is None:
        return ""
    return t(
        "Listing on {venue}: {stage}, {date}.",
        venue=venue(now["exchange"], t),
        stage=labels.stage(now["stage"], t),
        date=t.parts([t.period(now["stage_date"]), _passed(now, c.today, t)]),
    )


def _money(value: Any, row: Row, t: Translator) -> Safe:
    shown = stage_amount(row, t)
    if not shown:
        return h("span", t("not stated"), cls="unk")
    done = row["stage"] in ("listed", "priced")
    word = t("raised") if done else t("aim")
    parts = [num(shown, row["row_id"]), Safe(" "), h("span", word, cls="muted")]
    dollars = in_dollars(row, t)
    if dollars:
        parts.append(h("span", dollars, cls="sub2"))
    said = list(dict.fromkeys(stage_amount(other, t) for other in row["others"]))
    others = [text for text in said if text and text != shown]
    if others:
        parts.append(
            h("span", t("other sources: {amounts}", amounts="; ".join(others)), cls="sub2")
        )
    return join(parts)


def _columns(c: Company, t: Translator) -> tuple[Column, ...]:
    def stage(value: Any, row: Row) -> Safe:
        return h("span", labels.stage(clean(value), t))

    def valuation(value: Any, row: Row) -> Safe:
        if row["valuation_usd_m"] is None:
            return h("span", t("not stated"), cls="unk")
        return num(t.money(row["valuation_usd_m"] * 1e6, "USD"), row["row_id"])

    def sources(value: Any, row: Row) -> str:
        names = [row, *row["others"]]
        kept = [clean(c.sources.get(r["source_id"], {}).get("publisher")) for r in names]
        return "; ".join(dict.fromkeys(name for name in kept if name))

    return (
        Column("exchange", t("Venue"), strong=True),
        Column("stage", t("Stage"), show=stage),
        Column("stage_date", t("Date"), show=lambda value, row: t.period(clean(value)),
               row_id="row_id"),
        Column("co_money", t("Raised or aimed at"), show=lambda value, row: _money(value, row, t)),
        Column("co_valuation", t("Valuation"), "right", show=valuation, phone=False),
        Column("status", t("Status"), show=status_cell(t), phone=False),
        Column("source_id", t("Sources"), show=sources, phone=False),
        remark(t),
    )  # fmt: skip


def _track_frame(c: Company, rounds: list[Rows], t: Translator) -> pd.DataFrame:
    many = len({rows[0]["exchange"] for rows in rounds}) < len(rounds)
    found = []
    for place, rows in enumerate(rounds):
        label = rows[0]["exchange"]
        if many:
            label = t("{venue}, attempt {n}", venue=label, n=len(rounds) - place)
        for row in rows:
            found.append(
                {
                    "track_id": row["ipo_id"], "stage": row["stage"], "period": row["stage_date"],
                    "label": label, "economy_id": c.economy_id, "row_id": row["row_id"],
                    "status": row["status"], "since": _plan_known(row),
                }
            )  # fmt: skip
    return pd.DataFrame(found)


def _ahead(row: Row) -> bool:
    """Whether the row's date is the one planned, which lay ahead of its source."""
    return bool(row["stage"] == "planned" and row["period_start"] > row["known_on"])


def _plan_known(row: Row) -> str:
    """Day from which a plan was known, where its date is the one planned; else empty."""
    return row["known_on"].isoformat() if _ahead(row) else ""


def _passed(row: Row, today: date, t: Translator) -> str:
    """What is to be added to the day of a plan that has gone by; else empty."""
    return t("outcome not on file") if _ahead(row) and row["period_end"] < today else ""


def _standing(row: Row, today: date, t: Translator) -> str:
    """Where an attempt stands. The day of a plan may be the day planned: it is no "since"."""
    where, day = venue(row["exchange"], t), t.period(row["stage_date"])
    if row["stage"] != "planned":
        return t("{stage} on {venue} since {date}", stage=labels.stage(row["stage"], t), venue=where,
                 date=day)  # fmt: skip
    if row["period_start"] > row["known_on"]:
        said = t("Planned on {venue} for {date}", venue=where, date=day)
        return t.parts([said, _passed(row, today, t)])
    return t("Planned on {venue}, said on {date}", venue=where, date=day)


def _pipeline_link(attempt: str, s: Surroundings) -> Safe | None:
    """The newest attempt among all, on the pipeline's page."""
    if "ipo" not in s.pages:
        return None
    label = s.t("This attempt beside all others in the pipeline")
    return h(
        "p", h("a", label, href=s.link("ipo", attempt=attempt), data_go=True), cls="small co-gap"
    )


def listing_card(c: Company, s: Surroundings) -> Card:
    """The tracks with the table of their stages."""
    t = s.t
    rounds = attempts(c)
    frame = _track_frame(c, rounds, t)
    colours = palette("css")
    day = c.today.isoformat()
    wide = ipo_tracks(frame, TrackSpec(as_of=day, width=1280), colours, t)
    narrow = ipo_tracks(frame, TrackSpec(as_of=day, width=358, columns=False), colours, t)
    rows = [row for group in rounds for row in reversed(group)]
    columns = _columns(c, t)
    if all(row["valuation_usd_m"] is None for row in rows):
        columns = tuple(column for column in columns if column.key != "co_valuation")
    last = stale(rounds[0], c.today)
    subtitle = t(
        "One row is one attempt at one venue; shape is the stage. Dotted: no newer source."
    )
    caveats: list[str] = []
    if no_outcome_since(steps(rounds[0]), c.today) is not None:
        caveats.append(t("No word for so long that it must have ended; how is on no file."))
    if last is not None:
        caveats.append(t("No newer word since {date}: it may have moved.", date=t.date(last)))
    if any(row["stage"] == "rumoured" for row in rows):
        caveats.append(t("A rumour never moves an attempt forward or back."))
    firm = headline(c)
    title = t.n(
        "{n} listing attempt, weak sources only",
        "{n} listing attempts, weak sources only",
        len(rounds),
    )
    if firm is not None and firm["stage"] == "listed":
        title = sentence(c, t).rstrip(".。")
    elif firm is not None:
        title = _standing(firm, c.today, t)
    plain = tuple(
        column for column in columns if column.key not in ("source_id", "co_money", "co_valuation")
    )
    plain = (
        *plain,
        Column("raise_amount", t("Amount"), "right"),
        Column("currency", t("Currency")),
    )
    every = [row for group in rounds for row in group]
    every = [one for row in every for one in (row, *row["others"])]
    return Card(
        id="listing",
        title=title,
        subtitle=subtitle,
        body=join(
            [
                svg(wide, "co-wide"),
                svg(narrow, "co-narrow"),
                h("div", folded(columns, rows, t("Stages"), t), cls="co-gap"),
            ]
        ),
        alt=title,
        table=CardTable(frame_of(every, (*plain, Column("row_id", ""))), plain),
        sources=source_refs(c, every),
        statuses=statuses(rows),
        caveat=" ".join(caveats),
        after=_pipeline_link(rounds[0][0]["ipo_id"], s),
        actions=("table", "download", "link"),
    )
