"""The data explorer: any rows of any table, a page at a time, each with its receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Any, Final

from observatory.analysis.search_fold import fold
from observatory.cards.card_model import Column
from observatory.cards.markup import Safe, h, icon, join, num
from observatory.cards.pager import pager
from observatory.cards.states import banner
from observatory.cards.table import Ordered, is_missing, table
from observatory.db import queries_explorer as q
from observatory.db.connect import Database
from observatory.db.explorer_fields import TABLES
from observatory.db.frames import records
from observatory.export.holdback import QUOTED_ROWS, is_bulk
from observatory.i18n import Translator
from observatory.i18n.even import evened, shared
from observatory.views.explorer import cells, words
from observatory.views.explorer.choice import MOST_MEASURES, Choice, address
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]
MOST_PERIODS: Final = 24
"""Columns of periods on the screen; the file has all."""


@dataclass(frozen=True)
class Found:
    """One page of a selection. `n`: what `queries_explorer.summary` counts; `lines`: lines of the form;
    `heads`: columns of a wide form; `elsewhere`: rows outside the chosen economies; `beside`: rows
    that are not the chosen one of their thing."""

    choice: Choice
    ask: q.Ask
    n: Mapping[str, int]
    lines: int
    rows: list[dict[str, Any]]
    heads: tuple[str, ...] = ()
    elsewhere: int = 0
    beside: int = 0

    @property
    def last(self) -> int:
        """The number of pages."""
        return max(ceil(self.lines / self.choice.rows), 1)

    @property
    def page(self) -> int:
        """The page shown: past the end the last one."""
        return min(self.choice.page, self.last)

    @property
    def start(self) -> int:
        return (self.page - 1) * self.choice.rows

    @property
    def measures(self) -> int | None:
        """Measures in the selection; None where rows are no measurements."""
        return self.n.get("measures")

    @property
    def held(self) -> int:
        """Rows that a file of this selection leaves out for their licence."""
        if self.choice.table == "sources" or not is_bulk(self.n["n"], self.measures):
            return 0
        return self.n["n"] - self.n["open"]


def named(catalogue: Catalogue) -> Callable[[str], Sequence[str]]:
    """Which measures have a word in their name in the reader's language."""
    folded = {key: fold(f"{item.name} {item.short}") for key, item in catalogue.indicators.items()}

    def find(word: str) -> Sequence[str]:
        if catalogue.t.lang == "en":
            return ()
        return [key for key, text in folded.items() if fold(word) in text]

    return find


def find(db: Database, c: Choice, ask: q.Ask, as_of: date | None) -> Found:
    """Count, then read one page."""
    n = q.summary(db, ask, as_of)
    free = 0
    if ask.economies is not None:
        free = q.count(db, replace(ask, economies=None), as_of) - n["n"]
    beside = 0
    if ask.lead and c.spec.lead:
        beside = q.count(db, replace(ask, lead=False), as_of) - n["n"]
    if c.form == "long":
        found = Found(c, ask, n, n["n"], [], (), free, beside)
        frame = q.rows(
            db, ask, as_of, fields=cells.needed(c.spec, c.shown), order=c.order, limit=c.rows, offset=found.start,
        )  # fmt: skip
        return replace(found, rows=records(frame))
    form = c.form
    heads = tuple(q.wide_heads(db, ask, form, as_of))
    found = Found(c, ask, n, q.wide_lines(db, ask, form, as_of), [], heads, free, beside)
    rows = q.wide_rows(db, ask, form, as_of, limit=c.rows, offset=found.start)
    return replace(found, rows=records(rows))


# Around the table ----------------------------------------------------------------------------------


def notes(bad: Sequence[tuple[str, str]], t: Translator) -> Safe | None:
    """A line above the page for what the link asked for and could not be used."""
    said = [
        banner("link", t("“{value}” cannot be used as {name}.", value=value[:60], name=name),
               t("It was left out."), warn=True)
        for name, value in bad[:3]
    ]  # fmt: skip
    return join(said) if said else None


def deck(counts: Mapping[str, int], t: Translator) -> str:
    """What is on file."""
    return t(
        "{n} rows in {m} tables, each with its source. Choose, look, and take away what you need.",
        n=t.number(sum(counts.values())), m=t.number(len(counts)),
    )  # fmt: skip


def tables(counts: Mapping[str, int], c: Choice, t: Translator) -> Safe:
    """The tables with their rows, the one shown marked."""
    links = []
    for key in TABLES:
        on = key == c.table
        href = address(Choice(table=key, everywhere=c.everywhere, rows=c.rows))
        links.append(
            h("a", words.table_name(key, t), h("span", t.number(counts.get(key, 0))), href=href, data_go=True,
              cls="ex-tab on" if on else "ex-tab", aria_current="true" if on else None)
        )  # fmt: skip
    return h("nav", *links, cls="ex-tabs", aria_label=t("Tables"))


