"""Our World in Data charts: entity, code, year and one column a line of the chart."""

from __future__ import annotations

from typing import Any

from etl.refresh.faults import Fault, listed
from etl.refresh.kit import Kit
from etl.refresh.received import Received
from etl.refresh.tabular import LINE, Row


def parse(kit: Kit) -> None:
    pairs: set[tuple[str, str]] = set()
    for item in kit.files:
        take: dict[str, Any] = kit.upstream.spec.take[item.role]
        source = take["source"]
        rows = kit.csv(item)
        names = {name: _column(item, rows, name, ways) for name, ways in PLACES.items()}
        for indicator, ways in take["series"].items():
            # The title of a chart's column holds its unit: another title is another measure.
            column = _column(item, rows, indicator, ways)
            pairs.add((indicator, source))
            _values(kit, item, take, rows, names, indicator, column)
    kit.observations_of(pairs)


PLACES = {
    "entity": ["Entity", "entity", "Country", "country"],
    "code": ["Code", "code", "iso_code"],
    "year": ["Year", "year"],
}


def _column(item: Received, rows: list[Row], what: str, ways: list[str]) -> str:
    header = [name for name in rows[0] if name != LINE] if rows else []
    found = [name for name in ways if name in header]
    if not found:
        raise Fault(
            f"a column {' or '.join(repr(way) for way in ways)} for {what}",
            listed(header, 12),
            item.where,
        )
    return found[0]


def _values(
    kit: Kit,
    item: Received,
    take: dict[str, Any],
    rows: list[Row],
    names: dict[str, str],
    indicator: str,
    column: str,
) -> None:
    only = take.get("only")
    for row in rows:
        code, year, value = row[names["code"]], row[names["year"]], row[column]
        if not code:
            kit.left_out["groups of economies"] += 1
            continue
        if not value or not year.isdigit() or int(year) < int(take["first_year"]):
            continue
        economy = kit.economy(code)
        if not economy or (only and economy not in only):
            continue
        kit.observation(
            item,
            indicator,
            take["source"],
            economy,
            take.get("period", "{year}").format(year=year),
            value,
            take["locator"].format(entity=row[names["entity"]], code=economy, year=year),
            confidence=take.get("confidence", "high"),
            hint=take.get("hint", "reported"),
            note=take.get("note", ""),
        )
