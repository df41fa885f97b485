"""The receipt of a number: value, status and reason, source, place, dissenters, rule."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from observatory.cards.markup import Child, Safe, external, h, icon, join, status_word, text
from observatory.cards.words import status_label, status_meaning
from observatory.cards.woven import slot, weave
from observatory.i18n import Translator

Receipt = Mapping[str, Any]

_TONE = {"official": "s-ok", "confirmed": "s-ok", "disputed": "s-warn"}


def _text(value: object) -> str:
    if value is None:
        return ""
    shown = str(value).strip()
    return "" if shown in {"nan", "NaT", "None", "<NA>"} else shown


def _pairs(items: Sequence[tuple[Child, Child]]) -> Safe | None:
    kept = [(label, value) for label, value in items if value not in (None, "")]
    if not kept:
        return None
    return h("dl", *(part for label, value in kept for part in (h("dt", label), h("dd", value))))


def _period(value: object, t: Translator) -> str:
    shown = _text(value)
    return t.period(shown) if shown else ""


def value_text(receipt: Receipt, t: Translator) -> str:
    """The exact value as printed, "a or b" when sources disagree."""
    if receipt.get("status") == "disputed":
        values = [_text(receipt.get("value_text_exact"))]
        values += [
            _text(other.get("value_text_exact") or other.get("value"))
            for other in receipt.get("others") or []
            if other.get("status") == "disputed"
        ]
        different = list(dict.fromkeys(v for v in values if v))
        if len(different) > 1:
            return t("{first} or {second}", first=different[0], second=different[1])
    return _text(receipt.get("value_text_exact")) or _text(receipt.get("value"))


def _headline(receipt: Receipt, t: Translator) -> Safe:
    title = _text(receipt.get("title"))
    native = _text(receipt.get("native_title"))
    entity = _text(receipt.get("entity_name"))
    page = _text((receipt.get("indicator") or {}).get("href"))
    linked: Child = h("a", title, href=page, data_go=True) if page else title
    lead: Child = linked
    if entity and entity not in title:
        lead = weave(
            t("{entity}, {measure}", entity=entity, measure=slot("measure")), measure=linked
        )
    shown = value_text(receipt, t)
    unit = _text(receipt.get("unit_label")) or _text(receipt.get("unit"))
    if unit == "%" and shown and "%" not in shown:
        # The sign stands with the number, with the gap the language asks for.
        shown += t.percent(1).removeprefix(t.number(1))
        unit = ""
    size = "val long" if len(shown) > 17 else "val"
    if len(shown) > 34 or re.search(r"[^\d\W]{4,}.*[^\d\W]{4,}", shown):
        size = "val text"
    under = [t.data(unit) if unit else "", _period(receipt.get("period"), t)]
    extra = _text(receipt.get("ticker"))
    return join(
        [
            h(
                "p",
                lead,
                h("span", native, cls="native", lang=receipt.get("native_lang"))
                if native and native not in f"{entity} {title}"
                else None,
                cls="what",
            ),
            h("p", shown, cls=size) if shown else None,
            h("p", t.parts(under) + (f" · {extra}" if extra else ""), cls="per"),
        ]
    )


def _status(receipt: Receipt, t: Translator) -> Safe | None:
    status = _text(receipt.get("status"))
    if not status:
        return None
    reason = _text(receipt.get("status_reason")) or status_meaning(status, t)
    return h(
        "div",
        status_word(status, status_label(status, t)),
        h("span", reason),
        cls=f"strip-st {_TONE.get(status, '')}".strip(),
    )


_NUMBERS = frozenset({"observation", "benchmark_results", "supercomputers", "fx_rates", ""})


def _is_number(receipt: Receipt) -> bool:
    """Whether the row is a measured number, not a law, a deal, a model or a body."""
    return _text(receipt.get("kind")) in _NUMBERS


def _source(receipt: Receipt, t: Translator, more: Sequence[tuple[str, str]] = ()) -> Safe | None:
    source: Receipt = receipt.get("source") or {}
    title = _text(source.get("title")) or _text(source.get("source_id"))
    if not title:
        return None
    publisher = _text(source.get("publisher"))
    origin = _text(source.get("origin"))
    linked: Safe = external(
        text(title), _text(source.get("url")) or None, cls=None
    )  # fmt: skip
    if _text(source.get("url")):
        linked = linked + Safe(" ") + icon("open_in_new", t("opens in a new tab"))
    by = h("span", t.comma + publisher) if publisher and publisher not in title else None
    licence = _text(source.get("licence")) or t("none stated")
    attribution = _text(source.get("attribution"))
    lang = _text(source.get("language")) or None
    page = _text(source.get("href"))
    return _pairs(
        [
            (t("Source"), h("span", h("span", linked, lang=lang), by)),
            (t("Where in it"), _text(receipt.get("locator"))),
            (t("Number made by") if _is_number(receipt) else t("Comes from"),
             origin if origin and origin != publisher else ""),
            (t("Published"), _period(source.get("published"), t)),
            (t("Read on"), _period(source.get("read_on"), t)),
            (t("Known to us"), _period(source.get("known_on"), t)
             if source.get("known_on") and source.get("known_on") != source.get("read_on") else ""),
            (t("Kind of source"), _text(source.get("tier"))),
            (t("Language"), _text(source.get("language_name"))),
            (t("Licence"), t.parts([licence, _text(source.get("allows"))])),
            (t("Credit"), attribution if attribution and attribution != publisher else ""),
            *more,
            (t("More of it"),
             h("a", t("Everything that rests on this source"), href=page, data_go=True) if page else ""),
        ]
    )  # fmt: skip


def _others(receipt: Receipt, t: Translator) -> Safe | None:
    others: Sequence[Receipt] = receipt.get("others") or []
    rule, compare = _text(receipt.get("rule")), _text(receipt.get("compare"))
    disputed = receipt.get("status") == "disputed"
    if not others:
        return h("p", rule, cls="why") if rule and receipt.get("kind") == "observation" else None
    cells: list[Safe] = []
    rows = list(others)
    if disputed:
        own: dict[str, Any] = dict(receipt)
        own["source_title"] = (receipt.get("source") or {}).get("title")
        own["publisher"] = (receipt.get("source") or {}).get("publisher")
        rows = [own, *rows]
    for other in rows[:12]:
        who = _text(other.get("publisher")) or _text(other.get("source_title"))
        origin = _text(other.get("origin"))
        if origin and origin not in who:
            who = t("{publisher}, after {origin}", publisher=who, origin=origin)
        shown = _text(other.get("value_text_exact")) or _text(other.get("value"))
        cell: Child = shown
        if _text(other.get("row_id")) and other.get("row_id") != receipt.get("row_id"):
            cell = h("button", shown, cls="num", type="button", data_receipt=other["row_id"])
        diff = other.get("diff_pct")
        note = ""
        if isinstance(diff, (int, float)) and diff == diff:
            note = t.signed_percent(diff, 0 if abs(diff) >= 1 else 1) if diff else t("same")
        elif disputed:
            note = _text(other.get("confidence"))
        elif _text(other.get("status")):
            note = status_label(_text(other.get("status")), t)
        cells += [h("span", who), h("span", cell, cls="v"), h("span", note, cls="d")]
    number = _is_number(receipt)
    title = t("Other sources of this number") if number else t("Other sources on this")
    if disputed:
        title = t("Both values") if len(rows) == 2 else t("What each source says")
    # The count is of the lines that the heading announces: in a dispute the row itself stands among them.
    count = (
        t.n("{n} value", "{n} values", len(rows))
        if number
        else t.n("{n} entry", "{n} entries", len(rows))
    )
    closing: Child
    if disputed:
        closing = join(
            [
                h("b", t("No headline is chosen.")),
                rule or t("Left out of scores and findings until a third source settles it."),
            ],
            " ",
        )
    else:
        closing = join([h("b", t("Why this one.")), rule], " ") if rule else None
    return join(
        [
            h("hr"),
            h("h3", title, h("span", count)),
            h("div", *cells, cls="oth"),
            h("p", closing, cls="why") if closing else None,
            h(
                "p",
                h(
                    "a",
                    t.n("{n} other source: compare", "{n} other sources: compare", len(others)),
                    href=compare,
                    data_go=True,
                ),
                cls="why",
            )
            if compare
            else None,
        ]
    )


def _measure(receipt: Receipt, t: Translator) -> Safe | None:
    indicator: Receipt = receipt.get("indicator") or {}
    definition, page = _text(indicator.get("definition")), _text(indicator.get("href"))
    caveats = _text(indicator.get("caveats"))
    if not definition and not caveats:
        return None
    return h(
        "details",
        h("summary", t("What is measured")),
        h(
            "p",
            h("a", t("All values, sources and conflicts of this measure"), href=page, data_go=True),
        )
        if page
        else None,
        h("p", t.data(definition), lang=t.data_lang(definition)) if definition else None,
        h("p", t.data(caveats), cls="muted", lang=t.data_lang(caveats)) if caveats else None,
        h("p", external(t("The publisher's method"), _text(indicator.get("method_url"))))
        if _text(indicator.get("method_url"))
        else None,
    )


def _trail(receipt: Receipt, t: Translator) -> Safe | None:
    steps: Sequence[Receipt] = receipt.get("trail") or []
    if not steps:
        return None
    return h(
        "details",
        h("summary", t("How it came here")),
        _pairs([(_text(s.get("step")), _text(s.get("text"))) for s in steps]),
    )


def cite_text(receipt: Receipt, address: str, t: Translator) -> str:
    """A citation in one line."""
    source: Receipt = receipt.get("source") or {}
    parts = [
        _text(source.get("publisher")) or _text(source.get("source_id")),
        _text(source.get("title")),
        _period(source.get("published"), t),
        _text(source.get("url")),
        t("read {day}", day=_period(source.get("read_on"), t)) if source.get("read_on") else "",
    ]
    value = ", ".join(
        x
        for x in (
            _text(receipt.get("entity_name")),
            _text(receipt.get("title")),
            _period(receipt.get("period"), t),
            value_text(receipt, t),
        )
        if x
    )
    shown = t("shown by East Asia AI Observatory, row {id}", id=_text(receipt.get("row_id")))
    return ". ".join(x for x in (value, ", ".join(p for p in parts if p), shown, address) if x)


def _tex(value: str) -> str:
    return re.sub(r"([{}\\%$#&_])", r"\\\1", value)


def bibtex(receipt: Receipt, address: str) -> str:
    """The source as a BibTeX record with the row id as its key."""
    source: Receipt = receipt.get("source") or {}
    published = _text(source.get("published"))
    fields = {
        "author": "{" + _tex(_text(source.get("publisher"))) + "}",
        "title": "{" + _tex(_text(source.get("title"))) + "}",
        "year": published[:4],
        "url": quote(_text(source.get("url")), safe=":/?&=#%~+,;@!$'()*"),
        "urldate": _text(source.get("read_on"))[:10],
        "note": _tex(
            f"{_text(receipt.get('entity_name'))} {_text(receipt.get('title'))}"
            f" {_text(receipt.get('period'))}; {address}".strip()
        ),
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{_text(receipt.get('row_id')) or 'row'},\n{body}\n}}"


def receipt_html(
    receipt: Receipt, t: Translator, *, address: str = "", report: str = "", report_text: str = ""
) -> Safe:
    """The whole receipt. `address` is its lasting link, `report` opens a report filled in; without an
    address for reports, `report_text` is there to be copied."""
    row_id = _text(receipt.get("row_id"))
    note = _text(receipt.get("note"))
    note_lang = _text(receipt.get("note_lang")) or "en"
    # An event's details are its substance; a value's are about its source.
    first = receipt.get("kind") != "observation"
    details = [(_text(label), _text(value)) for label, value in receipt.get("details") or []]
    cite = h(
        "details",
        h("summary", t("Cite")),
        h("div", h("pre", cite_text(receipt, address, t)),
          h("button", icon("content_copy"), t("Copy"), cls="act", type="button", data_copy=True),
          data_copy_scope=True),
        h("div", h("pre", bibtex(receipt, address)),
          h("button", icon("content_copy"), t("Copy BibTeX"), cls="act", type="button",
            data_copy=True), data_copy_scope=True),
    )  # fmt: skip
    bar = h(
        "div",
        h("button", icon("link"), t("Copy link"), cls="btn", type="button", data_act="link",
          data_row=row_id),
        h("a", icon("flag"), t("Report this number"), cls="btn", href=report, target="_blank",
          rel="noopener noreferrer") if report else None,
        cls="bar",
    )  # fmt: skip
    by_hand = None
    if report_text and not report:
        by_hand = h(
            "details",
            h("summary", t("Report this number")),
            h("div", h("pre", report_text),
              h("button", icon("content_copy"), t("Copy"), cls="act", type="button", data_copy=True),
              data_copy_scope=True),
        )  # fmt: skip
    return h(
        "div",
        _headline(receipt, t),
        _status(receipt, t),
        _pairs([(label, value) for label, value in details]) if first else None,
        h("hr") if details and first else None,
        _source(receipt, t, () if first else details),
        h("p", note, cls="why", lang=note_lang) if note else None,
        _others(receipt, t),
        _measure(receipt, t),
        _trail(receipt, t),
        cite,
        by_hand,
        bar,
        cls="rc",
        data_row=row_id,
    )


def missing_html(row_id: str, t: Translator) -> Safe:
    """A row id that this build does not hold."""
    return h(
        "div",
        h("p", t("No number has the id “{value}”.", value=row_id), cls="what"),
        h("p", t("It may belong to another build of the data, or the link is cut short."),
          cls="per"),
        cls="rc",
    )  # fmt: skip
