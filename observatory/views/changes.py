"""What changed: the finding, the largest changes in plain words, and all of them by group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, icon, join, num
from observatory.cards.pager import pager
from observatory.cards.words import status_label
from observatory.i18n import Translator
from observatory.views import evidence_parts as ev
from observatory.views import labels, links
from observatory.views.changes_data import PAGE, Change, Choice, News, address, group_key
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]
TOP: Final = 8
SHOWN: Final = 4
GROUPS: Final = 14
ICONS: Final = {"new": "add", "revised": "history", "withdrawn": "remove"}


def how_name(how: str, t: Translator) -> str:
    """New, revised or withdrawn."""
    match how:
        case "new":
            return t("New")
        case "revised":
            return t("Revised")
        case _:
            return t("Withdrawn")


def why_words(change: Change, t: Translator) -> str:
    """Why a fact reads otherwise; empty for new ones."""
    match change.why:
        case "edited":
            return t("Our entry was corrected.")
        case "edition":
            return t("The publisher revised it in a later edition.")
        case "reading":
            return t("The source was read again and says otherwise.")
        case "dispute":
            return t("A further source differs: no value is chosen any more.")
        case "settled":
            return t("A further source settled it: a value is chosen.")
        case "other":
            return t("A source that ranks higher, official before press, says otherwise.")
        case "told":
            return t("A source that ranks higher states what was left open.")
        case "finer":
            return t("A source that ranks higher gives a more exact date.")
        case "near":
            return t("A source that ranks higher gives a figure within 2 %.")
        case "surer":
            return t("Until then only sources of low confidence told it.")
        case "weaker":
            return t("Only sources of low confidence tell it now.")
        case "gone":
            return t("It is no longer on file.")
        case _:
            return ""


def title(news: News, c: Choice, t: Translator) -> str:
    """How much changed."""
    new, revised, gone = (news.counts.get(how, 0) for how in ("new", "revised", "withdrawn"))
    if c.view == "builds":
        if not news.total:
            return t("Nothing that is shown changed between these two builds")
        return t("Between two builds: {new} new facts, {revised} revised, {gone} withdrawn",
                 new=t.number(new), revised=t.number(revised), gone=t.number(gone))  # fmt: skip
    if not news.total:
        return t("Nothing became known between these two days")
    if gone:
        return t("Since {day}: {new} new facts, {revised} revised, {gone} withdrawn", day=t.date(c.since),
                 new=t.number(new), revised=t.number(revised), gone=t.number(gone))  # fmt: skip
    return t("Since {day}: {new} new facts, {revised} revised, none withdrawn", day=t.date(c.since),
             new=t.number(new), revised=t.number(revised))  # fmt: skip


def deck(c: Choice, t: Translator) -> str:
    """What is compared."""
    if c.view == "builds":
        return t(
            "What one build of the data shows and another does not: rows added, corrected and taken out by"
            " editors, whatever day their sources are from."
        )
    return t(
        "What a reader of {until} sees and one of {since} did not: by the day on which a source was published, at"
        " the latest the day it was read here.",
        since=t.date(c.since), until=t.date(c.until),
    )  # fmt: skip


def visit(t: Translator) -> Safe:
    """The line that the browser fills with the day of the last visit; hidden until then."""
    day = h("time", "0000-00-00")
    said = t("Your last visit in this browser was on {day}.", day="\x00").split("\x00")
    line = join([said[0], day, said[1] if len(said) > 1 else ""])
    return h(
        "p",
        icon("schedule"),
        h("span", line, " ",
          h("a", t("What changed since then"), href="/changes?since=0000-00-00", data_go=True), " ",
          h("span", t("This day is kept in your browser only."), cls="muted"), " ",
          h("button", t("Forget it"), type="button", cls="num plain-t", data_visit_forget=True)),
        cls="ch-visit",
        data_visit=True,
    )  # fmt: skip


def say(namer: ev.Namer, change: Change) -> Safe:
    """What happened, in one line: old and new value with their receipts."""
    t, row, old = namer.t, change.row, change.old
    value, when = namer.value(row), namer.when(row)
    # An organisation has no date of its own; anything else without one says so.
    bare = namer.what(row) if row["kind"] == "organizations" else t("no date")
    now = num(value or when or bare, clean(row["row_id"]))
    before_text = namer.value({**old, "date": old["date"]}) if old["row_id"] else ""
    before_when = namer.when(old) if old["row_id"] else ""
    if change.how == "withdrawn":
        return join([h("s", value or when or namer.what(row))])
    if not old["row_id"]:
        return join([now, h("span", when, cls="muted") if value and when else None], " ")
    if change.how == "new":
        return join([
            h("span", num(before_text, clean(old["row_id"])), " ", h("span", before_when, cls="muted")),
            h("span", "→", aria_label=t("then")), h("b", now), h("span", when, cls="muted"),
        ], " ")  # fmt: skip
    then = h("span", "→", aria_label=t("then"))
    dispute = h("a", t("in dispute"), href=links.conflicts(cell_id=clean(row["cell_id"])), data_go=True)
    if change.why == "dispute":
        return join([num(before_text or before_when or t("not stated"), clean(old["row_id"])), then, dispute], " ")
    if change.why == "settled":
        return join([dispute, then, h("b", now), h("span", when, cls="muted") if value else None], " ")
    if change.what == "chosen":
        return join([
            num(status_label(clean(old["status"]), t), clean(old["row_id"])), then,
            h("b", num(status_label(clean(row["status"]), t), clean(row["row_id"]))),
            h("span", t.parts([value, when]), cls="muted"),
        ], " ")  # fmt: skip
    one, two = _aspect(namer, old, change.what), _aspect(namer, row, change.what)
    if one == two and change.what == "amount":
        one, two = _exact(namer, old), _exact(namer, row)
    same = clean(old["row_id"]) == clean(row["row_id"])
    one = one or t("not stated")
    return join([
        h("s", one) if same else num(one, clean(old["row_id"])), then,
        h("b", num(two or t("not stated"), clean(row["row_id"]))),
        h("span", when, cls="muted") if change.what != "date" else None,
    ], " ")  # fmt: skip


def _aspect(namer: ev.Namer, row: Row, what: str) -> str:
    """What a row says of the thing that changed; empty where it says nothing."""
    state = clean(row["state"])
    if what == "date":
        return namer.when(row)
    if what == "state" and row["kind"] == "deals":
        return labels.commitment(state, namer.t)
    if what == "state" and row["kind"] == "chips":
        return labels.chip_status(state, namer.t)
    return namer.value(row)


def _exact(namer: ev.Namer, row: Row) -> str:
    """The figure with every digit, where two are alike when written short."""
    amount = row["amount"]
    if row["kind"] in ("deals", "ipo_events") and amount == amount and amount is not None:
        return namer.t.money(float(amount), clean(row["unit"]) or "USD", compact=False)
    return namer.t.exact(clean(row["text"]) or str(amount))


def line(namer: ev.Namer, change: Change, *, skip: str = "") -> Safe:
    """One change as a list item. ``skip``: "who" or "what" where the group's head says it already."""
    t, row = namer.t, change.row
    what = namer.what(row)
    if row["kind"] == "benchmark_results" and change.n > 1:
        what = namer.boards.get(clean(row["thing_id"]), clean(row["thing_id"]))
    head: Safe = h("span", what, lang=namer.lang(row))
    if row["kind"] == "observations":
        head = h("a", what, href=links.indicator(clean(row["indicator_id"])), data_go=True)
    parts: list[Safe | None] = [
        None if skip == "what" and row["kind"] == "observations" else head,
        None if skip == "who" else ev.whom(namer, row),
    ]
    more = None
    if change.n > 1:
        more = t.n("{n} new value, the newest shown", "{n} new values, the newest shown", change.n)
        if row["kind"] == "benchmark_results":
            more = t.n("{n} new score, the newest shown", "{n} new scores, the newest shown", change.n)
    why = why_words(change, t)
    return h(
        "li",
        h("span", icon(ICONS[change.how], how_name(change.how, t)), cls=f"ch-how ch-{change.how}"),
        h("div",
          h("p", join([part for part in parts if part is not None], " · "), cls="ch-what"),
          h("p", say(namer, change), cls="ch-say"),
          h("p", *(h("span", text) for text in (more, why) if text), cls="ch-why") if more or why else None),
    )  # fmt: skip