def said(limit: q.Limit, c: Choice, catalogue: Catalogue) -> str:
    """A limit in words: "Kind: Financing round", "Announced: from 2025-01-01"."""
    t = catalogue.t
    name, kind = words.name(limit.field, t), c.spec.fields[limit.field]
    if kind == "text":
        return t("{name} contains “{words}”", name=name, words=" ".join(limit.words))
    if kind in ("word", "id", "flag"):
        shown = [value(c.table, limit.field, one, catalogue) for one in limit.words]
        return t.colon.join((name, t.parts(shown[:4]) + ("…" if len(shown) > 4 else "")))
    low, high = _bound(limit.low, t), _bound(limit.high, t)
    if low and high:
        return t("{name}: {low} to {high}", name=name, low=low, high=high)
    return (
        t("{name}: from {low}", name=name, low=low)
        if low
        else t("{name}: up to {high}", name=name, high=high)
    )


def _bound(value: float | date | None, t: Translator) -> str:
    if value is None:
        return ""
    return t.date(value) if isinstance(value, date) else t.exact(value)


def value(table: str, field: str, one: str, catalogue: Catalogue) -> str:
    """A value of a column of words or ids, in words."""
    if field in ("economy_id", "host_economy", "entity_id") and one in catalogue.economies:
        return catalogue.name(one)
    if field == "indicator_id" and one in catalogue.indicators:
        return catalogue.indicators[one].short
    return words.word(table, field, one, catalogue.t)


def active(c: Choice, catalogue: Catalogue) -> Safe | None:
    """What limits the rows, each with a cross that lifts it."""
    t = catalogue.t

    def chip(label: str, href: str) -> Safe:
        lift = t("Lift this limit: {limit}", limit=label)
        return h("a", label, icon("close"), href=href, data_go=True, cls="ex-chip", aria_label=lift)

    chips = [chip(t("“{words}”", words=c.q), address(c, q=""))] if c.q else []
    for one in c.limits:
        rest = tuple(other for other in c.limits if other != one)
        chips.append(chip(said(one, c, catalogue), address(c, limits=rest)))
    if not chips:
        return None
    clear = replace(c, limits=(), q="")
    everything = h(
        "a",
        icon("restart_alt"),
        t("Clear all limits"),
        href=address(clear),
        data_go=True,
        cls="ex-clear",
    )
    return h("p", *chips, everything if len(chips) > 1 else None, cls="ex-chips")


def headline(f: Found, t: Translator) -> str:
    """How many rows fit, before any is read."""
    n = f.n["n"]
    if f.choice.table == "observations":
        return t.n("{n} value fits", "{n} values fit", n)
    return t.n("{n} row fits", "{n} rows fit", n)


def account(f: Found, t: Translator) -> Safe:
    """What the selection holds, what it leaves out, and what a file would hold back."""
    n, c = f.n, f.choice
    holds = []
    if f.measures is not None:
        holds += [
            t.n("{n} measure", "{n} measures", n["measures"]),
            t.n("{n} economy or body", "{n} economies and bodies", n["entities"]),
            t.n("{n} period", "{n} periods", n["periods"]),
        ]
    if c.table != "sources":
        holds.append(t.n("{n} source", "{n} sources", n["sources"]))
    parts: list[Safe] = [h("span", t.parts(holds))] if n["n"] and holds else []
    if f.beside:
        label = t.n("{n} more row of other sources", "{n} more rows of other sources", f.beside)
        if c.table == "observations":
            label = t.n(
                "{n} more value of other sources or in dispute",
                "{n} more values of other sources or in dispute", f.beside,
            )  # fmt: skip
        parts.append(h("a", label, href=address(c, lead=False), data_go=True))
    if f.elsewhere:
        label = t.n(
            "{n} more outside the chosen economies",
            "{n} more outside the chosen economies",
            f.elsewhere,
        )
        parts.append(h("a", label, href=address(c, everywhere=True), data_go=True))
    elif c.everywhere and c.spec.placed:
        parts.append(
            h("a", t("Only the chosen economies"), href=address(c, everywhere=False), data_go=True)
        )
    if f.held:
        parts.append(h("span", held_line(f, t), cls="muted"))
    return h("p", *parts, cls="ex-acc")


def held_line(f: Found, t: Translator) -> str:
    """How many rows a file leaves out, and when it would not."""
    n, most = f.n["n"] - f.held, t.number(QUOTED_ROWS)
    if not n:
        return t(
            "None of them is openly licensed: a file takes up to {most} rows at once", most=most
        )
    return t(
        "A file holds {n} of them, those openly licensed; up to {most} rows, or one measure, come whole",
        n=t.number(n), most=most,
    )  # fmt: skip


def held_why(f: Found, t: Translator) -> str:
    """Why rows are held back, and how to get them all."""
    return t(
        "{held} of {n} rows are held back: their sources are not openly licensed, or state no terms, and more than"
        " {most} rows of more than one measure are a copy in bulk. One measure, or up to {most} rows, come"
        " whole. The file lists the sources that were held back.",
        held=t.number(f.held), n=t.number(f.n["n"]), most=t.number(QUOTED_ROWS),
    )  # fmt: skip


# The table -----------------------------------------------------------------------------------------


