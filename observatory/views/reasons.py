"""Why a value has its status, and why it is the one shown: codes of the build in words."""

from __future__ import annotations

from observatory.i18n import Translator


def status_reason(code: str, t: Translator) -> str:
    """The reason behind a status word."""
    match code:
        case "official":
            return t("published by the body in charge: statistics, government or exchange")
        case "filing":
            return t("stands in a filing")
        case "origins_agree":
            return t("two or more independent sources agree within 2 %")
        case "origins_differ":
            return t("independent sources differ by more than 2 %")
        case "relays_differ":
            return t("pages that repeat the same maker print different values")
        case "one_source":
            return t("one named source")
        case "counted":
            return t("counted from a named data set")
        case "own_statement":
            return t("said by the organisation itself")
        case "modelled":
            return t("modelled, not counted; the method is the publisher's")
        case "forecast":
            return t("a forecast, plan or target, not a measured value")
        case "low_confidence":
            return t("every source is weak or contested; kept out of scores and findings")
        case "do_not_chart":
            return t("contradicted by better evidence; kept only to be shown beside it")
        case "newer_edition":
            return t("the publisher has revised it in a later edition")
        case "newer_reading":
            return t("the same source was read again later and says otherwise")
        case _:
            return ""


def headline_rule(code: str, t: Translator) -> str:
    """Why this row is the one shown among several."""
    match code:
        case "only_source":
            return t("It is the only source on file.")
        case "official":
            return t("An official figure or filing goes before all other sources.")
        case "tier_confidence_latest":
            return t(
                "Sources agree; the one shown has the better kind of source, then the higher confidence, "
                "then the later date."
            )
        case "disputed":
            return t("Left out of scores and findings until a further source settles it.")
        case "unchecked":
            return t("No source is strong enough to be shown as the value.")
        case "reader":
            return t(
                "You chose this source yourself; the rule of the site chose otherwise or none."
            )
        case _:
            return ""


def dollars(basis: str, rate: float | None, year: str, currency: str, t: Translator) -> str:
    """How an amount in US dollars came about."""
    match basis:
        case "source":
            return t("the source's own figure in US dollars")
        case "rate" if rate:
            return t("converted at {year}'s average rate of {rate} {currency} for one US dollar",
                     year=year, rate=t.sig(rate, 5), currency=currency)  # fmt: skip
        case "rate_part_year" if rate:
            return t("converted at the average rate of {year} so far, {rate} {currency} for one US dollar",
                     year=year, rate=t.sig(rate, 5), currency=currency)  # fmt: skip
        case "no_rate":
            return t(
                "no exchange rate on file for {currency} in {year}", currency=currency, year=year
            )
        case _:
            return ""
