"""Pieces that several cards of an organisation's page share: links, amounts, folded tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, SourceRef
from observatory.cards.markup import Safe, h, status_word
from observatory.cards.table import table
from observatory.cards.words import status_label
from observatory.i18n import Translator
from observatory.views import labels
from observatory.views.company.data import Company, Row, Rows, Surroundings
from observatory.views.labels import clean, org_name

RAISING: Final = frozenset(
    {"round", "strategic", "cornerstone", "debt", "grant", "public_fund", "other"}
)
"""Kinds of deals by which money comes in, where the parties are not named."""


WEAK: Final = frozenset({"unchecked", "disputed"})
"""Statuses that never stand in a headline, a tile or a finding."""

_SCRIPTS: Final = (
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\uac00-\ud7af]"), "ko"),
    (re.compile("[\u4e00-\u9fff]"), "zh"),
    (re.compile("[\u0e00-\u0e7f]"), "th"),
)


def script_of(text: str, economy_id: str) -> str | None:
    """Language tag of a native title by its script; None for Latin letters."""
    found = next((tag for pattern, tag in _SCRIPTS if pattern.search(text)), None)
    if found != "zh":
        return found
    if economy_id == "JPN":
        return "ja"
    return "zh-Hant" if economy_id in ("TWN", "HKG") else "zh-Hans"


def sure(rows: Iterable[Row]) -> Rows:
    """The rows that may stand in a headline."""
    return [dict(row) for row in rows if row["status"] not in WEAK]


def org_link(row: Row, s: Surroundings, org_id: str | None = None) -> Safe:
    """An organisation's name as a link to its profile, the second name beside it."""
    name = org_name(row.get("name"), row.get("native_name"), row.get("native_language"), s.t)
    target = org_id or clean(row.get("org_id")) or clean(row.get("entity_id"))
    main = h("a", name.main, href=s.link("company", org=target), data_go=True, lang=name.main_lang)
    if not name.second:
        return main
    return main + Safe(" ") + h("span", name.second, cls="muted", lang=name.second_lang)


def named(c: Company, org_id: str, s: Surroundings, fallback: str = "") -> Safe | str:
    """A mentioned organisation as a link, or the text as printed."""
    row = c.org_names.get(org_id)
    if row is None or row["entity_kind"] != "organization":
        return fallback
    return org_link(row, s)


def economy_link(c: Company, s: Surroundings) -> Safe | None:
    """The economy as a link to its profile; INT and unknown ones are text or nothing."""
    if c.economy is None:
        return None
    name = labels.economy_name(c.economy, s.t)
    if c.economy["group_id"] in ("aggregate", "other"):
        return h("span", name)
    target = s.link("economy", economy=c.economy_id)
    return h("a", name, href=target, data_go=True)


def source_refs(c: Company, rows: Iterable[Row]) -> tuple[SourceRef, ...]:
    """Sources of rows, those with most rows first."""
    counts: dict[str, int] = {}
    for row in rows:
        key = clean(row.get("source_id"))
        if key in c.sources:
            counts[key] = counts.get(key, 0) + 1
    found = []
    for key in sorted(counts, key=lambda k: -counts[k]):
        source = c.sources[key]
        found.append(
            SourceRef(clean(source["title"]), clean(source["publisher"]), source["url"], key)
        )
    return tuple(found)


def statuses(rows: Iterable[Row]) -> tuple[tuple[str, int], ...]:
    """Status words of rows with counts, the commonest first."""
    counts: dict[str, int] = {}
    for row in rows:
        word = clean(row.get("status"))
        if word:
            counts[word] = counts.get(word, 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: -item[1]))


def folded(
    columns: Sequence[Column], rows: Sequence[Row], caption: str, t: Translator, first: int = 12
) -> Safe:
    """A table of the first rows; the others open on demand."""
    unknown = t("not known")
    top = table(columns, rows[:first], caption=caption, unknown=unknown)
    rest = rows[first:]
    if not rest:
        return top
    more = t.n("{n} more row", "{n} more rows", len(rest))
    below = table(columns, rest, caption=caption, unknown=unknown)
    return top + h("details", h("summary", more), below, cls="co-more")


