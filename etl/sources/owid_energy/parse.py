"""Our World in Data, energy data set: one row a country and year, one column a measure."""

from __future__ import annotations

from etl.refresh.kit import Kit


def parse(kit: Kit) -> None:
    take = kit.upstream.spec.take
    source, first = take["source"], int(take["first_year"])
    (item,) = kit.of("energy")
    for row in kit.csv(item):
        if not row["iso_code"]:
            kit.left_out["groups of economies"] += 1
            continue
        if not row["year"].isdigit() or int(row["year"]) < first:
            continue
        economy = kit.economy(row["iso_code"])
        if not economy:
            continue
        for column, indicator in take["series"].items():
            if row[column]:
                kit.observation(
                    item,
                    indicator,
                    source,
                    economy,
                    row["year"],
                    row[column],
                    f"{row['country']}, {row['year']}, {column}",
                )
    kit.observations_of({(indicator, source) for indicator in take["series"].values()})
