"""Boards with declared scales as the frontier page needs them: entries, best so far, lags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

from observatory.analysis import frontier as fr
from observatory.analysis.releases import Release, release_dates
from observatory.db import queries_benchmarks, queries_models
from observatory.db.connect import Database
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.scope import SCOPE
from observatory.model.time import parse_period
from observatory.views.labels import clean

WORLD: Final = "WLD"
RECENT: Final = 9
"""Months before the newest board: older boards come later when a default is chosen."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """One scale of one board: the only thing inside which levels are compared."""

    board: Row
    start: date
    end: date
    clock: str
    coverage: str
    whole_from: date | None
    why: str
    because: str
    entries: tuple[fr.Entry, ...]
    when: str = ""
    """Date of its newest copy or run, as the source writes it."""
    _memo: dict[tuple[str, ...], Any] = field(default_factory=dict, repr=False, compare=False)

    def _once(self, key: tuple[str, ...], make: Callable[[], Any]) -> Any:
        """A finding about this scale, reckoned once: entries never change."""
        if key not in self._memo:
            self._memo[key] = make()
        return self._memo[key]

    @property
    def higher(self) -> bool:
        return bool(self.board["higher_is_better"])

    @property
    def by_release(self) -> bool:
        return self.clock == "release"

    def of(self, economy: str) -> list[fr.Entry]:
        found: list[fr.Entry] = self._once(
            ("of", economy), lambda: [e for e in self.entries if e.economy == economy]
        )
        return found

    def against(self, economy: str, other: str) -> list[fr.Entry]:
        """The other side: all but the economy itself for the world, else one economy."""
        if other == WORLD:
            return [e for e in self.entries if e.economy != economy]
        return self.of(other)

    def economies(self) -> list[str]:
        """Economies with an entry, alphabetically."""
        return sorted({e.economy for e in self.entries if e.economy})

    @property
    def days(self) -> list[date]:
        """Dates of its copies; of a fixed test none."""
        if self.by_release:
            return []
        found: list[date] = self._once(("days",), lambda: sorted(fr.copies(self.entries)))
        return found

    def steps(self, economy: str) -> list[fr.Step]:
        """Best so far (by release) or best of each copy of an economy, or of all (`WLD`)."""
        rows = self.entries if economy == WORLD else self.of(economy)
        if self.by_release:
            return fr.running_best(rows, self.higher)
        return fr.best_by_copy(rows, self.higher)

    def lag(self, economy: str, other: str) -> fr.Lag:
        """The lag now: of the economy's best on a fixed test, on the last copy of a board."""
        found: fr.Lag = self._once(("lag", economy, other), lambda: self._lag(economy, other))
        return found

    def _lag(self, economy: str, other: str) -> fr.Lag:
        mine, theirs = self.of(economy), self.against(economy, other)
        if not self.by_release:
            return fr.lag_by_copy(mine, theirs, self.higher)
        lag = fr.lag_by_release(mine, theirs, self.higher)
        if self.coverage == "best" and lag.kind in ("exact", "at_least", "undated", "first"):
            return fr.Lag("best_only", mine=lag.mine, dated=lag.dated, entries=lag.entries)
        return lag

    def lags(self, economy: str, other: str) -> list[fr.Lag]:
        """The lag at each new best, or at each copy."""
        mine, theirs = self.of(economy), self.against(economy, other)
        if not self.by_release:
            return fr.lags_by_copy(mine, theirs, self.higher)
        if self.coverage == "best":
            return []
        return fr.lags_by_release(mine, theirs, self.higher)

    def now(self, economy: str) -> fr.Entry | None:
        """Best entry now: of all on a fixed test, of the last copy of a board."""
        found: fr.Entry | None = self._once(("now", economy), lambda: self._now(economy))
        return found

    def _now(self, economy: str) -> fr.Entry | None:
        rows = self.of(economy) if economy != WORLD else list(self.entries)
        if not self.by_release and self.days:
            rows = [e for e in rows if e.end == self.days[-1]]
        return fr.best(rows, self.higher)


@dataclass(frozen=True, slots=True)
class Gap:
    """A span without a scale, with its reason."""

    board: Row
    start: date
    end: date
    why: str
    because: str


@dataclass(frozen=True, slots=True)
class Board:
    """A series of scales that share a chart. `row` is its newest benchmark."""

    id: str
    row: Row
    blocks: tuple[Block, ...]
    gaps: tuple[Gap, ...]

    @property
    def last(self) -> Block:
        return self.blocks[-1]

    @property
    def higher(self) -> bool:
        return bool(self.row["higher_is_better"])

    @property
    def day(self) -> date:
        """The newest day that is on file."""
        return self.last.end

    @property
    def when(self) -> str:
        """That day as the source writes it: a month stays a month."""
        return self.last.when


