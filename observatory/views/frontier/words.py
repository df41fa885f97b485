"""What a lag says in words: months, bounds, or why it cannot be measured."""

from __future__ import annotations

from observatory.analysis import frontier as fr
from observatory.cards.markup import Safe, h, num
from observatory.i18n import Translator
from observatory.views.frontier.data import Block


def months(value: float, t: Translator) -> str:
    """A number of months, one decimal."""
    return t.number(round(value, 1), 1)


def bare(lag: fr.Lag, t: Translator) -> str:
    """The lag in a column whose head says months."""
    if lag.months is None or lag.kind not in ("exact", "at_least") or lag.months < 0.05:
        return short(lag, t)
    shown = months(lag.months, t)
    return t("at least {n}", n=shown) if lag.kind == "at_least" else shown


def short(lag: fr.Lag, t: Translator) -> str:
    """The lag for a table cell."""
    if lag.kind == "leads":
        return t("leads")
    if lag.kind == "first":
        return t("first at its level")
    if lag.kind == "exact" and lag.months is not None:
        return behind(lag, t)
    if lag.kind == "at_least" and lag.says and lag.months is not None:
        return t("at least {n} months", n=months(lag.months, t))
    match lag.kind:
        case "at_least":
            return t("scale begins that day")
        case "undated":
            return t("{n} of {m} dated", n=t.number(lag.dated), m=t.number(lag.entries))
        case "best_only":
            return t("best few on file")
        case "alone":
            return t("no one to compare")
        case _:
            return t("not on it")


def behind(lag: fr.Lag, t: Translator) -> str:
    """The lag inside a sentence: `at least 4.7 months`; empty where it says nothing."""
    if not lag.says or lag.months is None or lag.kind in ("leads", "first"):
        return ""
    if lag.kind == "at_least":
        return t("at least {n} months", n=months(lag.months, t))
    if lag.months < 0.05:
        if lag.high:
            return t("up to {n} months", n=months(lag.high, t))
        return t("seen on one copy at once")
    return t("{n} months", n=months(lag.months, t))


def why_not(lag: fr.Lag, t: Translator) -> str:
    """Why the lag cannot be measured, as a sentence without a full stop."""
    match lag.kind:
        case "undated" if lag.mine is not None and lag.mine.end is None:
            return t(
                "Not measurable: {n} of {m} of its models on this board are dated, and {model} is not",
                n=t.number(lag.dated), m=t.number(lag.entries), model=lag.mine.name,
            )  # fmt: skip
        case "undated":
            return t("Not measurable: the models that may have been first have no release date")
        case "best_only":
            return t("Not measurable: only the best few models of each economy are on file")
        case "at_least":
            return t("Not measurable: the scale begins with this copy of the board")
        case "absent":
            return t("No model of the economy stands on this board now")
        case "alone":
            return t("The other side has no model on this board")
        case _:
            return ""


def sure(lag: fr.Lag, block: Block, t: Translator) -> str:
    """How sure the lag is, as a sentence without a full stop."""
    if not lag.says:
        return why_not(lag, t)
    if lag.kind == "leads":
        return t("No model on file of the other side was as good")
    if lag.kind == "first":
        return t("When it came out, no model on file of the other side was as good")
    if block.by_release:
        dated = t(
            "{n} of {m} of its models on the board are dated",
            n=t.number(lag.dated), m=t.number(lag.entries),
        )  # fmt: skip
        if lag.kind == "at_least":
            return t("{dated}; undated models of the other side may have come earlier", dated=dated)
        if lag.low is not None and lag.high is not None and lag.high - lag.low > 0.15:
            return t(
                "{low} to {high} months by the width of the dates; {dated}",
                low=months(lag.low, t), high=months(lag.high, t), dated=dated,
            )  # fmt: skip
        return dated
    low, high = lag.low or 0.0, lag.high
    with_intervals = lag.mine is not None and lag.mine.low is not None
    if high is None:
        if with_intervals and lag.kind == "at_least" and low + 0.05 < (lag.months or 0):
            return t(
                "{low} months or more by the board’s intervals; the other side was there when the scale begins",
                low=months(low, t),
            )  # fmt: skip
        if lag.kind == "exact":
            return t(
                "By the board’s intervals the other side may have been there when the scale begins"
            )
        return t("The other side was already there when the scale begins")
    if with_intervals:
        return t(
            "{low} to {high} months by the dates of the copies and the board’s intervals",
            low=months(low, t), high=months(high, t),
        )  # fmt: skip
    return t(
        "{low} to {high} months by the dates of the copies",
        low=months(low, t),
        high=months(high, t),
    )


def made_of(shown: str, card: str) -> Safe:
    """A computed value: it opens the table of the values it is made of."""
    return h("button", shown, cls="num", type="button", data_act="table", data_card=card)


def value(shown: str, row_id: str) -> Safe:
    """A score that opens its receipt."""
    return num(shown, row_id)


def break_reason(why: str, because: str, t: Translator) -> str:
    """Why a scale starts or a gap is there, in the reader's language."""
    match why:
        case "rescaled":
            return t("The scale was anchored anew: models standing in both copies moved together")
        case "rebased":
            return t("The publisher composed the index anew")
        case "unsteady":
            return t("Scores of unchanged models moved from copy to copy")
        case "no_copy":
            return t("No copy of the board is on file")
        case "other_board":
            return t("The site shows another board since then; its levels differ")
        case "other_version":
            return t("One value of another version of the index")
        case "second_hand":
            return t("Single values from pages that do not show the board")
        case "fixed_test":
            return t("Fixed questions: levels compare over time")
        case "one_fit":
            return t("One copy, in which all models stand on one scale")
        case "after_gap":
            return t("From here on neighbouring copies can be compared")
        case _:
            return t("First copy on file")
