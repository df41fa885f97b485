"""Changes in words: what happened, why, and one line of a list for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from observatory.cards.markup import Safe, h, icon, join, num
from observatory.cards.words import status_label
from observatory.i18n import Translator
from observatory.views import evidence_parts as ev
from observatory.views import labels, links
from observatory.views.changes.data import Change, Choice, News
from observatory.views.labels import clean

Row = Mapping[str, Any]
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
    dispute = h(
        "a", t("in dispute"), href=links.conflicts(cell_id=clean(row["cell_id"])), data_go=True
    )
    if change.why == "dispute":
        return join(
            [
                num(before_text or before_when or t("not stated"), clean(old["row_id"])),
                then,
                dispute,
            ],
            " ",
        )
    if change.why == "settled":
        return join(
            [dispute, then, h("b", now), h("span", when, cls="muted") if value else None], " "
        )
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
            more = t.n(
                "{n} new score, the newest shown", "{n} new scores, the newest shown", change.n
            )
    why = why_words(change, t)
    return h(
        "li",
        h("span", icon(ICONS[change.how], how_name(change.how, t)), cls=f"ch-how ch-{change.how}"),
        h("div",
          h("p", join([part for part in parts if part is not None], " · "), cls="ch-what"),
          h("p", say(namer, change), cls="ch-say"),
          h("p", *(h("span", text) for text in (more, why) if text), cls="ch-why") if more or why else None),
    )  # fmt: skip
