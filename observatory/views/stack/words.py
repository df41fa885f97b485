"""What the sovereign stack is called: layers, grades, signs and their values, reasons for holes."""

from __future__ import annotations

from typing import Final

from observatory.analysis.stack import State
from observatory.cards.markup import Safe, h
from observatory.i18n import Translator
from observatory.views import data_words, labels, links
from observatory.views.labels import clean
from observatory.views.stack.data import Missing, Sign

PIPS: Final[dict[State, int]] = {"high": 3, "medium": 2, "low": 1, "named": 0, "empty": 0}


def layer(word: str, t: Translator) -> str:
    """Name of a graded layer."""
    return t("Applications and robotics") if word == "applications" else labels.layer(word, t)


def layer_in_sentence(word: str, t: Translator) -> str:
    """Name of a graded layer inside a sentence."""
    match word:
        case "chips":
            return t("chips")
        case "compute":
            return t("compute")
        case "models":
            return t("models")
        case "applications":
            return t("applications and robotics")
        case "capital":
            return t("capital")
        case _:
            return t("governance")


def grade(word: State, t: Translator) -> str:
    """The grade as a word; what stands in a cell without one."""
    match word:
        case "high":
            return t("High")
        case "medium":
            return t("Medium")
        case "low":
            return t("Low")
        case "named":
            return t("Not graded")
        case _:
            return t("Nothing on file")


def pips(word: State) -> Safe:
    """Three marks, as many of them full as the grade is high; an open ring where there is no grade."""
    if word in ("named", "empty"):
        return h("span", cls=f"sk-ring is-{word}", aria_hidden="true")
    marks = [h("span", cls="on" if at < PIPS[word] else None) for at in range(3)]
    return h("span", *marks, cls="sk-pips", aria_hidden="true")


def sign_name(sign: Sign, t: Translator) -> str:
    """Name of a sign."""
    return sign.indicator.short if sign.indicator else t.data(clean(sign.row["name"]))


def sign_link(sign: Sign, t: Translator) -> Safe:
    """Name of a sign; it leads to the page of what is measured."""
    name, address = sign_name(sign, t), sign_href(sign)
    return h("a", name, href=address, data_go=True) if address else h("span", name)


def sign_href(sign: Sign) -> str:
    """The page of what is measured; empty for what is counted from rows of its own."""
    if sign.indicator:
        return links.indicator(sign.indicator.id)
    return links.board(sign.board) if sign.board else ""


def amount(sign: Sign, value: float, t: Translator) -> str:
    """A value of a sign with its unit."""
    if sign.indicator:
        return sign.indicator.value(value, t)
    if sign.kind == "behind":
        return t.n("{n} point", "{n} points", round(value))
    if sign.column == "memory_bandwidth_gbs":
        return t("{value} GB/s", value=t.number(value, 0))
    if sign.column == "amount_usd_m":
        return t.money(value * 1e6, "USD")
    return t.number(value, 0 if sign.kind == "count" else None)


def steps(sign: Sign, t: Translator) -> str:
    """From which values on a sign is medium and high."""
    medium, high = (amount(sign, step, t) for step in sign.steps)
    if sign.fewer:
        return t("medium up to {medium}, high up to {high}", medium=medium, high=high)
    return t("medium from {medium}, high from {high}", medium=medium, high=high)


def hole(missing: Missing, sign: Sign, t: Translator) -> str:
    """Why a sign says nothing."""
    if said := data_words.no_value(missing.why, missing.period, t):
        return said
    return t("not on the board") if sign.kind == "behind" else t("none on file")
