"""What a measure is: definition, what it does not count, how it is made, sources, licence, citation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Child, Safe, external, h, icon, join, num
from observatory.cards.table import table
from observatory.db.frames import records
from observatory.export import citation
from observatory.i18n import Translator
from observatory.views import data_words, labels
from observatory.views.economy.sources import reuse
from observatory.views.indicator.data import Subject
from observatory.views.labels import clean

SHOWN_SOURCES: Final = 8


def about_card(subject: Subject) -> Card:
    """Definition first, cautions second, then the facts of the measure."""
    t, row = subject.t, subject.item.row
    definition, caveats = clean(row["definition"]), clean(row["method_caveats"])
    facts: list[tuple[str, Child]] = [
        (t("Unit"), t.data(clean(row["unit_label"]))),
        (t("Kind of value"), value_kind(clean(row["value_kind"]), t)),
        (t("Direction"), direction(subject.item.higher_is_better, t)),
        (t("Rhythm"), data_words.rhythm(clean(row["frequency"]), t)),
        (t("Adding up"), adding_up(clean(row["aggregation"]), t)),
        (t("Subject"), labels.domain(clean(row["domain"]), t)),
        (t("Publisher"), clean(row["publisher"])),
        (t("Method"), _method_link(clean(row["method_url"]), t)),
        (t("Licence"), _licence(subject)),
        (t("Id"), h("code", subject.item.id)),
    ]
    no_count: Child = h("p", t("The publisher states no limits, and none were found."), cls="muted")
    if caveats:
        no_count = h("p", t.data(caveats), lang=t.data_lang(caveats))
    pairs = [(label, value) for label, value in facts if value]
    body = h(
        "div",
        h(
            "div",
            h("p", t.data(definition), lang=t.data_lang(definition), cls="in-def"),
            h("h4", t("What it does not count, and cautions")),
            no_count,
        ),
        h(
            "dl",
            *(part for label, value in pairs for part in (h("dt", label), h("dd", value))),
            cls="in-facts",
        ),
        cls="in-about",
    )
    title = t("What is measured")
    return Card(id="about", title=title, subtitle=subject.item.name, body=body, actions=())


def _method_link(url: str, t: Translator) -> Child:
    return external(t("The publisher's method"), url) if url else t("no page on the method known")


def _licence(subject: Subject) -> str:
    """What may be done with the values, over all sources."""
    t = subject.t
    counts: dict[str, int] = {}
    for row in records(subject.sources):
        counts[clean(row["reuse"])] = counts.get(clean(row["reuse"]), 0) + int(row["n"])
    parts = [
        t("{kind} ({n})", kind=reuse(word, t), n=t.n("{n} value", "{n} values", counts[word]))
        for word in ("open", "quotable", "closed")
        if counts.get(word)
    ]
    return t.list(parts)


def value_kind(word: str, t: Translator) -> str:
    """What sort of number it is."""
    match word:
        case "money":
            return t("amount of money")
        case "share":
            return t("share of a whole")
        case "count":
            return t("count")
        case "index":
            return t("index or score")
        case "rate":
            return t("rate")
        case "rank":
            return t("place in a ranking")
        case _:
            return t("physical quantity")


def direction(higher_is_better: bool | None, t: Translator) -> str:
    """Which way is better, if any."""
    if higher_is_better is None:
        return t("neither more nor less is better")
    return t("more is better") if higher_is_better else t("less is better")


def adding_up(word: str, t: Translator) -> str:
    """How values of several economies may be combined."""
    match word:
        case "sum":
            return t("values may be added up")
        case "max":
            return t("of several values the best one counts")
        case _:
            return t("values may not be combined")


# Sources -----------------------------------------------------------------------------------------


def sources_card(subject: Subject) -> Card | None:
    """Every source behind the values: what it is, when it was published and read, what it allows."""
    t = subject.t
    if subject.sources.empty:
        return None
    frame = subject.sources
    rows = records(frame)
    columns = (
        Column("title", t("Source"), show=_source, strong=True),
        Column(
            "n",
            t("Values"),
            "right",
            lambda value, row: num(t.number(int(value)), clean(row["row_id"])),
        ),
        Column("periods", t("Periods"), show=lambda value, row: _periods(row, t), phone=False),
        Column("published", t("Published"), show=lambda value, row: t.period(clean(value))),
        Column("reuse", t("Reuse"), show=lambda value, row: _reuse(row, t)),
    )
    makers = {clean(row["origin"]) for row in rows}
    words = {"total": t.number(int(frame["n"].sum())), "makers": t.number(len(makers))}
    title = t.n(
        "{total} values from {n} source", "{total} values from {n} sources", len(rows), **words
    )
    if 1 < len(makers) < len(rows):
        title = t.n(
            "{total} values from {n} source and {makers} makers",
            "{total} values from {n} sources and {makers} makers",
            len(rows), **words,
        )  # fmt: skip
    caption = t("Sources of {measure}", measure=subject.item.short)
    shown = table(columns, rows[:SHOWN_SOURCES], caption=caption, unknown=t("not stated"))
    rest = None
    if len(rows) > SHOWN_SOURCES:
        more = rows[SHOWN_SOURCES:]
        rest = h(
            "details",
            h("summary", t.n("{n} more source", "{n} more sources", len(more))),
            table(columns, more, caption=caption, unknown=t("not stated")),
            cls="in-more",
        )
    asked = dict.fromkeys(clean(row["attribution"]) for row in rows if clean(row["attribution"]))
    credit = None
    if asked:
        words = {"credits": "; ".join(list(asked)[:5])}
        credit = h(
            "p", t("Credit as the sources ask for it: {credits}", **words), cls="small muted"
        )
    return Card(
        id="sources",
        title=title,
        subtitle=t("Those with most values first. The number opens the newest value of each."),
        body=join([shown, rest]),
        after=credit,
        table=CardTable(frame.reset_index(drop=True), columns),
        actions=("table", "download"),
    )


def _source(value: Any, row: Mapping[str, Any]) -> Safe:
    name, publisher = clean(row["origin"]) or clean(row["publisher"]), clean(row["publisher"])
    edition = clean(row["edition"])
    under = [name, publisher if publisher != name else "", edition]
    linked = external(clean(row["title"]), clean(row["url"]))
    return join(
        [
            h("span", linked, lang=clean(row["language"]) or None),
            h("span", " · ".join(part for part in under if part), cls="sub2"),
        ]
    )


def _periods(row: Mapping[str, Any], t: Translator) -> str:
    first, last = clean(row["first_period"]), clean(row["last_period"])
    if first == last:
        return t.period(first)
    return t("{first} to {last}", first=t.period(first), last=t.period(last))


def _reuse(row: Mapping[str, Any], t: Translator) -> Safe:
    licence = clean(row["licence"])
    under = h("span", licence, cls="sub2") if licence and len(licence) <= 40 else None
    return join([reuse(clean(row["reuse"]), t), under])


# Citation ----------------------------------------------------------------------------------------


def cite_card(subject: Subject, address: str, data_date: date | None, today: date) -> Card:
    """How to cite this view, and the source that most of its values rest on."""
    t, item = subject.t, subject.item
    note = ""
    if subject.catalogue.as_of:
        note = t("As known on {day}", day=t.date(subject.catalogue.as_of))
    view = citation.of_view(
        item.name, address=address, build_id=subject.catalogue.db.build_id, data_date=data_date,
        accessed=today, note=note,
    )  # fmt: skip
    parts = [_cite(view, t("This view, with its lasting link"), "view", t, open_=True)]
    for i, row in enumerate(records(subject.sources)[:3]):
        maker = clean(row["origin"]) or clean(row["publisher"])
        name = t.n(
            "The source: {maker}, {n} value",
            "The source: {maker}, {n} values",
            int(row["n"]),
            maker=maker,
        )
        parts.append(_cite(citation.of_source(row), name, f"s{i}", t))
    return Card(
        id="cite",
        title=t("Cite this view and its sources"),
        subtitle=t("Cite the source for the number, and this view for the comparison."),
        body=join(parts),
        actions=(),
    )


def _cite(
    cited: citation.Citation, name: str, key: str, t: Translator, *, open_: bool = False
) -> Safe:
    forms = (
        (t("Text"), citation.plain(cited, t), t("Copy the text")),
        ("BibTeX", citation.bibtex(cited).rstrip(), t("Copy BibTeX")),
        ("RIS", citation.ris(cited).replace("\r\n", "\n").rstrip(), t("Copy RIS")),
    )
    blocks = [
        h(
            "div",
            h("pre", text, tabindex="0", aria_label=label),
            h("button", icon("content_copy"), words, cls="act", type="button", data_copy=True),
            data_copy_scope=True,
        )
        if label == forms[0][0]
        else h(
            "details",
            h("summary", label),
            h("div", h("pre", text), h("button", icon("content_copy"), words, cls="act", type="button",
                                       data_copy=True), data_copy_scope=True),
        )
        for label, text, words in forms
    ]  # fmt: skip
    return h(
        "details", h("summary", name), *blocks, cls="in-cite", open=open_ or None, id=f"cite-{key}"
    )


def deck(subject: Subject, coverage: Mapping[str, Any] | None) -> str:
    """Publisher, rhythm and reach in one sentence."""
    t, row = subject.t, subject.item.row
    parts = [t("By {publisher}, {rhythm}.", publisher=clean(row["publisher"]),
               rhythm=data_words.rhythm(clean(row["frequency"]), t))]  # fmt: skip
    if coverage is None:
        parts.append(t("No value is known."))
        return t.sentences(parts)
    first, last = clean(coverage["first_period"]), clean(coverage["last_period"])
    words = {"first": t.period(first), "last": t.period(last)}
    n = int(coverage["n_orgs"] if subject.of_organisations else coverage["n_economies"])
    if subject.of_organisations:
        what = t.n("{n} organisation", "{n} organisations", n)
    else:
        what = t.n("{n} economy", "{n} economies", n)
    if first == last:
        parts.append(t("Values for {what}, {last}.", what=what, **words))
    else:
        parts.append(t("Values for {what}, {first} to {last}.", what=what, **words))
    return t.sentences(parts)


__all__ = [
    "about_card",
    "adding_up",
    "cite_card",
    "deck",
    "direction",
    "sources_card",
    "value_kind",
]
