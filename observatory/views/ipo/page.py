"""The pipeline of listings: title, choices, summary, and the cards of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from observatory.cards.card_model import Card, EmptyState
from observatory.cards.filters import Currency, Note
from observatory.cards.markup import Child, Safe, h
from observatory.cards.states import Gap, bad_link
from observatory.db.connect import Database
from observatory.i18n import Translator
from observatory.views import labels
from observatory.views.ipo import words
from observatory.views.ipo.attempt import card as attempt_card
from observatory.views.ipo.bar import address, bar, group_label
from observatory.views.ipo.board import board
from observatory.views.ipo.choice import (
    GROUPS,
    Choice,
    around,
    chosen,
    read,
    standing_group,
    venue_label,
)
from observatory.views.ipo.data import Field, amount, field_of, first_days, median
from observatory.views.ipo.dates import dates
from observatory.views.ipo.listings import (
    MIN_FIRST_DAYS,
    listings,
    money_of,
    months,
    raised,
    rate_of,
    total_of,
)
from observatory.views.ipo.table import card as table_card
from observatory.views.ipo.tracks import tracks
from observatory.views.measures import Catalogue

__all__ = [
    "around",
    "attempt_card",
    "bar",
    "board",
    "chosen",
    "dates",
    "deck",
    "field_of",
    "gaps",
    "listings",
    "names",
    "notes",
    "nothing",
    "raised",
    "read",
    "strip",
    "table_card",
    "title",
    "tracks",
]


def title(field: Field, choice: Choice, currency: Currency, t: Translator) -> str:
    """The page's finding: what was raised in Hong Kong; else how many attempts there are."""
    total = total_of(field)
    if total is not None:
        values = {
            "n": t.number(len(total.parts)),
            "money": money_of(total, currency, t),
            "months": months(total, t),
        }
        if choice.layer:
            return t.n(
                "{layer}: {n} company raised {money} by listing in Hong Kong, {months}",
                "{layer}: {n} companies raised {money} by listing in Hong Kong, {months}",
                len(total.parts), layer=labels.layer(choice.layer, t), **values,
            )  # fmt: skip
        return t.n(
            "{n} AI-related company raised {money} by listing in Hong Kong, {months}",
            "{n} AI-related companies raised {money} by listing in Hong Kong, {months}",
            len(total.parts), **values,
        )  # fmt: skip
    many = len(field.attempts)
    if not many:
        return t("IPO pipeline")
    counts = {key: sum(standing_group(a) == key for a in field.attempts) for key in GROUPS}
    said = t.parts(f"{group_label(key, t)} {t.number(n)}" for key, n in counts.items() if n)
    if choice.venue:
        return t.n(
            "{venue}: {n} listing attempt ({stages})", "{venue}: {n} listing attempts ({stages})",
            many, venue=venue_label(choice.venue, t), stages=said,
        )  # fmt: skip
    return t.n("{n} listing attempt: {stages}", "{n} listing attempts: {stages}", many, stages=said)


def deck(field: Field, t: Translator) -> str:
    """How many attempts, how many under way, and the rule of the page."""
    if not field.attempts:
        return t("No listing attempt of these economies is on file.")
    under = sum(a.open for a in field.attempts)
    if field.year:
        counts = t.n(
            "{n} listing attempt on file whose stage dates from {year}, {open} under way.",
            "{n} listing attempts on file whose stage dates from {year}, {open} under way.",
            len(field.attempts), open=t.number(under), year=str(field.year),
        )  # fmt: skip
    else:
        counts = t.n(
            "{n} listing attempt on file, {open} under way.",
            "{n} listing attempts on file, {open} under way.",
            len(field.attempts), open=t.number(under),
        )  # fmt: skip
    rule = t(
        "A stage moves only with a dated source; a rumour never moves a company forward or back."
    )
    return f"{counts} {rule}" if t.lang in ("en", "ko") else f"{counts}{rule}"


def names(field: Field, t: Translator) -> dict[str, str]:
    """Attempts by id with a name to type: company in all its scripts, venue, ticker."""
    found = {}
    for attempt in sorted(field.attempts, key=lambda a: a.name(t).main.casefold()):
        name = attempt.name(t)
        tickers = [str(row["ticker"]).partition(":")[2] for row in attempt.rows if row["ticker"]]
        more = list(dict.fromkeys(ticker for ticker in tickers if ticker))
        parts = [f"{name.main} {name.second}".strip(), attempt.venue, *more[:1]]
        found[attempt.ipo_id] = t.parts(parts)
    return found


