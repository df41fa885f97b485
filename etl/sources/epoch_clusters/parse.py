"""Epoch AI GPU clusters: one row a cluster, and what runs in each economy at the end of a year."""

from __future__ import annotations

from collections import Counter, defaultdict

from etl.refresh.curated import Row
from etl.refresh.faults import Fault, brief
from etl.refresh.kit import Item, Kit, Scope, as_number, short, whole_number
from etl.refresh.names import fold, slug
from etl.refresh.received import Received
from etl.refresh.tabular import LINE
from observatory.model.time import PeriodError, parse_period

STATUS = {"Existing": "operational", "Planned": "planned", "Decommissioned": "decommissioned"}
SURE = {"Confirmed": "high", "Likely": "medium", "Unlikely": "low"}
HIDDEN = "anonymized chinese system"
LARGE = 1000.0
"""Systems without a name are many; those of this many H100 equivalents and more are taken."""
FIRST_YEAR = 2018
COMPARED = ("chip", "chip_count", "power_mw", "h100_equivalents", "status", "date")
SERIES = (
    "epoch_ai_clusters_count",
    "epoch_h100e_operational",
    "epoch_cluster_power_mw",
    "epoch_largest_cluster_h100e",
)
PLANNED = "epoch_h100e_planned"


def parse(kit: Kit) -> None:
    (item,) = kit.of("clusters")
    rows = kit.csv(item)
    for row in rows:
        _check(row, item)
    edition = kit.edition(item)
    _clusters(kit, item, rows, edition)
    _series(kit, item, rows)


def _check(row: Row, item: Received) -> None:
    about = f"{brief(row['Name'])} (line {row[LINE]})"
    if row["Status"] and row["Status"] not in STATUS:
        raise Fault(
            f"a status of {', '.join(STATUS)}", f"{row['Status']!r} for {about}", item.where
        )
    for column in ("H100 equivalents", "Power Capacity (MW)"):
        if row[column] and as_number(row[column], item.where, f"{column} of {about}") < 0:
            raise Fault(f"{column} not below zero", f"{row[column]} for {about}", item.where)
    for column in ("First Operational Date", "Decommissioned Date (if applicable)"):
        try:
            if row[column]:
                parse_period(row[column])
        except PeriodError as fault:
            raise Fault(
                "days written YYYY-MM-DD", f"{row[column]!r} for {about}", item.where
            ) from fault


def _number(text: str, digits: int) -> str:
    return short(float(text), digits) if text and float(text) > 0 else ""


def _clusters(kit: Kit, item: Received, rows: list[Row], edition: str) -> None:
    spec = kit.upstream.spec

    def ours(source: str) -> bool:
        return source in spec.source_ids or source.startswith(f"{spec.snapshot_id}-")

    on_file = [row for row in kit.curated.rows("clusters") if ours(row["source_id"])]
    by_name = {fold(row["name"]): row for row in on_file}
    hidden: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in on_file:
        if row["cluster_id"].startswith("epoch-anon-"):
            hidden[_marks(row)].append(row)
    taken = {row["cluster_id"] for row in kit.curated.rows("clusters")}
    comparators = {
        row["economy_id"] for row in kit.curated.rows("economies") if row["group"] == "comparator"
    }
    seen: set[str] = set()
    for row in rows:
        economy = kit.economy(row["Country"]) if row["Country"] else None
        if not economy:
            continue
        if economy in comparators:
            kit.left_out["clusters of comparators, which count in the series only"] += 1
            continue
        cells = {
            "economy_id": economy,
            "chip": row["Chip type (primary)"].strip(),
            "chip_count": _number(
                row["Chip quantity (primary)"] or row.get("Total number of AI chips", ""), 0
            ),
            "power_mw": _number(row["Power Capacity (MW)"], 3),
            "h100_equivalents": _number(row["H100 equivalents"], 1),
            "status": STATUS.get(row["Status"], "planned"),
            "date": row["First Operational Date"],
        }
        if cells["chip_count"]:
            whole_number(cells["chip_count"], item.where, f"chips of {brief(row['Name'])}")
        name = " ".join(row["Name"].split())
        note = []
        if fold(name) == HIDDEN:
            if not row["H100 equivalents"] or float(row["H100 equivalents"]) < LARGE:
                kit.left_out["small systems without a name"] += 1
                continue
            found = hidden.get(_marks(cells), [])
            before = found.pop(0) if found else None
            key = before["cluster_id"] if before else _free(economy, row[LINE], taken)
            name = before["name"] if before else f"Anonymised system (data set line {row[LINE]})"
            note.append("Epoch withholds the identity of Chinese systems and rounds the figures")
        else:
            if fold(name) in seen:
                raise Fault("each named cluster once", f"{brief(name)!r} twice", item.where)
            seen.add(fold(name))
            held = by_name.get(fold(name))
            key = held["cluster_id"] if held else f"epoch-{slug(name)}"
            if not held and key in taken:
                kit.report("model", name, f"held back: its id {key} is another cluster's")
                continue
        taken.add(key)
        if row["Superseded by"]:
            note.append(f"later phase: {row['Superseded by'].strip()}")
        if cells["power_mw"] and not row["Reported Power Capacity (MW)"]:
            note.append("power is an Epoch estimate, not reported")
        owner = row["Owner"].partition(",")[0].strip()
        kit.items.append(
            Item(
                "clusters",
                {
                    "cluster_id": key,
                    "name": name,
                    "owner_org_id": kit.organization(owner)
                    if owner and fold(row["Name"]) != HIDDEN
                    else "",
                    **cells,
                    "source_id": "",
                    "locator": f"line {row[LINE]}",
                    "confidence": SURE.get(row["Certainty"], "low"),
                    "note": "; ".join(note),
                },
                f"{name} ({key})",
                item.role,
                edition,
            )
        )
    kit.scopes.append(
        Scope(
            "clusters",
            ("cluster_id",),
            COMPARED,
            lambda row: not row["source_id"] or ours(row["source_id"]),
            lambda row: ours(row["source_id"]),
        )
    )


