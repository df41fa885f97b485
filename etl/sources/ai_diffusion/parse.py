"""Microsoft AI diffusion: one column a half-year or quarter, one row an economy by its name."""

from __future__ import annotations

import re

from etl.refresh.faults import Fault
from etl.refresh.kit import Kit, as_number
from etl.refresh.tabular import LINE

COLUMN = re.compile(
    r"(?:(?P<part>[HQ][1-4])\s*(?P<year>20\d\d)|(?P<y2>20\d\d)\s*(?P<p2>[HQ][1-4])) AI Diffusion"
)


def parse(kit: Kit) -> None:
    take = kit.upstream.spec.take
    (item,) = kit.of("diffusion")
    rows = kit.csv(item)
    columns: dict[str, str] = {}
    for column in rows[0]:
        if column in (LINE, "Economy"):
            continue
        found = COLUMN.fullmatch(column)
        if not found:
            raise Fault("columns like 'H1 2025 AI Diffusion'", f"{column!r}", item.where)
        columns[column] = f"{found['year'] or found['y2']}-{found['part'] or found['p2']}"
    if not columns:
        raise Fault("columns like 'H1 2025 AI Diffusion'", "none", item.where)
    for row in rows:
        economy = kit.economy(row["Economy"])
        if not economy:
            continue
        for column, period in columns.items():
            text = row[column].strip()
            if not text:
                continue
            if not text.endswith("%"):
                raise Fault(
                    "shares written like 37.5%", f"{text!r} for {row['Economy']}", item.where
                )
            number = as_number(text[:-1], item.where, f"{row['Economy']}, {column}")
            kit.observation(
                item,
                take["indicator"],
                take["source"],
                economy,
                period,
                f"{number:g}",
                f"row {row['Economy']}, column {column}",
                hint="estimate",
            )
    kit.observations_of({(take["indicator"], take["source"])})
