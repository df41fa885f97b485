"""TOP500 spreadsheets: the systems of one list, and what each economy has on it."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict

from etl.refresh.faults import Fault
from etl.refresh.kit import Item, Kit, Scope, as_number, short, whole_number
from etl.refresh.received import Received
from etl.refresh.tabular import Row

SERIES = (
    "top500_systems",
    "top500_best_rank",
    "top500_rmax_pflops",
    "top500_rmax_share",
    "top500_accelerated_systems",
)
SYSTEMS_FROM = "2025-11"
"""First list of which all systems are on file; of earlier ones some are, and the sums."""
FILE = re.compile(r"(20\d\d)[-_. ]?(06|11)(?!\d)")
LOW = "; Chinese sites submit few systems since about 2020, so low"


def parse(kit: Kit) -> None:
    seen: set[str] = set()
    for item in kit.of("list"):
        found = FILE.search(item.name) or FILE.search(item.path)
        if not found:
            raise Fault("the list's date in the file's name, as in TOP500_202611.xlsx", item.name)
        period = f"{found[1]}-{found[2]}"
        if period in seen:
            raise Fault(f"one file of the list of {period}", "two", item.where)
        seen.add(period)
        _one(kit, item, period)


def _one(kit: Kit, item: Received, period: str) -> None:
    rows = kit.xlsx(item)
    ranks = [whole_number(row["Rank"], item.where, f"line {row['_line']}") for row in rows]
    if sorted(ranks) != list(range(1, 501)):
        raise Fault(
            "ranks 1 to 500, each once",
            f"{len(ranks)} from {min(ranks)} to {max(ranks)}",
            item.where,
        )
    ordered = sorted(rows, key=lambda row: int(row["Rank"]))
    speeds = [
        as_number(row["Rmax [TFlop/s]"], item.where, f"rank {row['Rank']}") for row in ordered
    ]
    if any(after > before * 1.0001 for before, after in itertools.pairwise(speeds)):
        raise Fault(
            "Rmax that falls from rank to rank", "a faster system below a slower one", item.where
        )
    held = {
        row["source_id"]
        for row in kit.curated.rows("observations")
        if row["indicator_id"] in SERIES and row["period"] == period
    }
    # A list that is on file keeps its source; a new one is named by its date.
    edition = kit.edition(item, period)
    source = next(iter(held), "") if len(held) == 1 else ""
    by_economy: dict[str, list[Row]] = defaultdict(list)
    names: dict[str, str] = {}
    for row in ordered:
        economy = kit.economy(row["Country"])
        if economy:
            by_economy[economy].append(row)
            names[economy] = row["Country"]
    _sums(kit, item, period, sum(speeds) / 1000, by_economy, names, source, edition)
    if period >= SYSTEMS_FROM:
        _systems(kit, item, period, by_economy, edition)


def _sums(
    kit: Kit,
    item: Received,
    period: str,
    whole: float,
    by_economy: dict[str, list[Row]],
    names: dict[str, str],
    source: str,
    edition: str,
) -> None:
    edition = "" if source else edition
    for economy in sorted(kit.names.covered):
        rows = by_economy.get(economy, [])
        if not rows:
            kit.observation(
                item, "top500_systems", source, economy, period, "0", "no row with this Country",
                hint="derived", note="computed: no system on this list", edition=edition,
            )  # fmt: skip
            continue
        total = sum(float(row["Rmax [TFlop/s]"]) for row in rows) / 1000
        fast = sum(1 for row in rows if _accelerator(row))
        place = f"rows with Country = {names[economy]}"
        note = "computed from the list file" + (LOW if economy == "CHN" else "")
        values = {
            "top500_systems": (str(len(rows)), place),
            "top500_best_rank": (rows[0]["Rank"], place),
            "top500_rmax_pflops": (short(total, 4), f"{place}, sum of Rmax"),
            "top500_rmax_share": (
                short(100 * total / whole, 3),
                f"{place}, sum of Rmax / list sum {whole:.1f} PFLOP/s",
            ),
            "top500_accelerated_systems": (str(fast), f"{place}, Accelerator/Co-Processor filled"),
        }
        for indicator, (value, locator) in values.items():
            kit.observation(
                item, indicator, source, economy, period, value, locator,
                hint="derived", note=note, edition=edition,
            )  # fmt: skip
    spec = kit.upstream.spec

    def mine(row: Row) -> bool:
        ours = not row["source_id"] or row["source_id"] in spec.source_ids
        return (
            row["indicator_id"] in SERIES
            and row["period"] == period
            and (ours or row["source_id"].startswith("top500-"))
        )

    kit.scopes.append(
        Scope("observations", ("indicator_id", "entity_id", "period"), ("value",), mine, mine)
    )


def _accelerator(row: Row) -> str:
    text = row["Accelerator/Co-Processor"].strip()
    return "" if text == "None" else text


def _systems(
    kit: Kit, item: Received, period: str, by_economy: dict[str, list[Row]], edition: str
) -> None:
    """Systems of the thirteen, and the first of the comparators."""
    lead = next(
        int(limit)
        for until, limit in kit.upstream.spec.take["first_ranks"].items()
        if period <= until
    )
    groups = {row["economy_id"]: row["group"] for row in kit.curated.rows("economies")}
    for economy, rows in by_economy.items():
        for row in rows:
            if groups[economy] == "comparator" and int(row["Rank"]) > lead:
                kit.left_out["systems of comparators further down the list"] += 1
                continue
            name = row["Name"] or row["Computer"].partition(",")[0]
            site = row["Site"]
            found = kit.upstream.lookup("organization", site)
            kit.items.append(
                Item(
                    "supercomputers",
                    {
                        "list_date": period,
                        "rank": row["Rank"],
                        "system": name,
                        "site": site,
                        "site_org_id": found.id if found else kit.names.organization(site),
                        "economy_id": economy,
                        "vendor": row["Manufacturer"],
                        "rmax_pflops": short(float(row["Rmax [TFlop/s]"]) / 1000, 6),
                        "accelerator": _accelerator(row),
                        "source_id": "",
                        "locator": f"rank {row['Rank']}",
                        "confidence": "high",
                        "note": ""
                        if row["Name"]
                        else "system has no name on the list; vendor model string used",
                    },
                    f"rank {row['Rank']} of {period}",
                    item.role,
                    edition,
                )
            )
    kit.scopes.append(
        Scope(
            "supercomputers",
            ("list_date", "rank"),
            ("system", "site", "economy_id", "vendor", "rmax_pflops", "accelerator"),
            lambda row: row["list_date"] == period,
            lambda row: row["list_date"] == period,
        )
    )
