"""Boards with their rankings as the leaderboard page needs them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

from observatory.analysis import leaderboard as lb
from observatory.analysis.lineage import runs_board
from observatory.db import queries_benchmarks
from observatory.db.connect import Database
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views.labels import clean

Row = Mapping[str, Any]
DEFAULT: Final = "arena-text"
WORTH: Final = 3
"""Rows from which on a ranking is shown before others of its board."""


@dataclass
class Boards:
    """Every board with a score on file, as known by a day."""

    index: Mapping[str, Row]
    rows: Mapping[str, Sequence[Row]] = field(repr=False)
    runs: frozenset[str]
    best_only: frozenset[str]
    scaled: dict[str, str]
    _rankings: dict[str, list[lb.Ranking]] = field(default_factory=dict, repr=False)

    def rankings(self, board: str) -> list[lb.Ranking]:
        """Rankings of a board, newest first; empty for an unknown one."""
        if board not in self._rankings:
            row = self.index.get(board)
            self._rankings[board] = (
                lb.rankings(
                    self.rows[board], bool(row["higher_is_better"]), runs=board in self.runs
                )
                if row is not None
                else []
            )
        return self._rankings[board]

    def ranking(self, board: str, key: str | None) -> lb.Ranking | None:
        """The ranking with a key, else the newest with some rows, else the newest."""
        found = self.rankings(board)
        named = next((one for one in found if one.key == key), None) if key else None
        if named is not None:
            return named
        return next((one for one in found if len(one.rows) >= WORTH), found[0] if found else None)

    @cached_property
    def ids(self) -> list[str]:
        """Boards by language, then name: the order of the choice box."""
        languages = {name: i for i, name in enumerate(lb.LANGUAGES)}

        def key(board: str) -> tuple[int, str, str]:
            row = self.index[board]
            language = languages.get(lb.language_of(row["language_scope"]), len(languages))
            return language, clean(row["modality"]), clean(row["name"])

        return sorted(self.index, key=key)

    @property
    def default(self) -> str:
        if DEFAULT in self.index:
            return DEFAULT
        return max(self.index, key=lambda b: (len(self.rows[b]), b), default="")

    def self_run(self, row: Row) -> bool:
        """Whether the maker of a row's model runs the board it stands on."""
        board = self.index[str(row["benchmark_id"])]
        return runs_board(clean(row["org_id"]), clean(board["origin"]))


def load(db: Database, as_of: date | None) -> Boards:
    """All boards with a score known by a day."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in records(queries_benchmarks.board_results(db, as_of)):
        rows[str(row["benchmark_id"])].append(row)
    scales = records(queries_benchmarks.scale_blocks(db))
    index = {
        str(row["benchmark_id"]): row
        for row in records(queries_benchmarks.board_index(db, as_of))
        if str(row["benchmark_id"]) in rows
    }
    return Boards(
        index,
        dict(rows),
        frozenset(str(s["benchmark_id"]) for s in scales if s["dates"] == "runs"),
        frozenset(str(s["benchmark_id"]) for s in scales if s["coverage"] == "best"),
        {
            str(s["benchmark_id"]): clean(s["series"]) or str(s["benchmark_id"])
            for s in scales
            if s["kind"] == "scale"
        },
    )


def language_name(language: str, t: Translator) -> str:
    """The language a board asks in."""
    match language:
        case "multi":
            return t("Many languages")
        case "en":
            return t("English")
        case "zh-Hans":
            return t("Chinese")
        case "zh-Hant":
            return t("Chinese, traditional script")
        case "yue":
            return t("Cantonese")
        case "ja":
            return t("Japanese")
        case "ko":
            return t("Korean")
        case "vi":
            return t("Vietnamese")
        case "th":
            return t("Thai")
        case "id":
            return t("Indonesian")
        case "ms":
            return t("Malay")
        case "fil":
            return t("Filipino")
        case "my":
            return t("Burmese")
        case "sea":
            return t("South-East Asian languages together")
        case "indic":
            return t("Indic languages")
        case _:
            return t("Language not stated")
