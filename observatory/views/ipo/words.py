"""Words and small pieces of the pipeline page: amounts, days, dates, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from observatory.analysis import pipeline
from observatory.cards.card_model import SourceRef
from observatory.cards.filters import Currency
from observatory.cards.markup import Safe, h, href, icon, join, num, status_word, swatch
from observatory.cards.words import status_label
from observatory.i18n import Translator
from observatory.views import labels, links, reasons
from observatory.views.ipo.choice import Choice
from observatory.views.ipo.data import Attempt, is_base_size, is_exchange_report
from observatory.views.labels import clean

Row = Mapping[str, Any]

RATED: Final = frozenset({"rate", "rate_part_year"})


def amount(row: Row, currency: Currency, t: Translator) -> str:
    """What a row states, in its own currency or in dollars; its own where no rate is known."""
    if currency == "USD" and row["usd"] is not None:
        return t.money(row["usd"], "USD")
    if row["raise_amount"] is not None:
        return t.money(row["raise_amount"], clean(row["currency"]))
    return t.money(row["usd"], "USD") if row["usd"] is not None else ""


def rate(row: Row, currency: Currency, t: Translator) -> str:
    """How the dollars came about, where dollars are shown for another currency."""
    if currency != "USD" or clean(row["currency"]) in ("", "USD"):
        return ""
    basis = clean(row["usd_basis"])
    return reasons.dollars(
        basis, row["usd_rate"], clean(row["usd_rate_period"]), clean(row["currency"]), t
    )


def short_rate(row: Row, currency: Currency, t: Translator) -> str:
    """The same in a few words: the rate itself, or whose figure it is."""
    if currency != "USD" or clean(row["currency"]) in ("", "USD"):
        return ""
    if clean(row["usd_basis"]) in RATED and row["usd_rate"]:
        return t("{rate} {currency} to the dollar, {year}", rate=t.sig(row["usd_rate"], 4),
                 currency=clean(row["currency"]), year=clean(row["usd_rate_period"]))  # fmt: skip
    if clean(row["usd_basis"]) == "source":
        return t("the source's own dollars")
    return t("no rate on file, shown as printed")


def counted(row: Row, t: Translator) -> str:
    """What an amount counts, where that is known."""
    if is_exchange_report(row):
        return t("with over-allotment")
    if is_base_size(row):
        return t("base size")
    return ""


def days(span: tuple[int, int] | None, t: Translator) -> str:
    """A number of days, or a range where the date is coarse; empty for none."""
    if span is None:
        return ""
    low, high = span
    if low == high:
        return t.n("{n} day", "{n} days", low)
    return t("{low} to {high} days", low=t.number(low), high=t.number(high))


def percent(value: float, t: Translator) -> str:
    """A first-day change with its sign; no change has none."""
    digits = 0 if abs(value) >= 100 else 1
    return t.percent(0, 0) if round(value, 1) == 0 else t.signed_percent(value, digits)


def company(attempt: Attempt, t: Translator) -> Safe:
    """Swatch, name as a link to the company, second name."""
    name = attempt.name(t)
    said = f"{name.main} {name.second}".strip()
    return h(
        "div",
        swatch(attempt.economy_id),
        h("a", name.main, href=links.org(attempt.org_id), data_go=True, lang=name.main_lang,
          title=said),
        h("span", name.second, cls="native", lang=name.second_lang) if name.second else None,
        cls="p-name",
    )  # fmt: skip


def status(word: str, t: Translator) -> Safe:
    """Status as icon and word."""
    return status_word(word, status_label(word, t))


def stage_since(attempt: Attempt, t: Translator) -> str:
    """Day, month or year of the stage; for a planned date the day it became known."""
    step, row = attempt.now.step, attempt.row
    if attempt.now.last == step.end and attempt.now.first == step.start:
        return t.period(clean(row["stage_date"]))
    return t.date(attempt.now.last)


def planned_for(attempt: Attempt, t: Translator) -> str:
    """The date that a plan names, where it lay ahead of its source; else empty."""
    step = attempt.now.step
    if attempt.stage == "planned" and step.scheduled:
        return t.period(clean(attempt.row["stage_date"]))
    return ""


def plan(attempt: Attempt, today: date, t: Translator) -> str:
    """The date that a plan names; once it has passed, that its outcome is on no file. Else empty."""
    if not (named := planned_for(attempt, t)):
        return ""
    said = t("for {date}", date=named)
    return t.parts([said, t("outcome not on file")]) if attempt.now.step.end < today else said


def hint(attempt: Attempt, t: Translator) -> Safe | None:
    """What a weak source says beyond the stage."""
    row = attempt.hint
    if row is None:
        return None
    said = t.parts([labels.stage(str(row["stage"]), t), t.period(clean(row["stage_date"]))])
    return join([status("unchecked", t), num(said, row["row_id"])], " ")


def later(attempt: Attempt, choice: Choice, t: Translator) -> Safe:
    """The way to the attempt that followed this one at the same venue."""
    to = href("ipo", **choice.params(attempt=attempt.later))
    return h("a", t("Followed by a later attempt"), icon("arrow_forward"), href=to, data_go=True)


def silence(t: Translator) -> str:
    """When an outcome counts as not on file."""
    limit = pipeline.SILENCE
    return t(
        "Silent for longer than the stage lasts: {priced} days after a price, {hearing} after a hearing, {filed}"
        " after a filing, {others} otherwise. They may have been listed or given up; they are not counted as"
        " under way.",
        priced=t.number(limit["priced"].days), hearing=t.number(limit["hearing"].days),
        filed=t.number(limit["filed"].days), others=t.number(pipeline.SILENCE_ELSE.days),
    )  # fmt: skip


def sources_of(rows: Iterable[Row], most: int = 12) -> tuple[SourceRef, ...]:
    """Publishers behind rows, those with most rows first."""
    counts: dict[str, int] = {}
    first: dict[str, Row] = {}
    for row in rows:
        name = clean(row["publisher"]) or clean(row["origin"])
        counts[name] = counts.get(name, 0) + 1
        first.setdefault(name, row)
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return tuple(
        SourceRef(clean(first[name]["source_title"]), name, clean(first[name]["url"]) or None,
                  str(first[name]["source_id"]))
        for name in order[:most]
    )  # fmt: skip


def vintage_of(rows: Sequence[Row], t: Translator) -> str:
    """When the newest of the sources was published; the day it was read where that is not said."""
    if not rows:
        return ""
    newest = max(rows, key=lambda row: (row["known_on"], clean(row["published"])))
    published = clean(newest["published"])
    return t.period(published) if published else t("read {day}", day=t.date(newest["known_on"]))


def statuses_of(rows: Iterable[Row]) -> tuple[tuple[str, int], ...]:
    """Status words with counts, the commonest first."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[clean(row["status"])] = counts.get(clean(row["status"]), 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