def chips(news: News, c: Choice, t: Translator) -> Safe:
    """New, revised, withdrawn with counts; a press shows one kind only."""
    found = [h("a", t("All"), " ", h("b", t.number(news.total)), href=address(c, how=""), data_go=True,
               cls=None if c.how else "on", aria_current=None if c.how else "true")]  # fmt: skip
    for how in ("new", "revised", "withdrawn"):
        on = c.how == how
        found.append(h("a", how_name(how, t), " ", h("b", t.number(news.counts.get(how, 0))),
                       href=address(c, how=how), data_go=True, cls="on" if on else None,
                       aria_current="true" if on else None))  # fmt: skip
    return h("nav", *found, cls="k-chips", aria_label=t("Filter by what happened"))


def _fitting(news: News, c: Choice) -> list[Change]:
    return [one for one in news.changes if c.how in ("", one.how)]


def top_card(data: Catalogue, news: News, c: Choice) -> Card:
    """The largest changes of all."""
    t, namer = data.t, ev.Namer(data)
    found = _fitting(news, c)
    if not found:
        return Card(
            id="largest", title=t("Largest changes"),
            empty=EmptyState(
                reason=t("No fact changed in that way."), title=t("Nothing changed"),
                action_label=t("The last six months"), action_href="/changes",
            ),
        )  # fmt: skip
    return Card(
        id="largest",
        title=t("The largest changes"),
        subtitle=t("By the size of the step or the sum of money; facts on which sources now disagree count high."),
        body=h("ul", *(line(namer, one) for one in found[:TOP]), cls="ch-list ch-top"),
        table=table_of(namer, found[:2000]),
        method=t(
            "A step of a value counts by the share it covers of the range between the lowest and the highest value of"
            " its measure. Steps between two makers, editions or lengths of period, or across a break, do not count."
            " Deals and listings count by their US dollars, five billion and more the most. Values in dispute now count"
            " at least half, and revisions count double. Another source that leaves something open, or says it less"
            " exactly, is no revision: what was known stays on file."
        ),
        actions=("table", "method", "download", "link"),
        level=2,
    )  # fmt: skip


