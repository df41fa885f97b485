"""Words for how data come and what they lack, the same on every page."""

from __future__ import annotations

from observatory.i18n import Translator


def rhythm(frequency: str, t: Translator) -> str:
    """How often a measure is published."""
    match frequency:
        case "annual":
            return t("every year")
        case "biennial":
            return t("every two years")
        case "half-yearly":
            return t("twice a year")
        case "quarterly":
            return t("every quarter")
        case "snapshot":
            return t("counted on certain days")
        case "one-off":
            return t("once")
        case _:
            return t("at irregular times")


def date_width(precision: str, t: Translator) -> str:
    """How wide a date is, where it is no day: nothing is made more exact than its source."""
    match precision:
        case "day":
            return ""
        case "month":
            return t("month only")
        case "quarter":
            return t("quarter only")
        case "half":
            return t("half-year only")
        case "fiscal_year":
            return t("fiscal year only")
        case "year":
            return t("year only")
        case _:
            return t("a span of dates")


def no_value(why: str, period: str, t: Translator) -> str:
    """Why a value on file is not used, in a few words; empty for reasons that the page has to say.

    ``period``: the period of the value there is, for those that are of another time.
    """
    match why:
        case "disputed":
            return t("sources differ")
        case "unchecked":
            return t("unchecked only")
        case "forecast":
            return t("forecast only")
        case "part_year":
            return t("part of the year only")
        case "earlier" | "other_period" | "old":
            return t("latest: {period}", period=t.period(period) if period else "")
        case _:
            return ""
