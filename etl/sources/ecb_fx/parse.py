"""ECB euro reference rates: daily rates, here as yearly means of units for one US dollar."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise
from statistics import fmean

from etl.refresh.faults import Fault, listed
from etl.refresh.kit import Item, Kit, Scope, as_number

COLUMNS = ("currency", "period")
HOLIDAYS = 12
"""Days between two rates; a longer gap is a hole in the file."""


def parse(kit: Kit) -> None:
    take = kit.upstream.spec.take
    (item,) = kit.of("history")
    rows = sorted(kit.csv(item), key=lambda row: row["Date"])
    days = [_day(row["Date"], item.where) for row in rows]
    for before, after in pairwise(days):
        if before == after:
            raise Fault(f"one row of {after}", "two", item.where)
        if (after - before).days > HOLIDAYS and after.year >= int(take["first_year"]):
            raise Fault(
                "a rate for every working day", f"none between {before} and {after}", item.where
            )
    last = days[-1]
    edition = kit.edition(item, last.isoformat())
    held = {
        (row["currency"], row["period"]): row["source_id"] for row in kit.curated.rows("fx_rates")
    }
    for currency in take["currencies"]:
        if currency not in rows[0] and currency != "EUR":
            raise Fault(f"a column {currency}", listed(list(rows[0]), 50), item.where)
        means: dict[str, list[float]] = defaultdict(list)
        for row in rows:
            year = row["Date"][:4]
            if int(year) < int(take["first_year"]):
                continue
            dollar, other = row["USD"], "1" if currency == "EUR" else row[currency]
            if "N/A" in (dollar, other) or not dollar or not other:
                continue
            about = f"{currency} on {row['Date']}"
            units, dollars = (
                as_number(other, item.where, about),
                as_number(dollar, item.where, about),
            )
            if units <= 0 or dollars <= 0:
                raise Fault("a rate above zero", f"{other} for {about}", item.where)
            means[year].append(units / dollars)
        for year, values in sorted(means.items()):
            holder = held.get((currency, year), edition)
            if not _ours(holder, kit):
                kit.left_out["years that stand here from another source"] += 1
                continue
            part = year == str(last.year) and last < date(last.year, 12, 28)
            note = f"mean of {len(values)} daily ECB cross rates (units per EUR divided by USD per EUR), computed here"
            kit.items.append(
                Item(
                    "fx_rates",
                    {
                        "currency": currency,
                        "period": year,
                        "units_per_usd": f"{fmean(values):.6f}".rstrip("0").rstrip("."),
                        "source_id": "",
                        "locator": f"daily rows {year}, columns {currency} and USD",
                        "confidence": "high",
                        "note": f"{note}; part year to {last.isoformat()}" if part else note,
                    },
                    f"{currency} {year}",
                    item.role,
                    edition,
                )
            )
    first = min(row["Date"][:4] for row in rows)
    kit.scopes.append(
        Scope(
            "fx_rates",
            COLUMNS,
            ("units_per_usd",),
            lambda row: _ours(row["source_id"], kit),
            lambda row: _ours(row["source_id"], kit) and row["period"] >= first,
        )
    )


def _ours(source_id: str, kit: Kit) -> bool:
    spec = kit.upstream.spec
    stem = (spec.snapshot_id or "").partition("{")[0]
    return not source_id or source_id in spec.source_ids or source_id.startswith(stem)


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise Fault("days written YYYY-MM-DD", repr(text[:20]), where) from fault