def groups_card(data: Catalogue, news: News, c: Choice, home: Mapping[str, str]) -> Card:
    """All changes by economy, company or measure; or one group in full."""
    t, namer = data.t, ev.Namer(data)
    groups: dict[str, list[Change]] = defaultdict(list)
    for one in _fitting(news, c):
        groups[group_key(one, c.by, home)].append(one)
    loose = groups.pop("", [])
    if c.of:
        return _one_group(namer, groups.get(c.of, []), c)
    order = sorted(groups, key=lambda key: (-groups[key][0].row["weight"], -len(groups[key]), key))
    names = {"economy": t("By economy"), "company": t("By company or body"), "measure": t("By measure")}
    if not order:
        return Card(id="groups", title=names[c.by], empty=EmptyState(reason=t("No fact changed in that way.")))
    last = ceil(len(order) / GROUPS)
    at = min(c.page, last)
    shown = order[(at - 1) * GROUPS : at * GROUPS]
    blocks = [_block(namer, key, groups[key], c) for key in shown]
    subtitle = t.n("{n} group, the largest change first.", "{n} groups, the largest change first.", len(order))
    notes = [subtitle]
    if loose:
        n = sum(one.n for one in loose)
        notes.append(t.n("{n} change belongs to none of them.", "{n} changes belong to none of them.", n))
    more = pager(at, last, lambda page: address(c, page=page), t)
    return Card(
        id="groups",
        title=names[c.by],
        subtitle=t.sentences(notes),
        body=h("div", *blocks, cls="ch-groups") + (more or Safe("")),
        actions=("link",),
        level=2,
    )


def _name(namer: ev.Namer, key: str, by: str) -> Safe:
    t = namer.t
    if by == "measure":
        if key.startswith("table:"):
            return h("span", ev.kind_name(key.removeprefix("table:"), t))
        item = namer.data.indicators.get(key)
        return h("a", item.short if item else key, href=links.indicator(key), data_go=True)
    name, href = namer.entity(key), namer.href(key)
    return h("a", name, href=href, data_go=True) if href else h("span", name)


