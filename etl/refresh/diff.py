"""What would change: rows of upstream beside rows on file, and the guards against a broken file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from statistics import median

from etl.derive.status import unit_of_last_digit
from etl.refresh.curated import Row
from etl.refresh.faults import Fault
from etl.refresh.kit import Item, Kit, Scope
from observatory.model.time import known_on as known_of

LINKS = ("org_id", "economy_id", "model_id", "site_org_id", "owner_org_id")
"""Columns that we fill, not upstream: filling an empty one revises nothing."""
FEW = 8
"""Under so many rows on file shares of them say nothing."""
OWN_TIME = ("observations", "benchmark_results")
"""Tables whose key holds the day a row was known: a revised value is a further row."""
APPENDED = (*OWN_TIME, "model_sources")
"""Tables in which a revision is a further row and the older one stays where it is."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row that would be added. ``old`` is the row on file it revises; ``cells`` what differs."""

    kind: str
    """new, revised or filled (an empty link is now known)."""
    item: Item
    old: Row | None = None
    cells: tuple[tuple[str, str, str], ...] = ()


@dataclass(slots=True)
class Plan:
    """All that one upstream would change."""

    kit: Kit
    changes: list[Change] = field(default_factory=list)
    withdrawn: list[tuple[str, Row]] = field(default_factory=list)
    held: list[tuple[Change, str]] = field(default_factory=list)
    """Changes that cannot be taken today, with the reason."""
    unchanged: int = 0

    def of(self, kind: str) -> list[Change]:
        return [change for change in self.changes if change.kind == kind]


def same(old: str, new: str) -> bool:
    """Whether two cells say the same: 12 and 12.0 do, and 4.1235 what is on file as 4.123 or 4.124."""
    if old == new:
        return True
    try:
        before, after = float(old), float(new)
    except ValueError:
        return False
    top = max(abs(before), abs(after))
    if abs(before - after) <= 1e-9 * top:
        return True
    # Fewer digits of the same number are no revision; a step of a half per mille and more always is.
    unit = unit_of_last_digit(old)
    fewer = unit_of_last_digit(new) < unit
    return fewer and abs(before - after) <= 0.5001 * unit and abs(before - after) <= 5e-4 * top


def _known(row: Row, sources: dict[str, Row]) -> str:
    """Day a row on file was known, as text that sorts."""
    if row.get("known_on"):
        return row["known_on"]
    source = sources.get(row["source_id"])
    return known_of(source["published"] or None, source["read_on"]).isoformat() if source else ""


def _distinct(items: Iterable[Item], scope: Scope) -> dict[tuple[str, ...], Item]:
    found: dict[tuple[str, ...], Item] = {}
    for item in items:
        key = tuple(item.row[column] for column in scope.identity)
        other = found.setdefault(key, item)
        if other is not item:
            for column in scope.compared:
                if not same(other.row[column], item.row[column]):
                    raise Fault(
                        f"one {column} of {item.about}",
                        f"two: {other.row[column] or 'none'} and {item.row[column] or 'none'}",
                        item.role,
                    )
    return found


def plan(kit: Kit) -> Plan:
    """Compare a parse with what is on file. Raises Fault where the file cannot be right."""
    out = Plan(kit)
    sources = {row["source_id"]: row for row in kit.curated.rows("sources")}
    taken: set[int] = set()
    for scope in kit.scopes:
        items = _distinct((item for item in kit.items if item.table == scope.table), scope)
        mine: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in kit.curated.rows(scope.table):
            if scope.mine(row):
                mine[tuple(row[column] for column in scope.identity)].append(row)
        scoped = {
            key: item
            for key, item in items.items()
            if id(item) not in taken and scope.mine(item.row)
        }
        taken.update(id(item) for item in scoped.values())
        pairs: list[tuple[Row, Item]] = []
        for key, item in scoped.items():
            rows = mine.get(key)
            if not rows:
                out.changes.append(Change("new", item))
                continue
            old = max(rows, key=lambda row: _known(row, sources))
            pairs.append((old, item))
            _compare(out, scope, old, item, sources)
        gone = [
            max(rows, key=lambda row: _known(row, sources))
            for key, rows in mine.items()
            if key not in scoped and any(scope.whole(row) for row in rows)
        ]
        # A row learned after the date of this copy cannot have been withdrawn from it.
        day = _copy_day(kit)
        gone = [row for row in gone if _known(row, sources) <= day]
        expected = len(pairs) + len(gone)
        _guard(kit, scope, pairs, gone, expected, len(scoped))
        out.withdrawn += [(scope.table, row) for row in gone]
    _anchors(kit)
    return out


