"""Sources and quality: what was asked, the sources that fit, who carries how much, the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from math import ceil
from typing import Any, Final

import pandas as pd

from observatory.analysis.freshness import months_between
from observatory.analysis.search_fold import fold
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, external, h, join
from observatory.cards.pager import pager
from observatory.cards.table import Ordered, table
from observatory.db import queries_evidence
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.time import PeriodError, parse_period
from observatory.model.vocab import Domain
from observatory.views import evidence_parts as ev
from observatory.views import facets as facets_of
from observatory.views import links, receipts
from observatory.views.asked import Asked
from observatory.views.economy import sources as economy_sources
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]
VIEWS: Final = ("list", "cover", "fresh", "checks")
SORTS: Final[Mapping[str, bool]] = {
    "n": True, "title": False, "tier": False, "published": True, "origin": False,
}  # fmt: skip
"""How the list can be sorted, and whether the largest stands first at the first press."""
PAGE: Final = 30
HEADLINE: Final = "headline"
DOMAINS: Final = (HEADLINE, *(word.value for word in Domain))
_TIER: Final = {word: i for i, word in enumerate(ev.TIERS)}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader chose; empty texts limit nothing. ``year`` 0 is the newest of each."""

    view: str = "list"
    id: str = ""
    tier: str = ""
    reuse: str = ""
    language: str = ""
    q: str = ""
    sort: str = "n"
    down: bool = True
    page: int = 1
    domain: str = HEADLINE
    year: int = 0

    def query(self, **changes: object) -> dict[str, str]:
        """URL parameters of this choice with some changed; what is as from the start is left out."""
        new = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        plain = asdict(Choice())
        out = {}
        for name, value in asdict(new).items():
            if name in ("sort", "down") or value == plain[name]:
                continue
            out[name] = str(value)
        if (new.sort, new.down) != ("n", True):
            out["sort"] = ("-" if new.down else "") + new.sort
        return out


def read(given: Mapping[str, str | None], ids: Sequence[str]) -> tuple[Choice, list[str]]:
    """The choice that URL parameters name, and the parameters that could not be used."""
    allowed: dict[str, Sequence[str]] = {
        "view": VIEWS, "tier": ev.TIERS, "reuse": ev.REUSES, "id": ids, "domain": DOMAINS,
    }  # fmt: skip
    asked = Asked(given)
    found = {name: value for name, known in allowed.items() if (value := asked.one(name, known))}
    sort, down = asked.order(SORTS, "-n")
    return Choice(
        **found,
        q=asked.text("q")[:100],
        language=asked.text("language"),
        sort=sort,
        down=down,
        page=asked.whole("page", 1, 999),
        year=asked.whole("year", 1990, 2100, 0),
    ), asked.names


@dataclass(frozen=True)
class Shelf:
    """All sources known by a day. ``rows``: columns of `queries_evidence.sources`, `ends` the day on
    which a stated publication was over at the latest."""

    data: Catalogue
    rows: list[dict[str, Any]]

    @property
    def t(self) -> Translator:
        return self.data.t

    @property
    def total(self) -> int:
        """Facts on file: rows of all tables that rest on a source. A row that two rest on counts for both."""
        return sum(int(row["n"]) for row in self.rows)

    def row(self, source: str) -> dict[str, Any] | None:
        return next((row for row in self.rows if row["source_id"] == source), None)

    @property
    def ids(self) -> list[str]:
        return [str(row["source_id"]) for row in self.rows]


def load(data: Catalogue) -> Shelf:
    """Sources with what rests on them, as known on the catalogue's day."""
    rows = records(queries_evidence.sources(data.db, data.as_of))
    for row in rows:
        row["ends"] = _end(clean(row["published"]))
        row["language"] = clean(row["language"])
        row["folded"] = " ".join(
            fold(clean(row[name])) for name in ("title", "publisher", "origin", "source_id")
        )
    return Shelf(data, rows)


def _end(published: str) -> date | None:
    try:
        return parse_period(published).end if published else None
    except PeriodError:
        return None


def fits(rows: Sequence[Row], c: Choice, but: str = "") -> list[Row]:
    """The sources within all limits of the choice except one."""
    wanted = fold(c.q)
    return [
        row
        for row in rows
        if (but == "tier" or c.tier in ("", row["source_kind"]))
        and (but == "reuse" or c.reuse in ("", row["reuse"]))
        and (but == "language" or c.language in ("", row["language"] or "none"))
        and (not wanted or all(word in row["folded"] for word in wanted.split()))
    ]


def ordered(rows: Sequence[Row], c: Choice) -> list[Row]:
    """The rows in the chosen order; what is not known stands last either way."""

    def value(row: Row) -> Any:
        match c.sort:
            case "n":
                return int(row["n"])
            case "tier":
                return _TIER[row["source_kind"]]
            case "published":
                return row["ends"]
            case _:
                return clean(row[c.sort]).casefold()

    known = [row for row in rows if value(row) not in (None, "")]
    rest = [row for row in rows if value(row) in (None, "")]
    # A stable order: equal ones by how much rests on them.
    known.sort(key=lambda row: (-int(row["n"]), row["source_id"]))
    known.sort(key=value, reverse=c.down)
    return known + rest