def notes(found: Sequence[Note], t: Translator) -> Safe | None:
    """What in the address could not be used."""
    if not found:
        return None
    return h("div", *(bad_link(note, t, {}, "") for note in found[:3]))


def nothing(db: Database, field: Field, as_of: date | None, catalogue: Catalogue) -> Card:
    """Where no attempt fits: what there is instead, and the way to it."""
    t = catalogue.t
    reason = t("No listing attempt of this choice is on file.")
    held: dict[str, int] = {}
    for attempt in field.attempts:
        held[attempt.economy_id] = held.get(attempt.economy_id, 0) + 1
    if held:
        names = [
            f"{catalogue.name(key)} {t.number(held[key])}"
            for key in sorted(held, key=lambda k: -held[k])
        ]
        return Card(
            id="ipo-nothing",
            title=t("No listing attempt"),
            subtitle=t("Attempts by stage"),
            empty=EmptyState(
                reason=reason,
                exists=t("On file are attempts of companies of: {economies}.", economies=t.parts(names)),
                action_label=t("Show all attempts"),
                action_href="/ipo?economies=all13",
                title=t("No listing attempt fits"),
            ),
        )  # fmt: skip
    every = field_of(db, None, date.max) if as_of else field
    first = min((row["known_on"] for a in every.attempts for row in a.rows), default=None)
    exists = (
        t("The first listing stage on file became known on {day}.", day=t.date(first))
        if first
        else ""
    )
    return Card(
        id="ipo-nothing",
        title=t("No listing attempt"),
        subtitle=t("Attempts by stage"),
        empty=EmptyState(
            reason=t("No listing attempt was known by then."),
            exists=exists,
            action_label=t("Show everything known") if first else "",
            action_href="/ipo?as_of=" if first else "",
            title=t("No listing attempt known by then"),
        ),
    )


def _tile(head: str, value: Child, line: Child, foot: Child = None) -> Safe:
    return h(
        "div",
        h("span", head, cls="p"),
        h("span", value, cls="v"),
        h("span", line, cls="m"),
        h("span", foot, cls="f") if foot is not None else None,
        cls="tile",
    )


def _listed(field: Field, choice: Choice, t: Translator) -> Safe:
    year = field.year or field.today.year
    done = [a for a in field.attempts if a.stage == "listed" and a.now.last.year == year]
    firm = [a for a in done if not a.weak]
    weak = len(done) - len(firm)
    more = (
        t.n("and {n} by a weak source only", "and {n} by weak sources only", weak) if weak else ""
    )
    hkex = sum(a.venue == "HKEX" for a in firm)
    there = address(choice, stage="listed", year=str(year), attempt=None)
    link: Child = h("a", t.number(len(firm)), href=there, data_go=True) if firm else t.number(0)
    where = t("{n} of them in Hong Kong", n=t.number(hkex)) if hkex else ""
    return _tile(t("Listed in {year}", year=year), link, where, more or None)


