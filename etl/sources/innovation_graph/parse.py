"""GitHub Innovation Graph: accounts, pushes, repositories, topics and collaboration by quarter."""

from __future__ import annotations

from typing import Any

from etl.refresh.faults import Fault
from etl.refresh.kit import Kit, whole_number


def parse(kit: Kit) -> None:
    pairs: set[tuple[str, str]] = set()
    for item in kit.files:
        take: dict[str, Any] = kit.upstream.spec.take[item.role]
        source, column = take["source"], take["value"]
        series: dict[str, str] = take["series"]
        pairs |= {(indicator, source) for indicator in series.values()}
        for row in kit.csv(item):
            about = f"{item.role} {row['year']}, quarter {row['quarter']}"
            if row["quarter"] not in ("1", "2", "3", "4") or not row["year"].isdigit():
                raise Fault("a year and a quarter 1 to 4", about, item.where)
            chosen = series.get(row[take["by"]] if "by" in take else "")
            if not chosen:
                kit.left_out[f"{take.get('others', 'rows')} we do not take"] += 1
                continue
            code = row[take["entity"]]
            economy = kit.economy(code)
            if not economy:
                continue
            value = row[column]
            if whole_number(value, item.where, f"{column} of {code}, {about}") < 0:
                raise Fault(f"{column} not below zero", f"{value} for {code}", item.where)
            kit.observation(
                item,
                chosen,
                source,
                economy,
                f"{row['year']}-Q{row['quarter']}",
                value,
                take["locator"].format(**row),
            )
    kit.observations_of(pairs)