def _block(namer: ev.Namer, key: str, found: Sequence[Change], c: Choice) -> Safe:
    t = namer.t
    total = sum(one.n for one in found)
    every = None
    if len(found) > SHOWN:
        every = h("p", h("a", t.n("All {n} change", "All {n} changes", total), href=address(c, of=key), data_go=True),
                  cls="small")  # fmt: skip
    skip = "what" if c.by == "measure" else "who"

    def drawn(one: Change) -> Safe:
        return line(namer, one, skip=skip if c.by != "economy" or _plain(one, key) else "")

    return h(
        "section",
        h("h3", _name(namer, key, c.by), " ", h("span", t.number(total), cls="muted")),
        h("ul", *(drawn(one) for one in found[:SHOWN]), cls="ch-list"),
        every,
    )  # fmt: skip


def _plain(change: Change, key: str) -> bool:
    """Whether the head of an economy's group says whom the line is about."""
    return not clean(change.row["org_id"]) and clean(change.row["economy_id"]) == key


def _one_group(namer: ev.Namer, found: Sequence[Change], c: Choice) -> Card:
    t = namer.t
    back = address(c, of="")
    if not found:
        return Card(id="groups", title=t("Changes"), empty=EmptyState(
            reason=t("Nothing changed here in that way."), action_label=t("All changes"),
            action_href=back))  # fmt: skip
    last = ceil(len(found) / PAGE)
    at = min(c.page, last)
    shown = found[(at - 1) * PAGE : at * PAGE]
    name = namer.entity(c.of) if c.by != "measure" else namer.what(found[0].row)
    total = sum(one.n for one in found)
    more = pager(at, last, lambda page: address(c, page=page), t)
    return Card(
        id="groups",
        title=t.n("{name}: {n} change", "{name}: {n} changes", total, name=name),
        subtitle=t("{first} to {last} of {all}", first=t.number((at - 1) * PAGE + 1),
                   last=t.number((at - 1) * PAGE + len(shown)), all=t.number(len(found))),
        body=join([
            h("p", h("a", icon("arrow_back"), t("All groups"), href=back, data_go=True), cls="small"),
            h("ul", *(line(namer, one) for one in shown), cls="ch-list"), more,
        ]),
        table=table_of(namer, found),
        actions=("table", "download", "link"),
        level=2,
    )  # fmt: skip


def table_of(namer: ev.Namer, found: Sequence[Change]) -> CardTable:
    """The changes as a table with old and new values."""
    t = namer.t
    out: list[dict[str, Any]] = [
        {
            "how": one.how,
            "what": namer.what(one.row),
            "who": namer.entity(namer.who(one.row)) if namer.who(one.row) else "",
            "old_date": clean(one.old["date"]) if one.old["row_id"] else "",
            "old": namer.value(one.old) if one.old["row_id"] else "",
            "date": clean(one.row["date"]),
            "value": namer.value(one.row),
            "why": why_words(one, t),
            "n": one.n,
            "known_on": str(one.row["known_on"])[:10],
            "row_id": clean(one.row["row_id"]),
            "old_row_id": clean(one.old["row_id"]),
        }
        for one in found
    ]
    columns = (
        Column("how", t("What happened"), show=lambda v, row: how_name(clean(v), t)),
        Column("what", t("What"), strong=True, row_id="row_id"),
        Column("who", t("Who or where")),
        Column("old_date", t("Period before"), show=lambda v, row: t.period(clean(v)), phone=False),
        Column("old", t("Value before"), "right", row_id="old_row_id"),
        Column("date", t("Period"), show=lambda v, row: t.period(clean(v))),
        Column("value", t("Value"), "right", row_id="row_id"),
        Column("why", t("Why"), phone=False),
        Column("n", t("Facts"), "right"),
        Column("known_on", t("Known to us"), show=lambda v, row: t.date(clean(v)), phone=False),
    )
    return CardTable(pd.DataFrame(out), columns)
