"""What a parser works with: files, curated rows, resolved names, and where its findings go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from etl.refresh import tabular
from etl.refresh.curated import Curated, Row
from etl.refresh.faults import Fault
from etl.refresh.names import Names, Suggestion
from etl.refresh.received import Received
from etl.refresh.spec import FileSpec, Upstream


@dataclass(frozen=True, slots=True)
class Item:
    """A row as upstream says it. ``about`` tells a person what it is; ``place`` where it stood."""

    table: str
    row: Row
    about: str
    role: str
    edition: str = ""
    """Which of several files of the role; names the source row of this reading."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which curated rows a parse speaks of."""

    table: str
    identity: tuple[str, ...]
    compared: tuple[str, ...]
    mine: Callable[[Row], bool]
    """Rows that a row of this upstream is the same as, if the identity is."""
    whole: Callable[[Row], bool]
    """Those of them that would stand in these files if upstream still said them."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name nobody resolved yet; what is near is proposed, never taken."""

    kind: str
    raw: str
    near: tuple[Suggestion, ...]
    consequence: str


@dataclass(slots=True)
class Kit:
    """One parse of one upstream."""

    upstream: Upstream
    files: Sequence[Received]
    curated: Curated
    names: Names
    read_on: date
    items: list[Item] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)
    unknown: dict[tuple[str, str], Unknown] = field(default_factory=dict)
    times: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)
    editions: dict[str, Received] = field(default_factory=dict)

    def of(self, role: str) -> list[Received]:
        return [item for item in self.files if item.role == role]

    def has(self, role: str) -> bool:
        return any(item.role == role for item in self.files)

    def spec(self, role: str) -> FileSpec:
        return self.upstream.spec.files[role]

    def csv(self, item: Received) -> list[tabular.Row]:
        """Rows of a CSV file, counted for the report."""
        rows = tabular.csv_rows(item, self.spec(item.role))
        self.counted[item.name] = len(rows)
        return rows

    def xlsx(self, item: Received) -> list[tabular.Row]:
        rows = tabular.xlsx_rows(item, self.spec(item.role))
        self.counted[item.name] = len(rows)
        return rows

    def count(self, item: Received, rows: int) -> None:
        """Say how many records a JSON, YAML or text file holds; checks the bounds of its role."""
        tabular.check_rows(rows, self.spec(item.role), item.where)
        self.counted[item.name] = rows

    def observation(
        self,
        item: Received,
        indicator: str,
        source_id: str,
        entity: str,
        period: str,
        value: str,
        locator: str,
        confidence: str = "high",
        hint: str = "reported",
        note: str = "",
        edition: str = "",
    ) -> None:
        """A value of an indicator; its unit is the indicator's."""
        block = self.curated.indicators.get(indicator)
        if block is None:
            raise Fault(f"an indicator {indicator!r} in data/indicators", "none", item.where)
        row = {
            "indicator_id": indicator,
            "entity_id": entity,
            "period": period,
            "span": "",
            "value": value,
            "unit": block["unit"],
            "source_id": source_id,
            "locator": locator,
            "confidence": confidence,
            "status_hint": hint,
            "note": note,
            "known_on": "",
        }
        low, high = self.upstream.spec.assertions.ranges.get(indicator, (None, None))
        number = as_number(value, item.where, f"{indicator} {entity} {period}")
        if low is not None and high is not None and not low <= number <= high:
            raise Fault(
                f"{indicator} between {low:g} and {high:g}",
                f"{value} for {entity} {period}",
                item.where,
            )
        self.items.append(
            Item("observations", row, f"{indicator} {entity} {period}", item.role, edition)
        )

    def observations_of(
        self, pairs: set[tuple[str, str]], whole: Callable[[Row], bool] = lambda row: True
    ) -> None:
        """The parse speaks of all values of these (indicator, source) pairs for covered economies."""
        covered = self.names.covered

        def mine(row: Row) -> bool:
            return (row["indicator_id"], row["source_id"]) in pairs

        self.scopes.append(
            Scope(
                "observations",
                ("indicator_id", "entity_id", "period", "span", "source_id"),
                ("value",),
                mine,
                lambda row: mine(row) and row["entity_id"] in covered and whole(row),
            )
        )

    def economy(self, raw: str, consequence: str = "the row is left out") -> str | None:
        """Covered economy of a code or name; None for others, unknown names are reported."""
        found = self.upstream.lookup("economy", raw)
        if found:
            if not found.id:
                self.left_out["left out by a lookup"] += 1
                return None
            return found.id
        known, economy = self.names.economy(raw)
        if economy:
            return economy
        if known:
            self.left_out["economies the observatory does not cover"] += 1
        else:
            self.report("economy", raw, consequence)
        return None

    def organization(self, raw: str, consequence: str = "") -> str:
        """Organisation of a name, or empty; unknown names are reported, never guessed."""
        if not raw.strip():
            return ""
        found = self.upstream.lookup("organization", raw)
        if found:
            return found.id
        org = self.names.organization(raw)
        if not org:
            self.report(
                "organization", raw, consequence or "its rows are taken without a link to a maker"
            )
        return org

    def report(self, kind: str, raw: str, consequence: str) -> None:
        key = (kind, raw)
        self.times[key] += 1
        if key not in self.unknown:
            self.unknown[key] = Unknown(kind, raw, self.names.near(kind, raw), consequence)

    def edition(self, item: Received, published: str | None = None, of: str = "") -> str:
        """Name of the source row that the reading of this file makes; ``of`` tells files apart."""
        stated = published or item.published
        stem = (self.upstream.spec.snapshot_id or self.upstream.name.replace("_", "-")).format(
            role=item.role.replace("_", "-"), of=of
        )
        key = f"{stem}-{stated or self.read_on.isoformat()}".lower()
        self.editions[key] = replace(item, published=stated)
        return key


def as_number(text: str, where: str, about: str) -> float:
    """A number as text, or a Fault that names the value."""
    try:
        number = float(text)
    except ValueError as fault:
        raise Fault("a number", f"{text[:60]!r} for {about}", where) from fault
    if number != number or number in (float("inf"), float("-inf")):
        raise Fault("a finite number", f"{text!r} for {about}", where)
    return number


def whole_number(text: str, where: str, about: str) -> int:
    """A whole number as text, or a Fault."""
    number = as_number(text, where, about)
    if not number.is_integer():
        raise Fault("a whole number", f"{text[:60]!r} for {about}", where)
    return int(number)


def short(value: float, digits: int) -> str:
    """A computed number with at most ``digits`` decimals and no trailing zeros."""
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
