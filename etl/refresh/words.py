"""A plan in words, for a person who decides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from etl.refresh.curated import Row
from etl.refresh.diff import Change, Plan
from etl.refresh.faults import brief, listed

SHOWN = 20
"""Lines of one kind that are printed; --all prints every one."""


def about(table: str, row: Row) -> str:
    """What a row speaks of, in a few words."""
    match table:
        case "observations":
            return f"{row['indicator_id']} {row['entity_id']} {row['period']}"
        case "benchmark_results":
            return f"{row['benchmark_id']} {row['model_name']} on {row['as_of']}"
        case "models" | "model_sources":
            return f"{row['name']} ({row['model_id']})"
        case "clusters":
            return f"{row['name']} ({row['cluster_id']})"
        case "supercomputers":
            return f"rank {row['rank']} of {row['list_date']} ({row['system']})"
        case "fx_rates":
            return f"{row['currency']} {row['period']}"
    return " ".join(list(row.values())[:3])


def cell(value: str) -> str:
    return brief(value, 60) if value else "empty"


def step(old: str, new: str) -> str:
    """Old and new value, with the change in per cent where both are numbers."""
    text = f"{cell(old)} -> {cell(new)}"
    try:
        before, after = float(old), float(new)
    except ValueError:
        return text
    return f"{text} ({(after - before) / abs(before):+.1%})" if before else text


def _cut(lines: list[str], every: bool, what: str) -> list[str]:
    if every or len(lines) <= SHOWN:
        return lines
    return [*lines[:SHOWN], f"    … and {len(lines) - SHOWN:,} more {what}; --all prints them"]


def _new(changes: Iterable[Change], every: bool) -> list[str]:
    """New rows: one line a series, board or date; every row with ``every``."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for change in changes:
        row, table = change.item.row, change.item.table
        name = {
            "observations": row.get("indicator_id", ""),
            "benchmark_results": f"{row.get('benchmark_id', '')} on {row.get('as_of', '')}",
            "supercomputers": f"list of {row.get('list_date', '')}",
        }.get(table, "")
        groups[table, name].append(row)
    lines: list[str] = []
    for (table, name), rows in sorted(groups.items()):
        words = table.replace("_", " ")
        if table == "observations":
            periods = sorted({row["period"] for row in rows})
            span = periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}"
            entities = sorted({row["entity_id"] for row in rows})
            lines.append(f"    {name}: {len(rows):,} values, {span}, {listed(entities, 20)}")
            if every:
                lines += [
                    f"      {row['entity_id']} {row['period']}: {row['value']} {row['unit']}"
                    for row in rows
                ]
        elif name and not every:
            lines.append(f"    {words}, {name}: {len(rows):,} rows")
        else:
            lines.append(f"    {words}{f', {name}' if name else ''}: {len(rows):,} rows")
            lines += _cut(
                [f"      {about(table, row)}{_facts(table, row)}" for row in rows], every, words
            )
    return lines


def _facts(table: str, row: Row) -> str:
    wanted = {
        "models": ("org_id", "economy_id", "released", "params_b"),
        "model_sources": ("released", "params_b"),
        "clusters": ("economy_id", "status", "date", "h100_equivalents"),
        "benchmark_results": ("score",),
        "supercomputers": ("economy_id", "rmax_pflops"),
        "fx_rates": ("units_per_usd",),
    }.get(table, ())
    said = [f"{column} {row[column]}" for column in wanted if row.get(column)]
    return f": {', '.join(said)}" if said else ""


def _revised(changes: Iterable[Change]) -> list[str]:
    return [
        f"    {about(change.item.table, change.old or change.item.row)}: "
        + "; ".join(
            f"{'' if column in ('value', 'score') else f'{column} '}{step(old, new)}"
            for column, old, new in change.cells
        )
        for change in changes
    ]


def describe(plan: Plan, every: bool = False) -> list[str]:
    """The whole plan of one upstream in words; the first line names it."""
    kit, spec = plan.kit, plan.kit.upstream.spec
    lines = [f"{spec.title} ({kit.upstream.name})"]
    for item in kit.files:
        rows = f", {kit.counted[item.name]:,} records" if item.name in kit.counted else ""
        stated = f", dated {item.published}" if item.published else ""
        same = ", not modified since it was last read" if item.unchanged else ""
        lines.append(
            f"  read      {item.name}: {len(item.blob):,} bytes{rows}{stated}, "
            f"sha256 {item.sha256[:12]}{same}"
        )
    new, revised, filled = plan.of("new"), plan.of("revised"), plan.of("filled")
    if new:
        lines += [f"  new       {len(new):,} rows", *_cut(_new(new, every), every, "groups")]
    if revised:
        lines += [
            f"  revised   {len(revised):,} rows; what is on file stays with its time",
            *_cut(_revised(revised), every, "revisions"),
        ]
    if filled:
        lines += [
            f"  resolved  {len(filled):,} rows get a link that was empty",
            *_cut(_revised(filled), every, "links"),
        ]
    if plan.withdrawn:
        gone = [f"    {about(table, row)}" for table, row in plan.withdrawn]
        lines += [
            f"  withdrawn {len(gone):,} rows that upstream no longer has; they stay on file",
            *_cut(gone, every, "rows"),
        ]
    if plan.held:
        lines.append(f"  held      {len(plan.held):,} revisions")
        held = [
            f"{line.rstrip()} ({why})" for (change, why) in plan.held for line in _revised([change])
        ]
        lines += _cut(held, every, "revisions")
    lines += _unknown(plan, every)
    left = Counter(kit.left_out)
    if left:
        said = ", ".join(f"{count:,} {reason}" for reason, count in left.most_common())
        lines.append(f"  left out  {said}")
    lines += [f"  note      {note}" for note in kit.notes]
    lines.append(f"  unchanged {plan.unchanged:,} rows")
    return lines


def _unknown(plan: Plan, every: bool) -> list[str]:
    kit = plan.kit
    if not kit.unknown:
        return []
    lines: list[str] = []
    for key, item in sorted(kit.unknown.items()):
        near = "; ".join(f"{hit.id} ({hit.score} of 100)" for hit in item.near)
        lines.append(
            f"    {item.kind} {brief(item.raw, 60)!r}, {kit.times[key]} rows: "
            f"{f'like {near}' if near else 'nothing like it on file'}; {item.consequence}"
        )
    cure = f"resolve them in etl/sources/{kit.upstream.name}/lookups.csv"
    head = f"  unknown   {len(lines):,} names; {cure}"
    return [head, *_cut(lines, every, "names")]


def counts(plan: Plan) -> dict[str, int]:
    return {
        "new": len(plan.of("new")),
        "revised": len(plan.of("revised")),
        "resolved": len(plan.of("filled")),
        "withdrawn": len(plan.withdrawn),
        "held": len(plan.held),
        "unknown": len(plan.kit.unknown),
        "unchanged": plan.unchanged,
    }


def in_short(plan: Plan) -> str:
    """One line: what would change."""
    said = [f"{count:,} {word}" for word, count in counts(plan).items() if count]
    return ", ".join(said) or "nothing"