def _compare(out: Plan, scope: Scope, old: Row, item: Item, sources: dict[str, Row]) -> None:
    cells: list[tuple[str, str, str]] = []
    filled: list[tuple[str, str, str]] = []
    for column in scope.compared:
        new = item.row.get(column, "")
        # What upstream does not say revises nothing: the cell may come from elsewhere.
        if new and not same(old[column], new):
            cells.append((column, old[column], new))
    for column in LINKS:
        if (
            column in item.row
            and column not in scope.compared
            and item.row[column]
            and not old.get(column)
        ):
            filled.append((column, "", item.row[column]))
    if not cells and not filled:
        out.unchanged += 1
        return
    if not cells:
        row = {**old, **{column: new for column, _, new in filled}}
        out.changes.append(Change("filled", replace(item, row=row), old, tuple(filled)))
        return
    row = {**old, **{column: value for column, value in item.row.items() if value}}
    if scope.table in OWN_TIME:
        # The same source said it, on a later day.
        row["source_id"] = old["source_id"]
        row["note"] = item.row.get("note", "")
    change = Change("revised", replace(item, row=row), old, tuple(cells))
    known, day = _known(old, sources), _day(out.kit, item)
    if known >= day:
        reason = f"what is on file was known on {known}, this file's word is of {day}"
        out.held.append((change, reason))
    else:
        out.changes.append(change)


def _day(kit: Kit, item: Item) -> str:
    """Day from which a revised row counts: the reading, or the date of a copy that is dated."""
    copy = kit.editions.get(item.edition)
    if item.table in OWN_TIME or copy is None:
        return kit.read_on.isoformat()
    return known_of(copy.published, kit.read_on.isoformat()).isoformat()


def _copy_day(kit: Kit) -> str:
    """Newest day that one of the files states for itself, else the day of the reading."""
    today = kit.read_on.isoformat()
    stated = [copy.published for copy in (*kit.editions.values(), *kit.files) if copy.published]
    return max((known_of(text, today).isoformat() for text in stated), default=today)


def _guard(
    kit: Kit,
    scope: Scope,
    pairs: list[tuple[Row, Item]],
    gone: list[Row],
    expected: int,
    count: int,
) -> None:
    limits = kit.upstream.spec.assertions
    table = scope.table.replace("_", " ")
    if expected >= FEW and len(gone) > limits.withdrawn_share * expected:
        raise Fault(
            f"at least {1 - limits.withdrawn_share:.0%} of the {expected:,} rows of {table} on file",
            f"{len(pairs):,}: {len(gone):,} are missing",
        )
    if len(pairs) >= FEW:
        for column in scope.compared:
            both = [
                (float(old[column]), float(item.row[column]))
                for old, item in pairs
                if _numeric(old[column]) and _numeric(item.row.get(column, ""))
            ]
            moved = [(old, new) for old, new in both if not same(repr(old), repr(new))]
            far = [
                (old, new) for old, new in moved if abs(new - old) > 0.05 * max(abs(old), abs(new))
            ]
            if len(both) >= FEW and len(far) > limits.revised_share * len(both):
                factors = [new / old for old, new in far if old]
                middle = f"; the median factor is {median(factors):.4g}" if factors else ""
                raise Fault(
                    f"most values of {table} as on file",
                    f"{len(far):,} of {len(both):,} that differ by more than 5 %{middle}: "
                    "another unit, definition or base?",
                )
    if (
        expected >= FEW
        and count > limits.growth * expected
        and scope.table not in kit.upstream.spec.take.get("may_grow", [])
    ):
        raise Fault(
            f"at most {limits.growth:g} times the {expected:,} rows of {table} on file",
            f"{count:,}",
        )


def _numeric(text: str) -> bool:
    try:
        return float(text) != 0
    except ValueError:
        return False


def _anchors(kit: Kit) -> None:
    """Values that are long known read as they did."""
    for anchor in kit.upstream.spec.assertions.anchors:
        for item in kit.items:
            if item.table == anchor.table and all(
                item.row.get(column) == value for column, value in anchor.where.items()
            ):
                text = item.row.get(anchor.column, "")
                got = float(text) if _numeric(text) else 0.0
                if abs(got - anchor.value) > anchor.within * abs(anchor.value):
                    raise Fault(
                        f"about {anchor.value:g} as {anchor.column} of {item.about}, as long known",
                        text or "nothing",
                        item.role,
                    )