def address(c: Choice, **changes: object) -> str:
    """Link to this page with some of the choice changed."""
    return links.link("/sources", **c.query(**changes))


# Words --------------------------------------------------------------------------------------------


def title(shelf: Shelf) -> str:
    """How concentrated the evidence is."""
    t = shelf.t
    if not shelf.rows:
        return t("No source was known by that day")
    most = sum(int(row["n"]) for row in shelf.rows[:10])
    if len(shelf.rows) < 20:
        return t.n("{n} source carries {all} facts", "{n} sources carry {all} facts", len(shelf.rows),
                   all=t.number(shelf.total))  # fmt: skip
    return t(
        "{n} sources carry {all} facts; the ten largest carry {share} of them",
        n=t.number(len(shelf.rows)), all=t.number(shelf.total),
        share=t.percent(100 * most / max(shelf.total, 1), 0),
    )  # fmt: skip


def deck(shelf: Shelf) -> str:
    """What may be done with the facts, and whose word they are."""
    t = shelf.t
    if not shelf.rows:
        return t("Choose a later day, or show everything known.")
    opened = sum(int(row["n"]) for row in shelf.rows if row["reuse"] == "open")
    closed = sum(int(row["n"]) for row in shelf.rows if row["reuse"] == "closed")
    first = sum(
        int(row["n"])
        for row in shelf.rows
        if row["source_kind"] in ("official", "filing", "dataset")
    )
    whole = max(shelf.total, 1)
    return t(
        "Every number on this site is a row with a source. {official} of the rows come from official bodies,"
        " filings and data sets, the rest from papers, the press and secondary pages. {open} stand under an open"
        " licence and may be taken in bulk; {closed} are shown, but not for download.",
        official=t.percent(100 * first / whole, 0), open=t.percent(100 * opened / whole, 0),
        closed=t.percent(100 * closed / whole, 1),
    )  # fmt: skip


def facets(shelf: Shelf, c: Choice) -> Safe:
    """Limits of the list with counts."""
    t = shelf.t

    def counts(name: str, column: str) -> Counter[str]:
        return Counter(str(row[column]) or "none" for row in fits(shelf.rows, c, but=name))

    tongues = counts("language", "language")
    return facets_of.counted(
        [
            (t("Kind of source"), "tier", ev.TIERS, lambda word: ev.tier(word, t),
             counts("tier", "source_kind"), c.tier),
            (t("Licence"), "reuse", ev.REUSES, lambda word: ev.reuse(word, t), counts("reuse", "reuse"), c.reuse),
            (t("Language"), "language", [key for key, _ in tongues.most_common()],
             lambda word: ev.language("" if word == "none" else word, t), tongues, c.language),
        ],
        lambda name, value: address(c, **{name: value}),
        t,
    )  # fmt: skip


