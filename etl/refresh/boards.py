"""Rows of leaderboards: makers and models of earlier copies, and guards between two copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from etl.refresh.curated import Row
from etl.refresh.diff import FEW, same
from etl.refresh.faults import Fault
from etl.refresh.kit import Item, Kit, Scope, as_number
from etl.refresh.names import fold
from etl.refresh.received import Received

IDENTITY = ("benchmark_id", "model_name", "as_of")
COMPARED = ("score", "rank", "ci_low", "ci_high")


@dataclass(slots=True)
class Boards:
    """Boards of one upstream. ``ours`` tells its rows on file by their source."""

    kit: Kit
    ours: Callable[[str], bool]
    known: dict[str, Row] = field(default_factory=dict)
    copies: dict[str, dict[str, dict[str, Row]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        copies: dict[str, dict[str, dict[str, Row]]] = defaultdict(lambda: defaultdict(dict))
        for row in self.kit.curated.rows("benchmark_results"):
            if self.ours(row["source_id"]):
                self.known[fold(row["model_name"])] = row
                copies[row["benchmark_id"]][row["as_of"]][row["model_name"]] = row
        self.copies = copies

    def latest(self, board: str) -> tuple[str, dict[str, Row]]:
        """Date and rows of the newest copy on file."""
        copies = self.copies.get(board, {})
        return max(copies.items(), default=("", {}))

    def maker(self, name: str, vendor: str) -> tuple[str, str, str]:
        """Model, organisation and economy: as an earlier copy has them, else by exact names."""
        before = self.known.get(fold(name))
        models = self.kit.names.models.get(fold(name), set())
        found = self.kit.upstream.lookup("model", name)
        model = found.id if found else next(iter(models)) if len(models) == 1 else ""
        if before:
            return before["model_id"] or model, before["org_id"], before["economy_id"]
        org = self.kit.organization(vendor) if vendor else ""
        return model, org, self.kit.names.economy_of_org.get(org, "")

    def add(self, item: Received, edition: str, row: Row) -> None:
        """A result; the cells that are not given are empty."""
        whole = {
            "ci_low": "",
            "ci_high": "",
            "source_id": "",
            "confidence": "high",
            "note": "",
            "known_on": "",
            **row,
        }
        for column in COMPARED:
            if whole[column]:
                about = f"{column} of {whole['model_name']}"
                as_number(whole[column], item.where, about)
        about = f"{whole['benchmark_id']} {whole['model_name']} on {whole['as_of']}"
        self.kit.items.append(Item("benchmark_results", whole, about, item.role, edition))

    def speak_of(self, pairs: set[tuple[str, str]]) -> None:
        """The parse speaks of these (board, date) copies; each is held against the one before."""
        ours = self.ours

        def mine(row: Row) -> bool:
            return (row["benchmark_id"], row["as_of"]) in pairs and (
                not row["source_id"] or ours(row["source_id"])
            )

        self.kit.scopes.append(Scope("benchmark_results", IDENTITY, COMPARED, mine, mine))
        for board, date in sorted(pairs):
            self._beside_last(board, date)
            self._beyond_scale(board, date)

    def _beside_last(self, board: str, date: str) -> None:
        before, old = self.latest(board)
        new = {
            item.row["model_name"]: item.row
            for item in self.kit.items
            if item.table == "benchmark_results"
            and (item.row["benchmark_id"], item.row["as_of"]) == (board, date)
        }
        if not old or before == date or len(old) < FEW or date < before:
            return
        limits = self.kit.upstream.spec.assertions
        gone = sorted(old.keys() - new.keys())
        if len(gone) > 2 * limits.withdrawn_share * len(old):
            raise Fault(
                f"most of the {len(old)} models of {board} on {before}",
                f"{len(gone)} of them missing on {date}",
            )
        if len(new) > limits.growth * len(old):
            raise Fault(
                f"at most {limits.growth:g} times the {len(old)} rows of {board} on {before}",
                f"{len(new)}",
            )
        steps = [
            float(new[name]["score"]) / float(old[name]["score"])
            for name in old.keys() & new.keys()
            if old[name]["score"] and new[name]["score"] and float(old[name]["score"])
        ]
        if len(steps) >= FEW and not 0.8 <= median(steps) <= 1.25:
            raise Fault(
                f"scores of {board} near those of {before}",
                f"scores {median(steps):.3g} times as high in the median: another scale or unit?",
            )
        if gone:
            self.kit.notes.append(
                f"{board}: {len(gone)} models of {before} are not on the copy of {date}; "
                "their rows of that day stay"
            )

    def _beyond_scale(self, board: str, date: str) -> None:
        """A copy after the end of the declared scale is on file but not in the frontier's charts."""
        blocks = [
            row for row in self.kit.curated.rows("scale_blocks") if row["benchmark_id"] == board
        ]
        ends = max((row["ends"] for row in blocks), default="")
        if ends and date > ends:
            self.kit.notes.append(
                f"{board}: the declared scale ends on {ends}; look whether levels held, then extend it "
                "in data/technology/scale_blocks.csv"
            )

    def same_as_last(self, results: dict[str, dict[str, str]]) -> str | None:
        """Date of the newest copies on file if all of them say just this (board, name -> score)."""
        dates = set()
        for board, scores in results.items():
            date, rows = self.latest(board)
            dates.add(date)
            if rows.keys() != scores.keys():
                return None
            if any(not same(rows[name]["score"], score) for name, score in scores.items()):
                return None
        return dates.pop() if len(dates) == 1 else None
