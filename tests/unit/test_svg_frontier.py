"""The frontier drawing keeps its own words apart."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from observatory.charts.palette import palette
from observatory.charts.room import STAGE
from observatory.charts.svg.frontier import Bridge, FrontierSpec, frontier
from observatory.charts.svg.scales import Band, Hole
from observatory.charts.text import text_width
from observatory.i18n import translator

T = translator("en")
WORDS = re.compile(r'<text[^>]*\bx="([\d.-]+)"[^>]*\by="([\d.-]+)"[^>]*>([^<]+)</text>')
HOLE = "No copy of the board is on file"
LINES = ("Some Model 4 Large stands where", "Another Model 5 stood at least 11 months before")


def boxes(drawn: str, text: set[str], middle: bool) -> list[tuple[float, float, float, float]]:
    """Left, right, top and bottom of printed lines."""
    found = []
    for x, y, line in WORDS.findall(drawn):
        if line in text:
            wide = text_width(line, 12, 400 if middle else 600)
            left = float(x) - (wide / 2 if middle else 0)
            found.append((left, left + wide, float(y) - 10, float(y) + 3))
    return found


@pytest.mark.parametrize("level", [1200, 1260, 1320, 1380, 1440])
@pytest.mark.parametrize("stage", [False, True])
def test_the_words_of_the_lag_never_cover_those_of_a_gap(level: float, *, stage: bool) -> None:
    days = [
        ("2024-01-15", 1190.0),
        ("2024-06-15", 1250.0),
        ("2026-02-15", 1400.0),
        ("2026-10-15", 1450.0),
    ]
    frame = pd.DataFrame(
        [
            {"entity_id": code, "period": day, "value": value - 40 * i, "label": code, "row_id": f"b{code}{day}"}
            for i, code in enumerate(("USA", "KOR", "JPN"))
            for day, value in days
        ]
    )  # fmt: skip
    spec = FrontierSpec(
        bands=(Band(date(2024, 1, 1), date(2024, 8, 1), "Scale A", "A"),
               Band(date(2025, 12, 1), date(2026, 11, 1), "Scale B", "B")),
        holes=(Hole(date(2024, 8, 1), date(2025, 12, 1), HOLE),),
        subjects=("KOR",),
        bridge=Bridge(date(2025, 12, 1), date(2026, 10, 15), level, LINES, bound=True),
    )  # fmt: skip
    if stage:
        spec = replace(spec, width=STAGE.width, height=STAGE.height)
    drawn = frontier(frame, spec, palette("light"), T)
    parts = [line for line in re.findall(r">([^<]+)</text>", drawn) if line in HOLE]
    assert parts
    gap, lag = boxes(drawn, set(parts), middle=True), boxes(drawn, set(LINES), middle=False)
    assert len(lag) == 2
    for a in gap:
        for b in lag:
            assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2], (a, b)


def test_a_long_name_is_cut_before_its_value() -> None:
    frame = pd.DataFrame(
        [
            {"entity_id": "USA", "period": day, "value": value, "label": "A very long name of a land", "row_id": day}
            for day, value in (("2024-01-15", 1190.0), ("2026-01-15", 1508.0))
        ]
    )  # fmt: skip
    bands = (Band(date(2024, 1, 1), date(2026, 2, 1)),)
    spec = FrontierSpec(bands=bands, subjects=("USA",), width=358)
    drawn = frontier(frame, spec, palette("light"), T)
    assert re.search(r">A very[^<]*… 1,508<", drawn)