def _marks(row: Row) -> tuple[str, ...]:
    """What tells systems without a name apart: everything that is printed of them."""
    return tuple(row[column] for column in ("economy_id", *COMPARED))


def _free(economy: str, line: str, taken: set[str]) -> str:
    stem = f"epoch-anon-{economy.lower()}-{int(line):03}"
    found = stem
    for letter in "bcdefghijk":
        if found not in taken:
            break
        found = f"{stem}{letter}"
    return found


def _series(kit: Kit, item: Received, rows: list[Row]) -> None:
    """Sums at the end of each year: no doubles, nothing decommissioned or replaced by a later phase."""
    source = kit.upstream.spec.take["source"]
    sure = [
        row
        for row in rows
        if row["Certainty"] in ("Confirmed", "Likely") and not row["Possible Duplicate"]
    ]
    started = {row["Name"].strip(): row["First Operational Date"] for row in rows}
    home = {row[LINE]: kit.names.economy(row["Country"])[1] for row in sure}
    last = max(
        (
            row["First Operational Date"][:4]
            for row in sure
            if row["First Operational Date"] and row["Status"] != "Planned"
        ),
        default="",
    )
    if not last:
        raise Fault("clusters with a first day", "none", item.where)
    for year in range(FIRST_YEAR, int(last) + 1):
        end = f"{year}-12-31"
        running: dict[str, list[Row]] = defaultdict(list)
        for row in sure:
            economy = home[row[LINE]]
            if economy and _runs(row, end, started):
                running[economy].append(row)
        for economy, found in sorted(running.items()):
            powers = [
                float(row["Power Capacity (MW)"]) for row in found if row["Power Capacity (MW)"]
            ]
            speeds = [float(row["H100 equivalents"]) for row in found if row["H100 equivalents"]]
            values = {"epoch_ai_clusters_count": str(len(found))}
            if speeds:
                values["epoch_h100e_operational"] = short(sum(speeds), 1)
                values["epoch_largest_cluster_h100e"] = short(max(speeds), 1)
            if powers:
                values["epoch_cluster_power_mw"] = short(sum(powers), 2)
            for indicator, value in values.items():
                kit.observation(
                    item, indicator, source, economy, str(year), value,
                    f"rows with this Country, first operational by {end}",
                    confidence="medium",
                    hint="estimate" if indicator == "epoch_cluster_power_mw" else "derived",
                    note="computed from the file",
                )  # fmt: skip
    planned: dict[str, list[float]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for row in sure:
        economy = home[row[LINE]]
        if economy and row["Status"] == "Planned":
            counts[economy] += 1
            if row["H100 equivalents"]:
                planned[economy].append(float(row["H100 equivalents"]))
    for economy, speeds in sorted(planned.items()):
        kit.observation(
            item, PLANNED, source, economy, last, short(sum(speeds), 1),
            f"rows with this Country and Status Planned ({counts[economy]} rows)",
            confidence="low", hint="forecast", note="computed; overlapping phases not removed",
        )  # fmt: skip
    kit.observations_of({(indicator, source) for indicator in (*SERIES, PLANNED)})


def _runs(row: Row, end: str, started: dict[str, str]) -> bool:
    first, over = row["First Operational Date"], row["Decommissioned Date (if applicable)"]
    if row["Status"] == "Planned" or not first or first > end or (over and over <= end):
        return False
    later = [
        started.get(name.strip(), "") for name in row["Superseded by"].split(",") if name.strip()
    ]
    return not any(day and day <= end for day in later)
