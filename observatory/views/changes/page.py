"""What changed: the choices of the page, the largest changes, and all of them by group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, icon, join
from observatory.cards.pager import pager
from observatory.cards.words import preset_label
from observatory.i18n import Translator
from observatory.model.scope import PRESETS
from observatory.views import evidence_parts as ev
from observatory.views import links
from observatory.views.changes.data import PAGE, Change, Choice, News, address, group_key
from observatory.views.changes.words import how_name, line, why_words
from observatory.views.ipo.bar import menu
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

TOP: Final = 8
SHOWN: Final = 4
GROUPS: Final = 14


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


def economies(c: Choice, members: Sequence[str], preset: str | None, t: Translator) -> Safe:
    """Whose changes are shown, as a menu of the groups of economies."""
    to = address(c, of="")
    options = [(preset_label(key, t), f"{to}{'&' if '?' in to else '?'}economies={key}", key == preset)
               for key in PRESETS]  # fmt: skip
    name = preset_label(preset, t) if preset else t.n("{n} economy", "{n} economies", len(members))
    return h("div", menu(t("Economies: {group}", group=name), options), cls="ch-whose")


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
    names = {
        "economy": t("By economy"),
        "company": t("By company or body"),
        "measure": t("By measure"),
    }
    if not order:
        return Card(
            id="groups",
            title=names[c.by],
            empty=EmptyState(reason=t("No fact changed in that way.")),
        )
    last = ceil(len(order) / GROUPS)
    at = min(c.page, last)
    shown = order[(at - 1) * GROUPS : at * GROUPS]
    blocks = [_block(namer, key, groups[key], c) for key in shown]
    subtitle = t.n(
        "{n} group, the largest change first.", "{n} groups, the largest change first.", len(order)
    )
    notes = [subtitle]
    if loose:
        n = sum(one.n for one in loose)
        notes.append(
            t.n("{n} change belongs to none of them.", "{n} changes belong to none of them.", n)
        )
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