def listing(f: Found, catalogue: Catalogue) -> Safe:
    """One page of rows, in the form asked for."""
    t, c = catalogue.t, f.choice
    if not f.n["n"]:
        return _nothing(f, catalogue)
    body = _long(f, catalogue) if c.form == "long" else _wide(f, catalogue)
    first, last = t.number(f.start + 1), t.number(min(f.start + c.rows, f.lines))
    where = t("{first} to {last} of {all}", first=first, last=last, all=t.number(f.lines))
    numbers = pager(f.page, f.last, lambda page: address(c, page=page), t)
    return join([body, h("div", numbers, h("span", where, cls="muted small"), cls="ex-foot")])


def _nothing(f: Found, catalogue: Catalogue) -> Safe:
    t, c = catalogue.t, f.choice
    free = Choice(table=c.table, everywhere=True, lead=False)
    text = t("No row fits. Lift a limit, or look at the whole table.")
    if f.beside:
        text = t("No row is chosen as the headline; rows of other sources or in dispute fit.")
    go = h("a", t("The whole table"), href=address(free), data_go=True, cls="btn")
    return h("div", h("p", text), h("p", go), cls="ex-none")


def caption(f: Found, t: Translator) -> str:
    """What the table is, for screen readers."""
    return t.parts([words.table_name(f.choice.table, t), headline(f, t)])


def _measure_head(catalogue: Catalogue, key: str) -> str:
    """A measure's short name with its unit."""
    item = catalogue.indicators[key]
    return catalogue.t.parts([item.short, catalogue.t.data(clean(item.row["unit_label"]))])


def _ordered(f: Found) -> Ordered:
    c = f.choice
    now, down = c.order[0].removeprefix("-"), c.order[0].startswith("-")
    mixed = {"value", "amount", "raise_amount"} if f.n.get("units", 1) > 1 else set()
    hrefs = {}
    for name in c.shown:
        if name in mixed:
            continue
        large = c.spec.fields[name] in ("number", "integer", "period", "date", "flag")
        turn = not down if name == now else large
        hrefs[name] = address(c, sort=f"-{name}" if turn else name)
    return Ordered(now, "descending" if down else "ascending", hrefs)


def _long(f: Found, catalogue: Catalogue) -> Safe:
    t = catalogue.t
    columns = cells.Cells(catalogue, f.choice.spec).columns(f.choice.shown)
    return table(
        columns, f.rows, caption=caption(f, t), unknown="–", cls="ex-list", ordered=_ordered(f)
    )


def _wide(f: Found, catalogue: Catalogue) -> Safe:
    t, c = catalogue.t, f.choice
    most = MOST_PERIODS if c.form == "periods" else MOST_MEASURES
    over = f.heads
    if c.form == "periods" and len(over) > most:
        # Periods in which a line of this page has a value: days of other measures would be empty columns.
        here = {clean(row["period"]) for row in f.rows}
        over = tuple(head for head in over if head in here)
    heads = over[-most:] if c.form == "periods" else over[:most]
    lines: dict[int, dict[str, Any]] = {}
    for row in f.rows:
        line = lines.setdefault(int(row["line"]), dict(row))
        head = clean(row["period"] if c.form == "periods" else row["indicator_id"])
        line[f"= {head}"] = row
    makers = cells.Cells(catalogue, c.spec)
    spans = any(not is_missing(row.get("span")) for row in f.rows)
    if c.form == "periods":
        keys = [
            "measure",
            "entity",
            "unit",
            *(["span"] if spans else []),
            *([] if c.lead else ["publisher"]),
        ]
    else:
        keys = ["entity", "period", *(["span"] if spans else [])]
    shown = [replace(makers.column(key), strong=False, sort=False) for key in keys]

    same: dict[str, list[tuple[str, float]]] = {}
    for row in f.rows:
        if not is_missing(row["value"]):
            text = cells.rounded(row["value"], t)
            same.setdefault(row["indicator_id"], []).append((text, row["value"]))
    alike = {key: shared(pairs) for key, pairs in same.items()}

    def figure(row: Row | None) -> str | Safe:
        if row is None or is_missing(row["value"]):
            return h("span", "–", cls="unk")
        text = evened(cells.rounded(row["value"], t), row["value"], alike[row["indicator_id"]])
        return num(
            text, clean(row["row_id"]), cls="num ex-d" if row["status"] == "disputed" else "num"
        )

    for head in heads:
        label = t.period(head) if c.form == "periods" else _measure_head(catalogue, head)
        shown.append(
            Column(f"= {head}", label, "right", show=lambda row, line: figure(row), sort=False)
        )
    body = table(
        shown, lines.values(), caption=caption(f, t), unknown="–", cls="ex-list ex-wide", sort=False
    )
    more = len(over) - len(heads)
    if not more:
        return body
    note = t(
        "The newest {n} of {all} periods; the file has all.",
        n=t.number(len(heads)),
        all=t.number(len(over)),
    )
    if c.form == "measures":
        note = t("The first {n} of {all} measures; the file has all. Choose the ones you need.",
                 n=t.number(len(heads)), all=t.number(len(over)))  # fmt: skip
    return join([h("p", note, cls="small muted ex-more"), body])
