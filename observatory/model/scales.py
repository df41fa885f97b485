"""Record of the spans of a board inside which levels may be compared."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from observatory.model import vocab as v
from observatory.model.fields import Day, Id, PeriodText, Record, Ref, Text


class ScaleBlockRow(Record):
    """A span of a board inside which levels may be compared, or a gap where they may not."""

    benchmark_id: Annotated[Id, Ref("benchmarks")] = Field(description="Benchmark")
    starts: PeriodText = Field(description="Date of its first copy of the board or run")
    ends: PeriodText = Field(description="Date of its last copy of the board or run")
    kind: v.ScaleKind = Field(description="One scale, or a gap between scales")
    clock: v.ScaleClock | None = Field(
        default=None, description="What time means: a model's release or the board's date"
    )
    dates: v.ScaleDates | None = Field(
        default=None, description="Whether a date is that of a whole copy or of one run"
    )
    coverage: v.ScaleCoverage | None = Field(
        default=None, description="All entries of an economy on file, or only its best few"
    )
    whole_from: Day | None = Field(
        default=None, description="Copies before this day hold only the top of the board"
    )
    why: v.ScaleWhy = Field(description="Why the scale starts here, or why there is a gap")
    series: Id | None = Field(
        default=None, description="Boards of one series share a chart, each on its own scale"
    )
    because: Text = Field(description="The reason in words, from the rows of the board")