def strip(field: Field, choice: Choice, currency: Currency, t: Translator) -> Safe | None:
    """The page in five figures, of the chosen year if one is; each opens what it is made of."""
    if not field.attempts:
        return None
    under = [a for a in field.attempts if a.open]
    silent = [a for a in under if a.stale is not None]
    ended = [a for a in field.attempts if a.stage in ("lapsed", "withdrawn")]
    lost = sum(a.unknown for a in field.attempts)
    feet = [
        t("{n} lapsed or withdrawn", n=t.number(len(ended))) if ended else "",
        t("{n} without an outcome on file", n=t.number(lost)) if lost else "",
    ]
    whole = t.n("of {n} attempt on file", "of {n} attempts on file", len(field.attempts))
    if field.year:
        whole = t.n("of {n} attempt with its stage in {year}", "of {n} attempts with their stage in {year}",
                    len(field.attempts), year=str(field.year))  # fmt: skip
    tiles = [
        _tile(
            t("Under way"),
            h("button", t.number(len(under)), cls="num", type="button", data_act="table",
              data_card="ipo-tracks" if choice.view == "board" else "ipo-table"),
            whole,
            t.parts([foot for foot in feet if foot]) or None,
        ),
        _tile(
            t("Silent for 90 days"),
            t.number(len(silent)),
            t("of those under way"),
            t("newest word {date}", date=t.date(max(a.heard for a in under))) if under else None,
        ),
        _listed(field, choice, t),
    ]  # fmt: skip
    total = total_of(field)
    if total is not None:
        left = len(total.left_out)
        foot = (
            t.n("{n} more counted otherwise", "{n} more counted otherwise", left)
            if left
            else rate_of(total, currency, t)
        )
        tiles.append(
            _tile(
                t("Raised in Hong Kong"),
                h("button", money_of(total, currency, t), cls="num", type="button",
                  data_act="table", data_card="ipo-raised"),
                t.n("{n} listing, {months}", "{n} listings, {months}", len(total.parts),
                    months=months(total, t)),
                foot,
            )
        )  # fmt: skip
    year = field.year or field.today.year
    known = first_days(a for a in field.attempts if a.now.last.year == year and not a.weak)
    if len(known) >= MIN_FIRST_DAYS:
        values = [float(a.first_day["value"]) for a in known if a.first_day]
        down = sum(value < 0 for value in values)
        tiles.append(
            _tile(
                t("Median first day, {year}", year=year),
                h("a", words.percent(median(values), t), data_go=True,
                  href=address(choice, stage="listed", year=str(year), attempt=None)),
                t.n("{n} listing with a known first day", "{n} listings with a known first day",
                    len(values)),
                t("{n} closed below the offer", n=t.number(down)) if down
                else t("none closed below the offer"),
            )
        )  # fmt: skip
    return h("div", *tiles, cls="strip p-strip", style=f"--n:{len(tiles)}")


def _ratio(field: Field) -> tuple[int, int]:
    """Listings with both sizes on file, and those where over-allotment added 5 percent or more."""
    both = [
        a.raised["usd"] / a.base["usd"]
        for a in field.attempts
        if a.raised and a.base and amount(a.raised) and a.raised["usd"] and a.base["usd"]
    ]
    return len(both), sum(ratio >= 1.05 for ratio in both)


def gaps(field: Field, t: Translator) -> list[Gap]:
    """What the page cannot tell, counted."""
    found: list[Gap] = []
    if not field.attempts:
        return found
    total = total_of(field)
    if total is not None and total.left_out:
        found.append(
            Gap(
                t("Not in the total"),
                t.n(
                    "{n} listing in Hong Kong of the same year is not in the exchange's report on file; what is known"
                    " of it comes from other sources, mostly as base size.",
                    "{n} listings in Hong Kong of the same year are not in the exchange's report on file; what is known"
                    " of them comes from other sources, mostly as base size.",
                    len(total.left_out),
                ),
            )
        )
    both, more = _ratio(field)
    if both:
        found.append(
            Gap(
                t("Two sizes of one deal"),
                t("For {n} listings both the allotted tranches and the base size are on file; in {more} of them the"
                  " tranches are 5 % or more above the base, which is the over-allotment.",
                  n=t.number(both), more=t.number(more)),
            )
        )  # fmt: skip
    listed = [a for a in field.attempts if a.stage == "listed"]
    without = sum(a.first_day is None for a in listed)
    if without:
        found.append(
            Gap(t("First days"), t("No source on file gives the first day of {n} of {all} listings.",
                                   n=t.number(without), all=t.number(len(listed)))),
        )  # fmt: skip
    nothing = sum(a.raised is None for a in listed)
    if nothing:
        found.append(
            Gap(t("Amounts"), t("What {n} of {all} listings raised is not on file, or nothing was raised.",
                                n=t.number(nothing), all=t.number(len(listed)))),
        )  # fmt: skip
    lost = sum(a.unknown for a in field.attempts)
    if lost:
        found.append(
            Gap(t("Outcome not on file"), t.n("How {n} attempt ended is on no file.",
                                              "How {n} attempts ended is on no file.", lost)
                + ("" if t.lang.startswith(("zh", "ja")) else " ") + words.silence(t)),
        )  # fmt: skip
    newest = max(a.heard for a in field.attempts)
    found.append(
        Gap(t("Silence is no news"), t("The newest word on any attempt is of {date}. An attempt without news may have"
                                       " moved since; we do not guess.", date=t.date(newest))),
    )  # fmt: skip
    weak = sum(a.weak for a in field.attempts)
    if weak:
        found.append(
            Gap(t("Weak sources"), t("{n} attempts rest on weak sources only; they are marked and stay out of totals"
                                     " and findings.", n=t.number(weak))),
        )  # fmt: skip
    return found
