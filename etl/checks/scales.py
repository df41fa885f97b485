"""Scale blocks: no overlap, a clock where there is a scale, and levels that hold still inside one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from statistics import median

from etl.context import Context
from etl.findings import Finding, error
from etl.read import Row
from observatory.model.time import parse_period
from observatory.model.vocab import Confidence, ScaleClock, ScaleKind

STILL = 0.015
"""Models in two neighbouring copies may move by this share of their level, in the median."""
SELF_REPORTED = ("vendor-reported", "self-reported")


def shape(context: Context) -> Iterator[Finding]:
    """A scale names its clock, dates and coverage, a gap none; spans of a board do not overlap."""
    spans: dict[str, list[Row]] = defaultdict(list)
    for row in context.rows("scale_blocks"):
        block = row.record
        spans[block.benchmark_id].append(row)
        if parse_period(block.ends).end < parse_period(block.starts).start:
            yield error(
                "scale-shape",
                *row.at("ends"),
                f"ends: {block.ends} is before its start {block.starts}",
            )
        for column in ("clock", "dates", "coverage"):
            filled = getattr(block, column) is not None
            if filled != (block.kind == ScaleKind.SCALE):
                said = "is empty for a scale" if not filled else "is filled for a gap"
                yield error("scale-shape", *row.at(column), f"{column}: {said}")
    for rows in spans.values():
        ordered = sorted(rows, key=lambda row: parse_period(row.record.starts).start)
        for before, after in pairwise(ordered):
            # The same start twice is a duplicate key, said once.
            if after.record.starts == before.record.starts:
                continue
            if parse_period(after.record.starts).start <= parse_period(before.record.ends).end:
                yield error(
                    "scale-shape",
                    *after.at("starts"),
                    f"starts: {after.record.starts} lies inside the span that starts "
                    f"{before.record.starts}",
                )


def stillness(context: Context) -> Iterator[Finding]:
    """A scale holds results no maker reports of itself; on a re-fitted one models stand still."""
    if not context.whole("scale_blocks", "benchmark_results"):
        return
    results: dict[str, list[Row]] = defaultdict(list)
    for row in context.rows("benchmark_results"):
        if row.record.score is not None and row.record.confidence != Confidence.LOW:
            results[row.record.benchmark_id].append(row)
    for row in context.rows("scale_blocks"):
        block = row.record
        if block.kind != ScaleKind.SCALE:
            continue
        first, last = parse_period(block.starts).start, parse_period(block.ends).end
        copies: dict[date, dict[str, float]] = defaultdict(dict)
        told = False
        for result in results[block.benchmark_id]:
            day = parse_period(result.record.as_of).end
            if first <= day <= last:
                copies[day][result.record.model_name] = result.record.score
                told = told or (result.record.note or "").startswith(SELF_REPORTED)
        if not copies:
            yield error(
                "scale-still", *row.at("starts"), "starts: the span holds no score of this board"
            )
        if told:
            yield error(
                "scale-still",
                *row.at("benchmark_id"),
                "benchmark_id: holds results that makers report themselves; they share no scale",
            )
        if block.clock != ScaleClock.BOARD:
            continue
        for before, after in pairwise(sorted(copies)):
            both = copies[before].keys() & copies[after].keys()
            if not both:
                yield error(
                    "scale-still",
                    *row.at("starts"),
                    f"starts: no model stands in the copies of both {before} and {after}",
                )
                continue
            moved = median(abs(copies[after][name] - copies[before][name]) for name in both)
            level = median(abs(copies[before][name]) for name in both)
            if moved > STILL * level:
                yield error(
                    "scale-still",
                    *row.at("starts"),
                    f"starts: {len(both)} models in the copies of {before} and {after} moved by a "
                    f"median of {moved:.1f}, more than {STILL:.1%} of their level {level:.1f}",
                )