def status_cell(t: Translator) -> Callable[[Any, Row], str | Safe]:
    """Shows a status as icon and word."""

    def show(value: Any, row: Row) -> Safe:
        word = clean(value)
        return status_word(word, status_label(word, t))

    return show


def frame_of(rows: Sequence[Row], columns: Sequence[Column]) -> pd.DataFrame:
    """The rows as a frame with the columns a card's table and its file need."""
    keys = [column.key for column in columns]
    keys += [column.row_id for column in columns if column.row_id and column.row_id not in keys]
    keys = list(dict.fromkeys(keys))
    return pd.DataFrame([{key: row.get(key) for key in keys} for row in rows], columns=keys)


def list_card(
    c: Company,
    rows: Sequence[Row],
    columns: Sequence[Column],
    plain: tuple[Column, ...],
    t: Translator,
    *,
    key: str,
    title: str,
    subtitle: str,
    caption: str,
    first: int = 12,
    every: Sequence[Row] | None = None,
) -> Card:
    """A card that is a folded table of rows; `plain` are the columns of its file.

    `every`: the rows of the file and the sources, where more are on file than lines are shown.
    """
    held = rows if every is None else every
    return Card(
        id=key,
        title=title,
        subtitle=subtitle,
        body=folded(columns, rows, caption, t, first),
        table=CardTable(frame_of(held, plain), plain),
        sources=source_refs(c, held),
        statuses=statuses(held),
        actions=("table", "download", "link"),
    )


def deal_amount(row: Row, t: Translator) -> str:
    """Amount in its original currency, else the source's dollars; empty if not stated."""
    if row.get("amount") is not None:
        return t.money(row["amount"], clean(row["currency"]))
    return t.money(row["usd"], "USD") if row.get("usd") is not None else ""


def stage_amount(row: Row, t: Translator) -> str:
    """Amount of a listing stage, as in `deal_amount`."""
    if row.get("raise_amount") is not None:
        return t.money(row["raise_amount"], clean(row["currency"]))
    return t.money(row["usd"], "USD") if row.get("usd") is not None else ""


def in_dollars(row: Row, t: Translator) -> str:
    """The amount in US dollars with how it came about; empty where it is in dollars already."""
    if row.get("usd") is None or clean(row.get("currency")) in ("", "USD"):
        return ""
    basis = clean(row["usd_basis"])
    usd = t.money(row["usd"], "USD")
    if basis == "source":
        return t("{usd} as the source gives it", usd=usd)
    if basis == "rate_part_year":
        return t("{usd} at the average rate of {year} so far", usd=usd, year=row["usd_rate_period"])
    return t("{usd} at the average rate of {year}", usd=usd, year=row["usd_rate_period"])


def raised_by(c: Company, row: Row) -> bool:
    """Whether the organisation receives the money of a deal."""
    roles = {p["role"] for p in c.parties.get(row["deal_id"], ()) if p["party_id"] == c.org}
    if roles:
        return "receiver" in roles
    return bool(row["org_id"] == c.org and row["kind"] in RAISING)


def leads(rows: Iterable[Row], key: str) -> Rows:
    """One row a thing: the one the build chose to stand for it, the others under `others`."""
    groups: dict[str, Rows] = {}
    for row in rows:
        groups.setdefault(clean(row[key]), []).append(dict(row))
    found: Rows = []
    for group in groups.values():
        lead = next((row for row in group if row["is_lead"]), group[0])
        found.append({**lead, "others": [row for row in group if row is not lead]})
    return found


def remark(t: Translator) -> Column:
    """The column with a row's own remark, in the language it was written in.

    A row with `said` has printed its remark elsewhere.
    """

    def show(value: Any, row: Row) -> str:
        return "" if row.get("said") else clean(row.get("note"))

    return Column("co_note", t("Remark"), show=show, phone=False, lang="en")
