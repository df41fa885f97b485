"""Money of an organisation: what it raised, and what it invested, bought or pledged itself."""

from __future__ import annotations

from typing import Any, Final

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join, num, status_word
from observatory.cards.words import status_label
from observatory.i18n import Translator
from observatory.views import labels
from observatory.views.company.data import Company, Row, Rows, Surroundings
from observatory.views.company.parts import (
    deal_amount,
    folded,
    frame_of,
    in_dollars,
    leads,
    named,
    raised_by,
    remark,
    source_refs,
    status_cell,
    statuses,
    sure,
)
from observatory.views.labels import clean

NAMES: Final = 4


def raised(c: Company) -> Rows:
    """Deals by which money came in: one row a deal, newest first."""
    return [row for row in leads(c.deals, "deal_id") if raised_by(c, row)]


def spent(c: Company) -> Rows:
    """Deals in which it pays, invests, buys or plans: one row a deal, newest first."""
    return [row for row in leads(c.deals, "deal_id") if not raised_by(c, row)]


def latest_raised(c: Company) -> dict[str, Any] | None:
    """The newest money that came in, with an amount and sources that are neither weak nor at odds.

    Closed and committed deals go first; of the others a round may stand for itself, marked as of
    unknown firmness, but a loan in talks is not money raised.
    """
    rows = [row for row in sure(raised(c)) if row["usd"] is not None]
    firm = [row for row in rows if row["commitment"] in ("closed", "committed")]
    rest = [row for row in rows if row["commitment"] == "unknown" and row["kind"] == "round"]
    kept = firm or rest
    return max(kept, key=lambda row: min(row["period_end"], c.today)) if kept else None


def _variants(row: Row, t: Translator) -> list[Row]:
    """The sources of a deal that print an amount of their own, one of each amount."""
    found: dict[str, Row] = {}
    for one in (row, *row["others"]):
        shown = deal_amount(one, t)
        if shown:
            found.setdefault(shown, one)
    return list(found.values())


def _amount(row: Row, t: Translator) -> Safe:
    every = _variants(row, t)
    if not every:
        return h("span", t("not stated"), cls="unk")
    if row["status"] == "disputed":
        # No winner among values in dispute: both are printed, each with what its row says.
        lines = []
        for one in every:
            said = h("span", clean(one["note"]), cls="sub2", lang="en") if one["note"] else None
            lines.append(h("span", num(deal_amount(one, t), one["row_id"]), said, cls="co-rival"))
        return join(lines)
    dollars = in_dollars(row, t)
    parts = [num(deal_amount(every[0], t), every[0]["row_id"])]
    if dollars:
        parts.append(h("span", dollars, cls="sub2"))
    if len(every) > 1:
        rest = join([num(deal_amount(one, t), one["row_id"]) for one in every[1:]], "; ")
        parts.append(h("span", t("also printed: "), rest, cls="sub2"))
    return join(parts)


def _valuation(row: Row, t: Translator) -> Safe | None:
    found = sorted({one["post_money_usd_m"] for one in (row, *row["others"])} - {None})
    if not found:
        return None
    if len(found) > 1:
        low, high = t.money(found[0] * 1e6, "USD"), t.money(found[-1] * 1e6, "USD")
        return num(t("{low} to {high}", low=low, high=high), row["row_id"])
    return num(t.money(found[0] * 1e6, "USD"), row["row_id"])


def _parties(c: Company, row: Row, s: Surroundings, roles: tuple[str, ...]) -> Safe | None:
    every = c.parties.get(row["deal_id"], ())
    kept = [p for p in every if p["role"] in roles and p["party_id"] != c.org]
    if not kept:
        return None
    shown = []
    for party in sorted(kept, key=lambda p: p["party_kind"] != "organization"):
        label = clean(party["party_name"])
        shown.append(named(c, clean(party["party_id"]), s, label))
    # The same investor may stand in two sources under two spellings of one name.
    kept_names = list({str(getattr(x, "html", x)): x for x in shown}.values())
    rest = len(kept_names) - NAMES
    text = join(kept_names[:NAMES], "; ")
    if rest > 0:
        text += Safe(" ") + h("span", s.t.n("and {n} more", "and {n} more", rest), cls="muted")
    return text


def deal_name(row: Row, t: Translator) -> str:
    """Kind of deal with the name of the round."""
    kind = labels.deal_kind(clean(row["kind"]), t)
    name = clean(row["round"])
    return f"{kind}, {name}" if name else kind


