"""The directory on the page: its title, the picture of counts, facets, the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import Any, Final, Literal

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState, SourceRef
from observatory.cards.filters import Note
from observatory.cards.markup import Safe, h, join, num, svg, swatch
from observatory.cards.pager import pager
from observatory.cards.states import bad_link
from observatory.cards.table import Ordered, table
from observatory.charts.palette import palette
from observatory.charts.room import room
from observatory.charts.svg.counts import CountsSpec, counts_grid
from observatory.i18n import Translator
from observatory.model.scope import MIN_RANKED
from observatory.views import labels, links
from observatory.views.company.parts import statuses
from observatory.views.directory import page as base
from observatory.views.directory.facets import facets, layer_name
from observatory.views.directory.page import Choice, Field, Row
from observatory.views.labels import clean

__all__ = ["deck", "facets", "listing", "notes", "pages", "picture"]

_WIDE: Final = 1280
_PHONE: Final = 358


def notes(bad: Sequence[str], t: Translator) -> Safe | None:
    """Values of the link that could not be used."""
    return (
        join([bad_link(Note("extra", value), t, {}, "/companies") for value in bad[:3]])
        if bad
        else None
    )


def deck(f: Field, c: Choice, t: Translator) -> str:
    """How many organisations of which kind the page lists."""
    rows = base.fits(f, Choice(everywhere=c.everywhere), leave="q")
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row["kind"]] = kinds.get(row["kind"], 0) + 1
    parts = [_kind_count(kind, n, t) for kind, n in sorted(kinds.items(), key=lambda x: -x[1])]
    text = t.n("{n} organisation is on file", "{n} organisations are on file", len(rows))
    if not rows:
        return t("No organisation of these economies is on file for this day.")
    return t("{count}: {kinds}. Whoever a source of this observatory names as a maker, payer or"
             " ruler of AI has an entry.", count=text, kinds=t.list(parts))  # fmt: skip


def _kind_count(kind: str, n: int, t: Translator) -> str:
    match kind:
        case "company":
            return t.n("{n} company", "{n} companies", n)
        case "university":
            return t.n("{n} university", "{n} universities", n)
        case "government":
            return t.n("{n} public body", "{n} public bodies", n)
        case "lab":
            return t.n("{n} laboratory", "{n} laboratories", n)
        case "consortium":
            return t.n("{n} consortium", "{n} consortia", n)
        case _:
            return t.n("{n} non-profit body", "{n} non-profit bodies", n)


# The picture --------------------------------------------------------------------------------------


def picture(f: Field, c: Choice, t: Translator) -> Card | None:
    """Organisations on file by layer and economy; every count leads to its list. None without any."""
    wide = replace(c, layer="", everywhere=c.everywhere, page=1)
    members = base.rows_shown(f, c)
    rows = [row for row in base.fits(f, wide) if row["economy_id"] in members]
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (clean(row["economy_id"]), clean(row["layer"]) or base.NO_LAYER)
        counts[key] = counts.get(key, 0) + 1
    layers = [one for one in (*base.LAYERS, base.NO_LAYER) if any(key[1] == one for key in counts)]
    totals = {code: sum(n for key, n in counts.items() if key[0] == code) for code in members}
    shown = sorted((code for code in members if totals[code]), key=lambda code: -totals[code])
    subtitle = t("Organisations on file by layer of the stack and economy of the head office."
                 " Select a count for its list.")  # fmt: skip
    if room():
        subtitle = t("Organisations on file by layer of the stack and economy of the head office.")
    if not shown:
        return None
    hrefs: dict[tuple[str, str], str] = {}
    for code in shown:
        here = replace(c, everywhere=False)
        hrefs[code, ""] = base.address(here, code, layer="")
        hrefs |= {(code, one): base.address(here, code, layer=one) for one in layers}
    hrefs |= {("", one): base.address(c, layer=one) for one in layers}
    frame = pd.DataFrame([
        {"row": code, "column": one, "value": float(counts[code, one])}
        for code in shown for one in layers if (code, one) in counts
    ])  # fmt: skip
    spec = CountsSpec(
        rows=[(code, f.economy_name(code, t)) for code in shown],
        columns=[(one, layer_name(one, t)) for one in layers],
        hrefs=hrefs, chosen=c.layer, total=t("All"), width=_WIDE, name=subtitle,
    )  # fmt: skip
    colours = palette("css")
    body = join([
        svg(counts_grid(frame, spec, colours, t), "di-wide"),
        svg(counts_grid(frame, replace(spec, width=_PHONE), colours, t), "di-narrow"),
    ])  # fmt: skip
    table_frame = pd.DataFrame([
        {"economy": f.economy_name(code, t), **{one: counts.get((code, one), 0) for one in layers},
         "all": totals[code]}
        for code in shown
    ])  # fmt: skip
    columns = (
        Column("economy", t("Economy"), strong=True),
        *(Column(one, layer_name(one, t), "right") for one in layers),
        Column("all", t("All"), "right", strong=True),
    )
    title = _finding(f, shown, totals, t)
    return Card(
        id="by-layer",
        native="stacked",
        title=title,
        subtitle=subtitle,
        body=body,
        alt=title,
        table=CardTable(table_frame, columns),
        caveat=t("This counts what our sources name. It does not measure the economies."),
        actions=("table", "download", "link"),
    )


def _finding(f: Field, shown: Sequence[str], totals: Mapping[str, int], t: Translator) -> str:
    every = sum(totals.values())
    first = shown[0]
    if len(shown) < MIN_RANKED or totals[first] == totals[shown[1]]:
        return t.n("{n} organisation on file", "{n} organisations on file", every)
    name = labels.sentence(labels.in_sentence(first, f.economy_name(first, t), t))
    second = labels.in_sentence(shown[1], f.economy_name(shown[1], t), t)
    return t(
        "{economy} has {n} of the {all} organisations on file, {second} {m}",
        economy=name, n=t.number(totals[first]), all=t.number(every), second=second,
        m=t.number(totals[shown[1]]),
    )  # fmt: skip


# The list -----------------------------------------------------------------------------------------


def news_text(row: Row, t: Translator) -> str:
    """The newest event of an organisation in a few words."""
    title = clean(row["news_title"])
    match row["news_kind"]:
        case "deal":
            return labels.deal_kind(clean(row["news_subkind"]), t)
        case "ipo":
            return t(
                "{stage}, {venue}", stage=labels.stage(clean(row["news_subkind"]), t), venue=title
            )
        case _:
            return title


def _columns(f: Field, t: Translator) -> tuple[Column, ...]:
    def name(value: Any, row: Row) -> Safe:
        said = base.name_of(row, t)
        main = h("a", said.main, href=links.org(row["org_id"]), data_go=True, lang=said.main_lang)
        return (
            main + h("span", said.second, cls="sub2", lang=said.second_lang)
            if said.second
            else main
        )

    def economy(value: Any, row: Row) -> Safe:
        code = clean(row["economy_id"])
        if not code:
            return h("span", t("not known"), cls="unk")
        text = f.economy_name(code, t)
        known = f.economies[code]["group_id"] not in ("aggregate", "other")
        label = h("a", text, href=links.economy(code), data_go=True) if known else h("span", text)
        return h("span", swatch(code), label, cls="di-eco")

    def layer(value: Any, row: Row) -> Safe:
        text = labels.layer(clean(row["layer"]), t)
        return h("span", text) + h("span", labels.org_kind(row["kind"], t), cls="sub2")

    def stage(value: Any, row: Row) -> Safe:
        ticks = clean(row["tickers"]).replace(";", ", ")
        if not row["stage"]:
            return h("span", ticks) if ticks else h("span", t("none on file"), cls="unk")
        word = num(labels.stage(row["stage"], t), row["stage_row"])
        where = ticks or clean(row["exchange"])
        return word + h("span", t.parts([where, t.period(row["stage_date"])]), cls="sub2")

    def news(value: Any, row: Row) -> Safe:
        if not row["news_row"]:
            return h("span", t("none dated"), cls="unk")
        when = num(t.period(clean(row["news_date"])), row["news_row"])
        return when + h("span", news_text(row, t), cls="sub2 di-news")

    def count(what: str) -> Any:
        def show(value: Any, row: Row) -> Safe:
            n = row[f"n_{what}"]
            if not n:
                return h("span", "0", cls="unk")
            return h("a", t.number(n), href=links.org(row["org_id"]), data_go=True, cls="quiet")

        return show

    def worth(value: Any, row: Row) -> Safe:
        if row["worth_usd"] is None:
            return h("span", t("not stated"), cls="unk")
        shown = num(t.money(row["worth_usd"], "USD"), row["worth_row"])
        return shown + h("span", t.period(clean(row["worth_date"])), cls="sub2")

    return (
        Column("name", t("Organisation"), show=name, strong=True),
        Column("economy", t("Economy"), show=economy),
        Column("co_layer", t("Layer and kind"), show=layer, phone=False),
        Column("listing", t("Listing"), show=stage),
        Column("news", t("Newest event"), show=news, phone=False),
        Column("models", t("Models"), "right", show=count("models"), phone=False),
        Column("deals", t("Deals"), "right", show=count("deals"), phone=False),
        Column("chips", t("Chips"), "right", show=count("chips"), phone=False),
        Column("policies", t("Policies"), "right", show=count("policies"), phone=False),
        Column("worth", t("Last known worth"), "right", show=worth, phone=False),
    )


# Keys of columns whose sort has another name in the URL.
_HEAD: Final = {"layer": "co_layer"}


def _order(c: Choice) -> Ordered:
    hrefs = {}
    for key, down in base.SORTS.items():
        other = not c.down if key == c.order else down
        hrefs[_HEAD.get(key, key)] = base.address(c, sort=key, down=other)
    way: Literal["ascending", "descending"] = "descending" if c.down else "ascending"
    return Ordered(_HEAD.get(c.order, c.order), way, hrefs)


def _order_word(c: Choice, t: Translator) -> str:
    match c.order:
        case "match":
            return t("Best match first.")
        case "size":
            return t("Most on file first.") if c.down else t("Least on file first.")
        case _:
            return ""


def pages(count: int) -> int:
    """How many pages a list has."""
    return max(ceil(count / base.PAGE), 1)


def listing(f: Field, c: Choice, t: Translator) -> Card:
    """One page of the list, with all of it in its table and file."""
    rows = base.ordered(f, c, base.fits(f, c), t)
    if not rows:
        return Card(id="directory", title=t("Organisations"), subtitle=_nothing(c, t), empty=EmptyState(
            reason=_nothing(c, t), exists=_otherwise(f, c, t),
            action_label=t("Look in all economies") if base.elsewhere(f, c) else t("Clear all limits"),
            action_href=base.address(c, everywhere=True) if base.elsewhere(f, c) else "/companies",
            title=t("No organisation fits"),
        ))  # fmt: skip
    last = pages(len(rows))
    at = min(c.page, last)
    first = (at - 1) * base.PAGE
    shown = rows[first : first + base.PAGE]
    count = t.n("{n} organisation", "{n} organisations", len(rows))
    title = t("{count} named like “{query}”", count=count, query=c.q) if c.q else count
    where = t("{first} to {last} of {all}.", first=t.number(first + 1),
              last=t.number(first + len(shown)), all=t.number(len(rows)))  # fmt: skip
    subtitle = " ".join(filter(None, [where if last > 1 else "", _order_word(c, t)]))
    caption = t("Organisations")
    body = table(_columns(f, t), shown, caption=caption, unknown=t("not known"), cls="di-list",
                 ordered=_order(c))  # fmt: skip
    return Card(
        id="directory",
        title=title,
        subtitle=subtitle,
        body=body + (pager(at, last, lambda page: base.address(c, page=page), t) or Safe("")),
        table=_file(f, rows, t),
        sources=_sources(rows),
        statuses=statuses(rows),
        caveat=t("A count is what is on file here, never all there is."),
        actions=("table", "download", "link"),
    )


def _nothing(c: Choice, t: Translator) -> str:
    if c.q:
        return t("No organisation named like “{query}” fits these limits.", query=c.q)
    return t("No organisation on file fits all of these limits.")


def _otherwise(f: Field, c: Choice, t: Translator) -> str:
    """What would fit with one limit less."""
    more = base.elsewhere(f, c)
    if more:
        return t.n(
            "{n} fits outside the chosen economies.", "{n} fit outside the chosen economies.", more
        )
    freed = {name: len(base.fits(f, c, leave=name)) for name in ("layer", "kind", "listed", "has")}
    best = max(freed, key=lambda name: freed[name])
    if not freed[best]:
        return t("The search of the whole observatory may know it: press Ctrl and K.")
    return t.n("{n} fits with one limit less.", "{n} fit with one limit less.", freed[best])


def _sources(rows: Sequence[Row]) -> tuple[SourceRef, ...]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[clean(row["source_publisher"])] = counts.get(clean(row["source_publisher"]), 0) + 1
    first = {clean(row["source_publisher"]): row for row in reversed(rows)}
    names = sorted((name for name in counts if name), key=lambda name: (-counts[name], name))
    return tuple(
        SourceRef(clean(first[name]["source_title"]), name, first[name]["source_url"],
                  clean(first[name]["source_id"]))
        for name in names
    )  # fmt: skip


def _file(f: Field, rows: Sequence[Row], t: Translator) -> CardTable:
    """The whole list with exact values, each line with the source of its identity."""
    keys = ("org_id", "name", "native_name", "economy_id", "kind", "layer", "tickers", "listed",
            "stage", "stage_date", "exchange", "news_date", "news_kind", "n_models", "n_deals",
            "n_chips", "n_clusters", "n_policies", "n_claims", "n_values", "worth_usd", "worth_date",
            "source_id", "source_title", "source_url", "source_licence", "source_reuse")  # fmt: skip
    frame = pd.DataFrame([{key: row[key] for key in keys} for row in rows], columns=list(keys))
    columns = (
        Column("name", t("Organisation"), strong=True, lang="en"),
        Column("economy_id", t("Economy"),
               show=lambda value, row: f.economy_name(clean(value), t)),
        Column("layer", t("Layer"), show=lambda value, row: labels.layer(clean(value), t)),
        Column("kind", t("Kind"), show=lambda value, row: labels.org_kind(clean(value), t)),
        Column("tickers", t("Tickers")),
        Column("n_models", t("Models"), "right"),
        Column("n_deals", t("Deals"), "right"),
        Column("n_chips", t("Chips"), "right"),
        Column("n_policies", t("Policies"), "right"),
        Column("worth_usd", t("Last known worth, US dollars"), "right",
               show=lambda value, row: t.money(value, "USD")),
        Column("source_title", t("Source"), phone=False),
    )  # fmt: skip
    return CardTable(frame, columns)
