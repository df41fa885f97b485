"""The stage board: a column a stage, a card an attempt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from observatory.analysis import pipeline
from observatory.cards.filters import Currency
from observatory.cards.markup import Child, Safe, h, icon, join, num
from observatory.i18n import Translator
from observatory.views import labels
from observatory.views.ipo import words
from observatory.views.ipo.bar import address, group_label
from observatory.views.ipo.choice import COLUMNS, HALTED, Choice, standing_group
from observatory.views.ipo.data import Attempt, Field, amount
from observatory.views.labels import clean

SHOWN: Final = 5
ALL_OF_ONE: Final = 60


def money(attempt: Attempt, currency: Currency, t: Translator) -> Safe | None:
    """What was raised, else what is aimed at and marked so: never the one for the other."""
    row = attempt.raised if attempt.stage in pipeline.DONE else attempt.aim
    if row is None or not amount(row):
        return None
    shown = h("b", num(words.amount(row, currency, t), row["row_id"]))
    aim = h("span", t("aim"), cls="muted") if pipeline.money_kind(attempt.stage) == "aim" else None
    weak = row["status"] == "unchecked" and not attempt.weak
    mark = h("span", icon("help", t("Unchecked")), cls="st st-unchecked") if weak else None
    return h("span", join([aim, mark, shown], " "), cls="amt")


def _when(attempt: Attempt, today: date, t: Translator) -> Safe:
    said = words.plan(attempt, today, t) or words.stage_since(attempt, t)
    return num(said, attempt.row["row_id"])


def _last_line(attempt: Attempt, today: date, t: Translator) -> Child:
    """The first day of a listing, or how long nothing was heard, or how long it has stood here."""
    if attempt.first_day is not None:
        row = attempt.first_day
        said = h("b", num(words.percent(row["value"], t), row["row_id"]))
        return h("span", t("First day"), " ", said)
    if attempt.stale is not None and not attempt.later:
        silent = (today - attempt.stale).days
        return t.n("Stale, {n} day", "Stale, {n} days", silent)
    if attempt.days is not None and not attempt.later:
        return t("{days} at this stage", days=words.days(attempt.days, t))
    return None


def card(attempt: Attempt, choice: Choice, currency: Currency, today: date, t: Translator) -> Safe:
    """One attempt: company, venue, amount, since when, status, what else is known."""
    name = attempt.name(t).main
    many = len(attempt.publishers)
    stages = h(
        "a",
        t.n("{n} source", "{n} sources", many),
        href=address(choice, attempt=attempt.ipo_id),
        data_go=True,
        cls="src",
        aria_label=t("{company}: every stage and its sources", company=name),
    )
    mark, hint = None, words.hint(attempt, t)
    if attempt.stage in HALTED or attempt.unknown:
        mark = h("span", labels.stage(attempt.stage, t), cls="p-stage")
    elif choice.stage == "" and attempt.stage == "tutoring":
        mark = h("span", t("Tutoring"), cls="p-stage")
    return h(
        "li",
        words.company(attempt, t),
        h("div", h("span", attempt.venue, mark, cls="ven"), money(attempt, currency, t), cls="l"),
        h("div", _when(attempt, today, t), words.status(clean(attempt.row["status"]), t), cls="l"),
        h("div", hint, cls="l x hint") if hint is not None else None,
        h("div", words.later(attempt, choice, t), cls="l x") if attempt.later else None,
        h("div", h("span", _last_line(attempt, today, t)), stages, cls="l x"),
        cls="p-card is-weak" if attempt.weak else "p-card",
    )


def _empty(field: Field, stages: Sequence[str], t: Translator) -> Safe:
    """An empty column says who was there last."""
    said = t("No attempt stands here.")
    passed = [
        (step, attempt)
        for attempt in field.attempts
        for step in attempt.steps
        if step.stage in stages and not step.weak and step.start <= field.today
    ]
    if passed:
        step, attempt = max(passed, key=lambda item: (item[0].end, item[1].ipo_id))
        row = next(row for row in attempt.rows if row["row_id"] == step.row_id)
        last = t(
            "The last was {company}, {date}; it now stands at: {stage}.",
            company=attempt.name(t).main, date=t.period(clean(row["stage_date"])),
            stage=group_label("unknown", t) if attempt.unknown else labels.stage(attempt.stage, t),
        )  # fmt: skip
        return h("p", said, " ", last, cls="p-none")
    return h("p", said, cls="p-none")


def _count(found: Sequence[Attempt], t: Translator) -> Safe:
    weak = sum(a.weak for a in found)
    note = t("{n} unchecked", n=t.number(weak)) if weak else None
    return join([h("small", note) if note else None, h("span", t.number(len(found)), cls="n")], " ")


def _column(
    field: Field, stages: Sequence[str], choice: Choice, currency: Currency, t: Translator
) -> Safe:
    group = stages[-1]
    found = [a for a in field.attempts if standing_group(a) == group]
    rest = len(found) - SHOWN
    more = None
    if rest > 0:
        more = h("a", t.n("{n} more", "{n} more", rest), icon("arrow_forward"), cls="p-more",
                 href=address(choice, stage=group), data_go=True)  # fmt: skip
    title = group_label(group, t)
    return h(
        "section",
        h("h3", h("span", title, cls="w"), _count(found, t)),
        h("ul", *(card(a, choice, currency, field.today, t) for a in found[:SHOWN])) if found
        else _empty(field, stages, t),
        more,
        cls="p-col", aria_label=title,
    )  # fmt: skip


def _flow(title: str, found: Sequence[Attempt], today: date, choice: Choice, currency: Currency, t: Translator,
          note: str = "") -> Safe:  # fmt: skip
    """Cards of one group side by side."""
    shown = found[:ALL_OF_ONE]
    rest = len(found) - len(shown)
    return h(
        "section",
        h("h3", h("span", title, cls="w"), _count(found, t)),
        h("p", note, cls="sub") if note else None,
        h("ul", *(card(a, choice, currency, today, t) for a in shown)),
        h("a", t.n("{n} more in the table", "{n} more in the table", rest), cls="p-more",
          href=address(choice, view="table"), data_go=True) if rest > 0 else None,
        cls="p-flow", aria_label=title,
    )  # fmt: skip


def board(field: Field, choice: Choice, currency: Currency, t: Translator) -> Safe:
    """All columns, or every card of the one stage a reader chose."""
    if choice.stage:
        return _flow(group_label(choice.stage, t), field.attempts, field.today, choice, currency, t)
    columns = [_column(field, stages, choice, currency, t) for stages in COLUMNS]
    halted = [a for a in field.attempts if standing_group(a) == "halted"]
    unknown = [a for a in field.attempts if standing_group(a) == "unknown"]
    below: list[Safe] = []
    if unknown:
        below.append(
            _flow(group_label("unknown", t), unknown, field.today, choice, currency, t,
                  words.silence(t))
        )  # fmt: skip
    if halted:
        ended = _flow(
            group_label("halted", t), halted, field.today, choice, currency, t,
            t("Kept on file: an attempt that ended is shown, not deleted."),
        )  # fmt: skip
        below.append(ended)
    return join(
        [
            h("div", *columns, cls="p-board", role="region", tabindex="0",
              aria_label=t("Attempts by stage")),
            *below,
        ]
    )  # fmt: skip
