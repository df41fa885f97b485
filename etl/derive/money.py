"""US dollars beside original amounts: the source's own figure, else the year's average rate."""

from __future__ import annotations

from dataclasses import dataclass

from observatory.model.time import parse_period

PART_YEAR = "2026"


@dataclass(frozen=True, slots=True)
class Dollars:
    """Amount in US dollars, how it came about, and the rate used."""

    usd: float | None
    basis: str
    """source, rate, rate_part_year, no_amount, no_rate or same_currency."""
    rate: float | None = None
    rate_period: str | None = None


def to_usd(
    amount: float | None,
    currency: str | None,
    stated_usd_m: float | None,
    period: str,
    rates: dict[tuple[str, str], float],
) -> Dollars:
    """Dollars of an amount announced in ``period``. Nothing is spread over years.

    A range of dates uses the year it starts in; a fiscal year n uses year n.
    """
    if stated_usd_m is not None:
        return Dollars(stated_usd_m * 1e6, "source")
    if amount is None or currency is None:
        return Dollars(None, "no_amount")
    if currency == "USD":
        return Dollars(amount, "same_currency")
    year = str(parse_period(period).start.year)
    rate = rates.get((currency, year))
    if rate is None:
        return Dollars(None, "no_rate", None, year)
    return Dollars(amount / rate, "rate_part_year" if year == PART_YEAR else "rate", rate, year)
