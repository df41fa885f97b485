"""Policies, claims, events and peers of an organisation, and what its page does not know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Child, Safe, h, icon, join, num
from observatory.cards.states import Gap
from observatory.i18n import Translator
from observatory.views import labels, links
from observatory.views.company import listing, money
from observatory.views.company.data import Company, Row, Rows, Surroundings
from observatory.views.company.figures import measure_name, value_text
from observatory.views.company.parts import (
    WEAK,
    deal_amount,
    folded,
    frame_of,
    list_card,
    script_of,
    source_refs,
    stage_amount,
    status_cell,
    statuses,
)
from observatory.views.labels import clean

EVENTS: Final = 8
_VERDICT_ICONS: Final = {
    "corroborated": "check_circle",
    "partly": "contrast",
    "contradicted": "cancel",
}


def _role(word: str, t: Translator) -> str:
    match word:
        case "issuer":
            return t("issued it")
        case "signatory":
            return t("signed it")
        case "partner":
            return t("partner")
        case "target":
            return t("aimed at it")
        case _:
            return t("party to it")


def policies_card(c: Company, s: Surroundings) -> Card:
    """Policies it issued or that name it; disputes first by kind in their own words."""
    t = s.t
    rows = c.policies

    def title(value: Any, row: Row) -> Safe:
        shown = h("a", value, href=links.policy(str(row["policy_id"])), data_go=True)
        native = clean(row["title_native"])
        if native and native != value:
            shown += h("span", native, cls="sub2", lang=script_of(native, row["economy_id"]))
        return shown

    def role(value: Any, row: Row) -> str:
        words = list(c.policy_roles.get(row["policy_id"], ()))
        if row["issuer_org_id"] == c.org and "issuer" not in words:
            words.insert(0, "issuer")
        return t.list([_role(word, t) for word in words or ["party"]])

    def when(value: Any, row: Row) -> Safe:
        said = t.period(clean(row["date"])) if clean(row["date"]) else t("date not stated")
        return num(said, row["row_id"])

    columns = (
        Column("co_date", t("Date"), show=when, strong=True),
        Column("title", t("Title"), show=title, lang="en"),
        Column("kind", t("Kind"), show=lambda value, row: labels.policy_kind(clean(value), t)),
        Column("policy_status", t("Status then"), phone=False,
               show=lambda value, row: labels.policy_status(clean(value), t)),
        Column("co_role", t("Its part"), show=role, phone=False),
        Column("status", t("Status"), show=status_cell(t), phone=False),
    )  # fmt: skip
    plain = (
        Column("date", t("Date"), row_id="row_id"),
        Column("title", t("Title")),
        Column("title_native", t("Title in its own language")),
        Column("kind", t("Kind")),
        Column("policy_status", t("Status then")),
    )
    disputes = sum(row["kind"] == "dispute" for row in rows)
    title_text = t.n("{n} policy record", "{n} policy records", len(rows))
    if disputes:
        more = t.n("{n} of them a dispute", "{n} of them disputes", disputes)
        title_text = f"{title_text}, {more}" if t.lang in ("en", "ko") else f"{title_text}，{more}"
    return list_card(
        c,
        rows,
        columns,
        plain,
        t,
        key="policies",
        title=title_text,
        subtitle=t(
            "Issued by it or naming it, newest first; titles in the language of the record."
        ),
        caption=t("Policy records"),
    )


def verdict_word(verdict: str, t: Translator) -> Safe:
    """Icon and word of a verdict."""
    shape = _VERDICT_ICONS.get(verdict, "help")
    return h("span", icon(shape), labels.verdict(verdict, t), cls=f"st co-v-{verdict}")


def claims_card(c: Company, s: Surroundings) -> Card:
    """Claims of the two founding documents that name it."""
    t = s.t
    rows = c.claims

    def statement(value: Any, row: Row) -> Safe:
        source = (
            t("the essay on a third way")
            if row["document"] == "third-way-essay"
            else t("the digest on governance")
        )
        return num(value, row["row_id"], cls="num plain-t") + h("span", source, cls="sub2")

    columns = (
        Column("verdict", t("Verdict"), show=lambda value, row: verdict_word(clean(value), t)),
        Column("statement", t("Claim"), show=statement, lang="en"),
        Column("evidence", t("Evidence"), lang="en"),
    )
    plain = (
        Column("verdict", t("Verdict"), show=lambda value, row: labels.verdict(clean(value), t)),
        Column("statement", t("Claim"), row_id="row_id"),
        Column("evidence", t("Evidence")),
    )
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["verdict"]] = counts.get(row["verdict"], 0) + 1
    mix = [f"{t.number(n)} {labels.verdict(word, t).lower()}" for word, n in counts.items()]
    return Card(
        id="claims",
        title=t.n("{n} claim that names it: {mix}", "{n} claims that name it: {mix}", len(rows),
                  mix=t.list(mix)),
        subtitle=t("From the two texts this observatory grew out of, each checked against sources."),
        body=folded(columns, rows, t("Claims"), t, 6),
        table=CardTable(frame_of(rows, plain), plain),
        sources=source_refs(c, rows),
        actions=("table", "download", "link"),
    )  # fmt: skip


# Events -------------------------------------------------------------------------------------------


def _event_text(event: Row, found: Mapping[str, Row], t: Translator) -> tuple[str, str]:
    """What happened and what kind it was."""
    row = found.get(event["row_id"], {})
    match event["kind"]:
        case "deal":
            amount = deal_amount(row, t) if row else ""
            kind = labels.deal_kind(clean(event["subkind"]), t)
            who = clean(event["org_name"])
            text = t("{kind}: {amount}", kind=kind, amount=amount) if amount else kind
            return (text, t("Deal")) if row or not who else (f"{kind}, {who}", t("Deal"))
        case "ipo":
            stage = labels.stage(clean(event["subkind"]), t)
            text = t("{stage}, {venue}", stage=stage, venue=clean(event["title"]))
            amount = stage_amount(row, t) if row else ""
            return (f"{text} ({amount})" if amount else text), t("Listing")
        case "model":
            return clean(event["title"]), t("Model")
        case "chip":
            return clean(event["title"]), t("Chip")
        case "dispute":
            return clean(event["title"]), t("Dispute")
        case "export_control":
            return clean(event["title"]), t("Export control")
        case _:
            kind = labels.policy_kind(clean(event["subkind"]), t)
            return clean(event["title"]), kind


def events_card(c: Company, s: Surroundings) -> Card:
    """Dated events, numbered in order of time, newest first; those ahead marked."""
    t = s.t
    found = {row["row_id"]: row for row in (*c.deals, *c.stages)}
    rows = list(reversed([{**row, "n": i} for i, row in enumerate(c.events, start=1)]))

    def item(row: Row) -> Safe:
        text, kind = _event_text(row, found, t)
        ahead = row["date_start"] > c.today
        lang = "en" if row["kind"] in ("policy", "dispute", "export_control") else None
        tail: list[Child] = [kind]
        if row["effective"]:
            tail.append(t("takes effect"))
        if row["kind"] == "policy" and clean(row["title_native"]):
            native = clean(row["title_native"])
            tail.append(h("span", native, lang=script_of(native, clean(row["economy_id"]))))
        if ahead:
            tail.append(h("b", t("ahead")))
        if row["status"] in WEAK:
            tail.append(t("weak or disputed source"))
        return h(
            "li",
            h("span", t.number(row["n"]), cls="no", aria_hidden="true"),
            h("span", t.period(clean(row["date"])), cls="d"),
            h(
                "span",
                num(text or kind, clean(row["row_id"]), cls="num plain-t"),
                h("span", join(tail, " · "), cls="sub2"),
                cls="w",
                lang=lang,
            ),
        )

    body = h("ol", *(item(row) for row in rows[:EVENTS]), cls="co-events")
    if len(rows) > EVENTS:
        rest = rows[EVENTS:]
        label = t.n("{n} earlier event", "{n} earlier events", len(rest))
        inner = h("ol", *(item(row) for row in rest), cls="co-events")
        body += h("details", h("summary", label), inner, cls="co-more")
    first, last = c.events[0], c.events[-1]
    columns = (
        Column("date", t("Date"), show=lambda value, row: t.period(clean(value)), row_id="row_id"),
        Column("text", t("What"), strong=True),
        Column("kind", t("Kind")),
        Column("status", t("Status"), show=status_cell(t)),
    )
    plain = []
    for row in rows:
        text, kind = _event_text(row, found, t)
        plain.append({**row, "text": text or kind, "kind": kind})
    return Card(
        id="events",
        title=t.n("{n} dated event", "{n} dated events", len(rows)),
        subtitle=t("From {first} to {last}, newest first.", first=t.period(clean(first["date"])),
                   last=t.period(clean(last["date"]))),
        body=body,
        table=CardTable(frame_of(plain, columns), columns),
        statuses=statuses(rows),
        actions=("table", "download", "link"),
    )  # fmt: skip


# What the page does not know ----------------------------------------------------------------------


def _disputed(c: Company, t: Translator) -> list[Gap]:
    cells: dict[tuple[str, str], Rows] = {}
    for row in c.observations:
        if row["status"] == "disputed":
            cells.setdefault((row["indicator_id"], row["period"]), []).append(dict(row))
    gaps = []
    for rows in list(cells.values())[:3]:
        low = min(rows, key=lambda row: row["value"])
        high = max(rows, key=lambda row: row["value"])
        gaps.append(
            Gap(
                t("{measure}, {period}", measure=measure_name(low, t),
                  period=t.period(clean(low["period"]))),
                t("sources disagree, {low} to {high}; kept out of the facts above.",
                  low=value_text(low, t), high=value_text(high, t)),
            )
        )  # fmt: skip
    for row in (*money.raised(c), *money.spent(c)):
        if row["status"] == "disputed":
            every = {deal_amount(one, t) for one in (row, *row["others"])} - {""}
            gaps.append(
                Gap(
                    t("{deal}, {date}", deal=money.deal_name(row, t),
                      date=t.period(clean(row["announced"]))),
                    t("sources disagree: {amounts}.", amounts="; ".join(sorted(every))),
                )
            )  # fmt: skip
    return gaps


def gaps(c: Company, t: Translator) -> list[Gap]:
    """Computed gaps: what a reader would expect here and is not on file."""
    found = _disputed(c, t)
    if not c.known and c.first_known is not None:
        found.insert(
            0,
            Gap(t("Its identity"), t("became known to us later; the first entry is of {date}.",
                                     date=t.date(c.first_known))),
        )  # fmt: skip
    wrong = [row for row in c.observations if row["status_reason"] == "do_not_chart"]
    for row in wrong[:2]:
        found.append(
            Gap(
                t("{measure}, {value}", measure=measure_name(row, t), value=value_text(row, t)),
                t("contradicted by better evidence: shown in the table, never drawn."),
            )
        )
    for rows in listing.attempts(c):
        last = listing.stale(rows, c.today)
        if last is not None:
            lead = t("Outcome on {venue}", venue=listing.venue(rows[0]["exchange"], t))
            found.append(Gap(lead, t("no source on file after {date}.", date=t.date(last))))
    money_rows = [
        row
        for row in c.observations
        if row["value_kind"] == "money" and row["indicator_id"].startswith("company_")
    ]
    if c.kind == "company" and not money_rows:
        found.append(Gap(t("Accounts"), t("no revenue or profit on file.")))
    if c.kind in ("company", "lab") and not money.raised(c) and not c.stages:
        found.append(Gap(t("Money raised"), t("no round, loan or listing on file.")))
    silent = [row for row in money.raised(c) if not deal_amount(row, t)]
    if silent:
        found.append(Gap(t("Amounts"), t.n("not stated for {n} deal.", "not stated for {n} deals.",
                                           len(silent))))  # fmt: skip
    undated = sum(not row["released"] for row in c.models)
    if undated:
        found.append(Gap(t("Release dates"), t("not on file for {n} of {all} models.",
                                               n=t.number(undated),
                                               all=t.number(len(c.models)))))  # fmt: skip
    if c.models and not c.standing:
        found.append(Gap(t("Standing"), t("no result of its models on a board on file.")))
    if c.kind in ("government", "consortium", "nonprofit") and not c.policies:
        found.append(Gap(t("Policy records"), t("none issued by it or naming it on file.")))
    missing = [
        word
        for word, gone in (
            (t("founding date"), not c.identity["founded"]),
            (t("web site"), not c.identity["website"]),
            (t("name in its own script"), _script_missing(c)),
            (t("economy"), c.economy is None),
        )
        if gone
    ]
    if missing:
        found.append(Gap(t("Identity"), t("{things} not on file.", things=t.list(missing))))
    found.append(
        Gap(t("Reach"), t("Only what named sources say is here; what is absent may still exist."))
    )
    return found


def _script_missing(c: Company) -> bool:
    return c.economy_id in ("CHN", "JPN", "KOR", "TWN", "HKG") and not c.identity["native_name"]
