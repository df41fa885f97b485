"""CSV: exact numbers, sources on every line, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.export.csv import RECEIPT_COLUMNS, guarded, to_csv


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1+cmd", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"]
)
def test_text_that_would_run_is_marked_for_spreadsheets_only(start: str) -> None:
    assert guarded(start).startswith("'")
    assert read(to_csv(["a"], [{"a": start}]))[1][0] == start


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (-1.5, "-1.5"), (5000364880, "5000364880"), (0.1 + 0.2, "0.30000000000000004"),
        (2377.0, "2377"), (Decimal("1E+3"), "1000"), (None, ""), (float("nan"), ""),
        (dt.date(2026, 5, 1), "2026-05-01"), (True, "true"),
    ],
)  # fmt: skip
def test_numbers_stay_numbers_and_exact(value: object, shown: str) -> None:
    assert guarded(value) == shown


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
                min_size=1, max_size=4))  # fmt: skip
def test_no_cell_of_the_spreadsheet_form_starts_a_formula(cells: list[str]) -> None:
    columns = [f"c{i}" for i in range(len(cells))]
    rows = read(to_csv(columns, [dict(zip(columns, cells, strict=True))], spreadsheet=True))
    for cell in rows[1]:
        assert not cell.startswith(("=", "+", "-", "@"))


def test_every_line_carries_its_source() -> None:
    line_in = {"row_id": "o1", "value": 37.1, "unit": "%", "period": "2026-Q1",
               "source_id": "s", "source_url": "https://example.org", "licence": "CC BY 4.0"}  # fmt: skip
    header, line = read(to_csv(RECEIPT_COLUMNS, [line_in]))
    assert header == list(RECEIPT_COLUMNS)
    found = dict(zip(header, line, strict=True))
    assert found["source_url"] == "https://example.org"
    assert found["value"] == "37.1"
    assert found["licence"] == "CC BY 4.0"