@dataclass
class Frontier:
    """Every board with a scale, as known by a day."""

    boards: dict[str, Board]
    rows: dict[str, Row] = field(repr=False, default_factory=dict)
    releases: dict[str, Release] = field(repr=False, default_factory=dict)
    _orders: dict[tuple[str, str], list[Board]] = field(repr=False, default_factory=dict)

    @cached_property
    def newest(self) -> date | None:
        return max((board.day for board in self.boards.values()), default=None)

    def find(self, board: str | None) -> Board | None:
        """A board by its id or that of one of its older parts."""
        if not board:
            return None
        if board in self.boards:
            return self.boards[board]
        return next(
            (
                one
                for one in self.boards.values()
                if any(block.board["benchmark_id"] == board for block in one.blocks)
            ),
            None,
        )

    def default(self, economy: str, other: str = WORLD) -> Board | None:
        """The board shown for an economy if none is chosen; see `order`."""
        ranked = self.order(economy, other)
        return ranked[0] if ranked else self.widest

    @cached_property
    def widest(self) -> Board | None:
        """The board with most of the thirteen economies, then most entries."""
        return max(
            self.boards.values(),
            key=lambda b: (len(set(b.last.economies()) & set(SCOPE)), len(b.last.entries), b.id),
            default=None,
        )

    def order(self, economy: str, other: str = WORLD) -> list[Board]:
        """Boards that hold the economy now, the best to read first.

        First those where the lag can be said, then recent ones, whole tables before the best few,
        then those with most models of the economy, measured lags before bounds, newest, boards of
        several languages or English before local ones.
        """

        def key(board: Board) -> tuple[Any, ...]:
            block = board.last
            lag = block.lag(economy, other)
            months = fr.months(board.day, self.newest or board.day)
            return (
                not lag.says,
                months > RECENT,
                block.coverage != "whole",
                -lag.entries,
                lag.kind != "exact",
                -board.day.toordinal(),
                clean(board.row["language_scope"]) not in ("multi", "en"),
                board.id,
            )

        if (economy, other) not in self._orders:
            held = [b for b in self.boards.values() if b.last.now(economy) is not None]
            self._orders[economy, other] = sorted(held, key=key)
        return self._orders[economy, other]


def _entries(
    rows: Sequence[Row], releases: Mapping[str, Release], *, by_release: bool
) -> tuple[fr.Entry, ...]:
    found: list[fr.Entry] = []
    for row in rows:
        start: date | None = None
        end: date | None = None
        if not by_release:
            start = end = row["period_end"].date()
        elif (release := releases.get(str(row["row_id"]))) is not None:
            period = parse_period(release.period)
            start, end = period.start, period.end
        low, high = row["ci_low"], row["ci_high"]
        found.append(
            fr.Entry(
                clean(row["economy_id"]),
                float(row["score"]),
                start,
                end,
                str(row["model_name"]),
                str(row["row_id"]),
                float(low) if low == low else None,
                float(high) if high == high else None,
            )
        )
    return tuple(found)


def load(db: Database, as_of: date | None) -> Frontier:
    """All boards with a scale whose scores were known by a day. Unchecked scores stay out."""
    scales = records(queries_benchmarks.scale_blocks(db))
    results = queries_benchmarks.board_results(db, as_of)
    releases = release_dates(
        results, queries_models.model_directory(db, as_of), queries_models.model_other_names(db)
    )
    usable = results[
        results["score"].notna() & ~results["status"].astype(str).isin(["unchecked", "disputed"])
    ]
    by_board: dict[str, list[Row]] = defaultdict(list)
    scaled = {str(scale["benchmark_id"]) for scale in scales}
    for row in records(usable[usable["benchmark_id"].isin(scaled)]):
        by_board[row["benchmark_id"]].append(row)
    index = {row["benchmark_id"]: row for row in records(queries_benchmarks.board_index(db, as_of))}
    blocks: dict[str, list[Block]] = defaultdict(list)
    gaps: dict[str, list[Gap]] = defaultdict(list)
    kept: dict[str, Row] = {}
    for scale in scales:
        board = index[scale["benchmark_id"]]
        series = clean(scale["series"]) or str(scale["benchmark_id"])
        start, end = parse_period(scale["starts"]).start, parse_period(scale["ends"]).end
        why, because = str(scale["why"]), str(scale["because"])
        if scale["kind"] == "gap":
            gaps[series].append(Gap(board, start, end, why, because))
            continue
        by_release = scale["clock"] == "release"
        rows = [
            row
            for row in by_board[scale["benchmark_id"]]
            if start <= row["period_end"].date() <= end
        ]
        if by_release and scale["dates"] == "copies" and rows:
            # Each copy of a fixed test holds the ones before it.
            newest = max(row["period_end"] for row in rows)
            rows = [row for row in rows if row["period_end"] == newest]
        if not rows:
            continue
        whole = clean(scale["whole_from"])
        last = max(row["period_end"] for row in rows).date()
        first = min(row["period_end"] for row in rows).date()
        kept.update({str(row["row_id"]): row for row in rows})
        blocks[series].append(
            Block(
                board,
                first,
                last,
                str(scale["clock"]),
                str(scale["coverage"]),
                parse_period(whole).start if whole else None,
                why,
                because,
                _entries(rows, releases, by_release=by_release),
                str(max(rows, key=lambda row: row["period_end"])["as_of"]),
            )
        )
    boards: dict[str, Board] = {}
    for series in sorted(blocks):
        ordered = tuple(sorted(blocks[series], key=lambda block: block.start))
        holes = tuple(sorted(gaps[series], key=lambda gap: gap.start))
        if any(set(block.economies()) & set(SCOPE) for block in ordered):
            boards[series] = Board(series, ordered[-1].board, ordered, holes)
    return Frontier(boards, kept, releases)


def score_text(row: Row, value: float, t: Translator) -> str:
    """A score or gap as the board writes it; `row` is the benchmark's."""
    unit = clean(row["unit"])
    if unit == "fraction":
        return t.number(value, 3)
    if unit == "percent":
        return t.number(value, 1)
    if abs(value) >= 200 or clean(row["metric"]).startswith("Elo"):
        return t.number(value, 0)
    return t.number(value, 2 if unit == "points 0-10" else 1)
