"""US dollars beside original amounts."""

from __future__ import annotations

import pytest
from tiny import Tiny

from etl.build import build
from etl.derive.money import Dollars, to_usd
from etl.store import Store
from observatory.db.connect import Databases

RATES = {("CNY", "2024"): 7.2, ("CNY", "2025"): 7.1, ("CNY", "2026"): 7.0, ("JPY", "2025"): 150.0}


@pytest.mark.parametrize(
    ("amount", "currency", "stated", "period", "expected"),
    [
        (720.0, "CNY", None, "2024-05-10", Dollars(100.0, "rate", 7.2, "2024")),
        (710.0, "CNY", None, "2025-Q3", Dollars(100.0, "rate", 7.1, "2025")),
        (710.0, "CNY", None, "FY2025", Dollars(100.0, "rate", 7.1, "2025")),
        (710.0, "CNY", None, "2025/2027", Dollars(100.0, "rate", 7.1, "2025")),
        (700.0, "CNY", None, "2026-02", Dollars(100.0, "rate_part_year", 7.0, "2026")),
        (720.0, "CNY", 0.00011, "2024", Dollars(110.0, "source")),
        (None, None, 5.0, "2024", Dollars(5e6, "source")),
        (None, None, 0.0, "2024", Dollars(0.0, "source")),
        (50.0, "USD", None, "1999", Dollars(50.0, "same_currency")),
        (720.0, "CNY", None, "2019", Dollars(None, "no_rate", None, "2019")),
        (720.0, "EUR", None, "2024", Dollars(None, "no_rate", None, "2024")),
        (None, None, None, "2024", Dollars(None, "no_amount")),
        (0.0, "CNY", None, "2024", Dollars(0.0, "rate", 7.2, "2024")),
    ],
)
def test_dollars(
    amount: float | None, currency: str | None, stated: float | None, period: str, expected: Dollars
) -> None:
    found = to_usd(amount, currency, stated, period, RATES)
    assert (found.basis, found.rate, found.rate_period) == (
        expected.basis,
        expected.rate,
        expected.rate_period,
    )
    assert found.usd == (None if expected.usd is None else pytest.approx(expected.usd))


def test_dollars_use_the_rate_known_on_the_day(tiny: Tiny) -> None:
    """A rate that was read again counts from then on; before it the earlier reading holds."""
    tiny.write(
        "capital/earlier_fx_rates.csv",
        "currency,period,units_per_usd,source_id,locator,confidence,note,replaced_on\n"
        "CNY,2024,8.0,office,table 4,high,,2025-12-31\n",
    )
    tiny.replace("capital/deals.csv", "72000000,CNY,10.2", "72000000,CNY,")
    build(tiny.data, Store(tiny.var), "all")
    db = Databases(tiny.var).get()
    for view in ("deals", "events"):
        found = db._connection.execute(
            "SELECT round(usd), min(valid_from)::VARCHAR, max(coalesce(valid_to, DATE '9999-12-31'))::VARCHAR "  # noqa: S608
            f"FROM serve.{view} WHERE row_id IN (SELECT row_id FROM core.deals WHERE deal_id = 'one-2024-a') "
            "GROUP BY ALL ORDER BY 2"
        ).fetchall()
        assert [(usd, last) for usd, _, last in found] == [
            (9e6, "2025-12-31"),
            (10e6, "9999-12-31"),
        ], view
        assert found[1][1] == "2025-12-31", view