def _columns(c: Company, s: Surroundings, *, incoming: bool) -> tuple[Column, ...]:
    t = s.t

    def what(value: Any, row: Row) -> Safe:
        firm = h("span", labels.commitment(clean(row["commitment"]), t), cls="sub2")
        return h("span", deal_name(row, t)) + firm

    def who(value: Any, row: Row) -> Safe:
        roles = ("investor", "payer") if incoming else ("receiver",)
        found = _parties(c, row, s, roles)
        if found is None and not incoming and row["org_id"] != c.org:
            found = h("span", named(c, clean(row["org_id"]), s, clean(row["org_name"])))
        if found is None and clean(row["host_economy"]):
            found = h("span", clean(row["host_economy"]))
        return found or h("span", t("not named"), cls="unk")

    def valuation(value: Any, row: Row) -> Safe:
        return _valuation(row, t) or h("span", t("not stated"), cls="unk")

    def status(value: Any, row: Row) -> Safe:
        word = clean(value)
        count = 1 + len(row["others"])
        said = status_word(word, status_label(word, t))
        if count == 1:
            return said
        return said + h("span", t.n("{n} entry", "{n} entries", count), cls="sub2")

    party = t("From") if incoming else t("In or for whom")
    found = [
        Column("announced", t("Date"), show=lambda value, row: t.period(clean(value)), strong=True),
        Column("kind", t("What"), show=what),
        Column("co_amount", t("Amount"), show=lambda value, row: _amount(row, t), sort="usd"),
    ]
    if incoming and any(one["post_money_usd_m"] is not None for one in c.deals):
        found.append(
            Column(
                "co_valuation",
                t("Valuation after it"),
                "right",
                show=valuation,
                phone=False,
                sort="post_money_usd_m",
            )
        )
    found += [
        Column("co_who", party, show=who, phone=False),
        Column("status", t("Status"), show=status),
        remark(t),
    ]
    return tuple(found)


def _table(c: Company, s: Surroundings, rows: Rows, *, incoming: bool, caption: str) -> Safe:
    shown = [{**row, "said": row["status"] == "disputed"} for row in rows]
    return folded(_columns(c, s, incoming=incoming), shown, caption, s.t)


def _plain(c: Company, rows: Rows, t: Translator) -> CardTable:
    """Every source's row of every deal, as numbers."""
    every = [one for row in rows for one in (row, *row["others"])]
    columns = (
        Column("announced", t("Date"), show=lambda value, row: t.period(clean(value)), strong=True),
        Column("kind", t("What"), show=lambda value, row: labels.deal_kind(clean(value), t)),
        Column("amount", t("Amount"), "right", show=lambda value, row: t.exact(value),
               row_id="row_id"),
        Column("currency", t("Currency")),
        Column("usd", t("US dollars"), "right", show=lambda value, row: t.exact(value),
               row_id="row_id"),
        Column("commitment", t("Firmness"),
               show=lambda value, row: labels.commitment(clean(value), t)),
        Column("status", t("Status"), show=status_cell(t)),
        Column("deal_id", t("Deal")),
    )  # fmt: skip
    return CardTable(frame_of(every, columns), columns)


def _method(t: Translator) -> str:
    return t(
        "The amount is printed in its original currency first. US dollars are the source's own"
        " where it gives them, else the amount at the average rate of the announcement year. Rows"
        " of several sources on one deal count once. Pledged, committed and closed money is never"
        " added up."
    )


def raised_card(c: Company, s: Surroundings) -> Card:
    """Deals that brought money in."""
    t = s.t
    rows = raised(c)
    newest = latest_raised(c)
    title = t.n("{n} deal on file", "{n} deals on file", len(rows))
    if newest is not None:
        title = t(
            "Newest with an amount: {money}, {kind}, {date}",
            money=deal_amount(newest, t),
            kind=labels.deal_kind(clean(newest["kind"]), t),
            date=t.period(clean(newest["announced"])),
        )
    firm: dict[str, int] = {}
    for row in rows:
        firm[row["commitment"]] = firm.get(row["commitment"], 0) + 1
    mix = t.list([f"{t.number(n)} {labels.commitment(word, t)}" for word, n in firm.items()])
    subtitle = t(
        "Money raised, {deals}: {mix}. One deal counts once, however many sources report it.",
        deals=t.n("{n} deal", "{n} deals", len(rows)),
        mix=mix,
    )
    return Card(
        id="raised",
        title=title,
        subtitle=subtitle,
        body=_table(c, s, rows, incoming=True, caption=t("Money raised")),
        table=_plain(c, rows, t),
        sources=source_refs(c, [one for row in rows for one in (row, *row["others"])]),
        statuses=statuses(rows),
        method=_method(t),
        actions=("table", "method", "download", "link"),
    )


def spent_card(c: Company, s: Surroundings) -> Card:
    """Deals in which it pays or plans to."""
    t = s.t
    rows = spent(c)
    disputed = sum(row["status"] == "disputed" for row in rows)
    caveat = ""
    if disputed:
        caveat = t.n(
            "On {n} deal sources disagree: all amounts are printed, none counts.",
            "On {n} deals sources disagree: all amounts are printed, none counts.",
            disputed,
        )
    own = sum(row["org_id"] == c.org for row in rows)
    parts = []
    if own:
        parts.append(t.n("{n} deal of its own", "{n} deals of its own", own))
    if len(rows) > own:
        joined = len(rows) - own
        parts.append(t.n("{n} deal of others that it joins", "{n} deals of others that it joins",
                         joined))  # fmt: skip
    subtitle = t(
        "{deals}; plans are pledges, not money spent. An amount is that of the whole deal, "
        "of all who take part.",
        deals=t.list(parts),
    )
    return Card(
        id="spent",
        title=t.n("{n} deal in which it pays, plans or invests",
                  "{n} deals in which it pays, plans or invests", len(rows)),
        subtitle=subtitle,
        body=_table(c, s, rows, incoming=False, caption=t("Money invested or pledged")),
        table=_plain(c, rows, t),
        sources=source_refs(c, [one for row in rows for one in (row, *row["others"])]),
        statuses=statuses(rows),
        caveat=caveat,
        method=_method(t),
        actions=("table", "method", "download", "link"),
    )  # fmt: skip
