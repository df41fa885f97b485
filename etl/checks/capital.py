"""Deals and listings: currencies, rates, order of stages, doubles and slips of ten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from etl.checks.values import slip
from etl.context import Context
from etl.findings import Finding, error, warning
from etl.read import Row
from observatory.model.time import parse_period
from observatory.model.vocab import Confidence, IpoStage

ORDERED = (IpoStage.FILED, IpoStage.HEARING, IpoStage.PRICED, IpoStage.LISTED)
"""Only these must follow one another; rumours, plans and re-filings after a lapse never count."""
ENDS = (IpoStage.LAPSED, IpoStage.WITHDRAWN)


def money(context: Context) -> Iterator[Finding]:
    """An amount has a currency, and a currency an amount."""
    for table, column in (("deals", "amount"), ("ipo_events", "raise_amount")):
        for row in context.rows(table):
            amount = getattr(row.record, column)
            if amount is not None and not row.record.currency:
                yield error(
                    "money",
                    *row.at("currency"),
                    f"currency: is empty beside {column} {amount:g}; expected ISO 4217",
                )
            if amount is None and row.record.currency:
                yield error(
                    "money",
                    *row.at(column),
                    f"{column}: is empty beside currency {row.record.currency}",
                )


def rates(context: Context) -> Iterator[Finding]:
    """Money of a deal or listing whose currency has no rate cannot be shown in dollars."""
    held = {row.record.currency for row in context.rows("fx_rates")} | {"USD"}
    if not context.whole("fx_rates"):
        return
    for row in [*context.rows("deals"), *context.rows("ipo_events")]:
        if row.record.currency and row.record.currency not in held:
            yield warning(
                "fx",
                *row.at("currency"),
                f"currency: no exchange rate for {row.record.currency} in capital/fx_rates.csv",
                key=row.record.currency,
            )


def stage_order(context: Context) -> Iterator[Finding]:
    """Inside one attempt filed, hearing, priced and listed never run backwards in time."""
    attempts: dict[str, list[Row]] = defaultdict(list)
    for row in context.rows("ipo_events"):
        attempts[row.record.ipo_id].append(row)
    for ipo_id, rows in sorted(attempts.items()):
        ended = [parse_period(r.record.stage_date).start for r in rows if r.record.stage in ENDS]
        for early in rows:
            for late in rows:
                if early.record.stage not in ORDERED or late.record.stage not in ORDERED:
                    continue
                if ORDERED.index(early.record.stage) >= ORDERED.index(late.record.stage):
                    continue
                first, second = (
                    parse_period(early.record.stage_date),
                    parse_period(late.record.stage_date),
                )
                refiled = early.record.stage is IpoStage.FILED and any(
                    day <= first.end for day in ended
                )
                if first.start > second.end and not refiled:
                    yield error(
                        "stage-order",
                        *early.at("stage_date"),
                        f"stage_date: {early.record.stage} on {early.record.stage_date} comes after "
                        f"{late.record.stage} on {late.record.stage_date} of {ipo_id} "
                        f"({late.file}:{late.line}); expected filed, hearing, priced, listed in time order",
                    )


def near_duplicate_deals(context: Context) -> Iterator[Finding]:
    """Two deals of one organisation and kind within 45 days with amounts within 10 %."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in context.rows("deals"):
        groups[row.record.org_id, row.record.kind].append(row)
    for (org, _), rows in sorted(groups.items()):
        for index, one in enumerate(rows):
            for two in rows[index + 1 :]:
                if one.record.deal_id == two.record.deal_id or not _overlap(one, two):
                    continue
                pair = "/".join(sorted((one.record.deal_id, two.record.deal_id)))
                yield warning(
                    "near-duplicate-deal",
                    *two.at("deal_id"),
                    f"deal_id: close in time and amount to {one.record.deal_id!r} ({one.file}:{one.line}) of {org}; "
                    "expected one deal_id if it is one deal",
                    key=pair,
                )


def _overlap(one: Row, two: Row) -> bool:
    first, second = parse_period(one.record.announced), parse_period(two.record.announced)
    if abs((first.start - second.start).days) > 45 and not (
        first.start <= second.end and second.start <= first.end
    ):
        return False
    for column, same in (
        ("amount", one.record.currency == two.record.currency),
        ("amount_usd_m", True),
    ):
        left, right = getattr(one.record, column), getattr(two.record, column)
        if same and left and right and abs(left - right) <= 0.1 * max(left, right):
            return True
    return False


def deal_slips(context: Context) -> Iterator[Finding]:
    """Rows of one deal whose amounts differ by a power of ten and are not marked low."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in context.rows("deals"):
        groups[row.record.deal_id].append(row)
    for deal_id, rows in sorted(groups.items()):
        for index, one in enumerate(rows):
            for two in rows[index + 1 :]:
                for column in ("amount", "amount_usd_m"):
                    left, right = getattr(one.record, column), getattr(two.record, column)
                    same = column != "amount" or one.record.currency == two.record.currency
                    low = Confidence.LOW in (one.record.confidence, two.record.confidence)
                    if left and right and same and slip(left, right):
                        words = " (one row is low confidence)" if low else ""
                        yield warning(
                            "deal-slip",
                            *two.at(column),
                            f"{column}: {two.raw[column]} here, {one.raw[column]} at {one.file}:{one.line} of the same "
                            f"deal: a factor of {slip(left, right):,}{words}; check the unit",
                            key=deal_id,
                        )