def age(row: Row, today: date, t: Translator) -> str:
    """How long ago a source was published."""
    # Of a year that is not over nothing can be said, of a month it can.
    if row["ends"] is None:
        return ""
    if row["ends"] > today and not clean(row["published"]).startswith(f"{today:%Y-%m}"):
        return ""
    months = max(months_between(row["ends"], today), 0)
    if months < 1:
        return t("this month")
    if months < 24:
        return t.n("{n} month ago", "{n} months ago", months)
    return t.n("{n} year ago", "{n} years ago", months // 12)


def rests(row: Row, t: Translator) -> str:
    """What rests on a source, by table, the most first."""
    counts = sorted(((int(row[kind]), kind) for kind in ev.KINDS if int(row[kind])), reverse=True)
    if not counts and int(row.get("boards") or 0):
        return t("the description of a board")
    return t.parts([ev.kind_count(kind, n, t) for n, kind in counts[:3]])


def listing(shelf: Shelf, c: Choice, today: date) -> Card:
    """One page of the sources that fit."""
    t = shelf.t
    found = ordered(fits(shelf.rows, c), c)
    if not found:
        return Card(
            id="sources",
            title=t("Sources"),
            empty=EmptyState(
                reason=t("No source fits all limits."),
                exists=t.n("{n} source is on file.", "{n} sources are on file.", len(shelf.rows)),
                action_label=t("Clear all limits"),
                action_href="/sources",
                title=t("No source fits"),
            ),
        )
    last = max(ceil(len(found) / PAGE), 1)
    at = min(c.page, last)
    start = (at - 1) * PAGE
    shown = found[start : start + PAGE]
    facts = sum(int(row["n"]) for row in found)
    share = t.percent(100 * facts / max(shelf.total, 1), 0 if facts * 10 > shelf.total else 1)
    head = t.n("{n} source", "{n} sources", len(found))
    sub = t("{n} rows rest on them, {share} of all.", n=t.number(facts), share=share)
    where = t("{first} to {last} of {all}", first=t.number(start + 1), last=t.number(start + len(shown)),
              all=t.number(len(found)))  # fmt: skip
    heads = {
        "title": "title",
        "origin": "origin",
        "source_kind": "tier",
        "published": "published",
        "n": "n",
    }
    hrefs = {
        column: address(c, sort=key, down=not c.down if key == c.sort else SORTS[key])
        for column, key in heads.items()
    }
    way = Ordered(next(col for col, key in heads.items() if key == c.sort),
                  "descending" if c.down else "ascending", hrefs)  # fmt: skip
    body = table(_columns(shelf, c, today), shown, caption=t("Sources"), unknown=t("not stated"), cls="so-list",
                 ordered=way)  # fmt: skip
    return Card(
        id="sources",
        title=head,
        subtitle=t.parts((where, sub)) if last > 1 else sub,
        body=body + (pager(at, last, lambda page: address(c, page=page), t) or Safe("")),
        table=CardTable(plain_frame(found), plain_columns(t)),
        method=t(
            "A source belongs to the body that made the number, not to the page that repeats it. Its kind orders it"
            " by trust: official bodies, filings, data sets, papers, press, secondary pages. What may be done with"
            " it is open (a named open licence), quotable (single figures with credit; also where no terms are"
            " stated) or closed. A row that two sources support counts for both."
        ),
        actions=("table", "method", "download", "link"),
        level=2,
    )


def _columns(shelf: Shelf, c: Choice, today: date) -> tuple[Column, ...]:
    t = shelf.t
    most = max((int(row["n"]) for row in shelf.rows), default=1)

    def name(value: Any, row: Row) -> Safe:
        lang = row["language"] or None
        made = clean(row["origin"]) or clean(row["publisher"])
        return join([
            h("a", clean(row["title"]) or clean(row["source_id"]), href=links.source(str(row["source_id"])),
              data_go=True, lang=lang),
            h("span", made, cls="sub2"),
        ])  # fmt: skip

    def terms(value: Any, row: Row) -> Safe:
        return join(
            [
                ev.reuse(clean(value), t),
                h("span", receipts.licence(clean(row["licence"]), t), cls="sub2"),
            ]
        )

    def when(value: Any, row: Row) -> Safe:
        return join([t.period(clean(value)), h("span", age(row, today, t), cls="sub2")])

    def much(value: Any, row: Row) -> Safe:
        n = int(row["n"])
        bar = h(
            "span", h("i", style=f"width:{100 * n / most:.2f}%"), cls="so-bar", aria_hidden="true"
        )
        share = t.percent(100 * n / max(shelf.total, 1), 2 if n * 100 < shelf.total else 1)
        return join([h("b", t.number(n)), " ", h("span", share, cls="muted"), bar,
                     h("span", rests(row, t), cls="sub2")])  # fmt: skip

    return (
        Column("title", t("Source, and who made its numbers"), show=name, strong=True),
        Column("source_kind", t("Kind"), show=lambda v, row: ev.tier(clean(v), t), phone=False),
        Column("reuse", t("Licence"), show=terms, phone=False),
        Column(
            "language", t("Language"), show=lambda v, row: ev.language(clean(v), t), phone=False
        ),
        Column("published", t("Published"), show=when, phone=False),
        Column("n", t("What rests on it"), show=much),
    )


def plain_frame(rows: Sequence[Row]) -> pd.DataFrame:
    """The sources as a table for a file."""
    keys = ["source_id", "title", "publisher", "origin", "edition", "source_kind", "reuse", "licence", "language",
            "published", "read_on", "url", "n", *ev.KINDS]  # fmt: skip
    return pd.DataFrame([{key: row.get(key) for key in keys} for row in rows], columns=keys)


def plain_columns(t: Translator) -> tuple[Column, ...]:
    """Columns of the table behind the list."""
    return (
        Column(
            "title",
            t("Source"),
            show=lambda v, row: external(clean(v), clean(row["url"]) or None),
            strong=True,
        ),
        Column("publisher", t("Publisher"), phone=False),
        Column("origin", t("Number made by")),
        Column("source_kind", t("Kind"), show=lambda v, row: ev.tier(clean(v), t)),
        Column("reuse", t("Reuse"), show=lambda v, row: economy_sources.reuse(clean(v), t)),
        Column(
            "licence",
            t("Licence"),
            show=lambda v, row: receipts.licence(clean(row["licence"]), t),
            phone=False,
        ),
        Column(
            "language", t("Language"), show=lambda v, row: ev.language(clean(v), t), phone=False
        ),
        Column("published", t("Published"), show=lambda v, row: t.period(clean(v))),
        Column("read_on", t("Read on"), show=lambda v, row: t.period(clean(v)), phone=False),
        Column("n", t("Facts"), "right", lambda v, row: t.number(int(v))),
    )
