"""Files of tables: exact numbers, typed columns, provenance inside, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from decimal import Decimal
from urllib.parse import parse_qs, unquote, urlsplit

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from observatory.cards.markup import safe_url
from observatory.export import holdback, report
from observatory.export.csv import starts_formula, table_csv
from observatory.export.json import to_json
from observatory.export.parquet import to_parquet
from observatory.export.table import Field, Held, HeldSource, Provenance, cell, sources_in
from observatory.export.xlsx import to_xlsx
from observatory.i18n import translator

T = translator("en")
DAY = dt.date(2026, 11, 22)
FIELDS = [
    Field("name"),
    Field("value", "number"),
    Field("n", "integer"),
    Field("day", "date"),
    Field("flag", "flag"),
]
FRAME = pd.DataFrame(
    {
        "name": ["=1+1", "Zhipu 智谱", None],
        "value": [0.1 + 0.2, -5.0, float("nan")],
        "n": pd.array([5_000_364_880, None, 0], dtype="Int64"),
        "day": [dt.date(2026, 5, 1), pd.NaT, dt.date(1899, 1, 1)],
        "flag": [True, False, None],
    }
)
ABOUT = Provenance(
    title="Example", address="https://example.org/explorer?table=deals", filters=(("table", "deals"), ("q", "=cmd")),
    build_id="abc", as_of=dt.date(2026, 3, 1), made_on=DAY, data_date=DAY, cite="Cite me",
    bibtex="@misc{x}", ris="TY  - DATA",
    held=Held(3, (HeldSource("s1", "Press", "Title", "", "not stated", "quotable", 3),), "because"),
    sources=({"source_id": "s2", "publisher": "=Office", "rows": 2},),
)  # fmt: skip
# Text that spreadsheet programs run, with what may stand before it.
HOSTILE = st.builds(
    lambda before, sign, rest: before + sign + rest,
    st.sampled_from(["", " ", "\u00a0", "\u3000", "\t", "\r", "\n", "\u200b", "\ufeff", "  \t"]),
    st.sampled_from(["=", "+", "-", "@", "\t=", "\r@", "＝", "＋", "－", "＠"]),
    st.sampled_from(["cmd|'/C calc'!A0", 'HYPERLINK("http://x")', "1+1", "SUM(A1)", ""]),
)
TEXTS = HOSTILE | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def lines_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def book_of(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@given(TEXTS)
@example("nan")
@example("'=1")
def test_csv_holds_no_formula_and_loses_no_text(text: str) -> None:
    frame = pd.DataFrame({"a": [text]})
    head, line = lines_of(table_csv(frame, [Field("a")], ABOUT))
    assert not starts_formula(line[0])
    assert line[0].removeprefix("'") == text.removeprefix("'")
    assert head[1:] == [
        "file_link",
        "file_build",
        "file_as_known_on",
        "file_made_on",
        "file_rows_held_back",
    ]
    assert line[1:] == [ABOUT.address, "abc", "2026-03-01", "2026-11-22", "3"]


@settings(max_examples=40)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_a_workbook_holds_text_as_text(texts: list[str]) -> None:
    data = to_xlsx(pd.DataFrame({"a": texts}), [Field("a")], ABOUT)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert all(b"<f>" not in parts.read(name) for name in sheets)
        assert b"hyperlink" not in b"".join(parts.read(name) for name in sheets)
    sheet = book_of(data)["Data"]
    for row, text in enumerate(texts, 2):
        found = sheet.cell(row, 1)
        assert found.data_type in ("s", "n"), text
        if starts_formula(text.replace("\r\n", "\n")):
            assert found.quotePrefix
            assert found.data_type == "s"


def test_a_workbook_keeps_numbers_dates_and_flags() -> None:
    book = book_of(to_xlsx(FRAME, FIELDS, ABOUT))
    assert book.sheetnames == ["Data", "Columns", "Sources", "About", "Held back"]
    rows = list(book["Data"].iter_rows(min_row=2, values_only=True))
    # Workbooks keep sixteen digits of a number.
    assert rows[0] == (
        "=1+1",
        pytest.approx(0.3, rel=1e-15),
        5_000_364_880,
        dt.datetime.combine(dt.date(2026, 5, 1), dt.time()),
        True,
    )
    assert rows[1] == ("Zhipu 智谱", -5, None, None, False)
    assert rows[2] == (None, None, 0, "1899-01-01", None)
    said = dict(book["About"].iter_rows(values_only=True))
    assert said["filter: q"] == "=cmd"
    assert said["link"] == ABOUT.address
    assert said["rows_held_back"] == 3
    assert said["build"] == "abc"
    assert book["Sources"].cell(2, 3).value == "=Office"
    assert book["Held back"].cell(2, 1).value == "s1"


def test_parquet_has_types_and_metadata() -> None:
    found = pq.read_table(io.BytesIO(to_parquet(FRAME, FIELDS, ABOUT)))
    assert [str(one.type) for one in found.schema] == [
        "string",
        "double",
        "int64",
        "date32[day]",
        "bool",
    ]
    assert found.to_pylist()[0] == {"name": "=1+1", "value": 0.1 + 0.2, "n": 5_000_364_880,
                                    "day": dt.date(2026, 5, 1), "flag": True}  # fmt: skip
    assert found.to_pylist()[2]["value"] is None
    metadata = {key.decode(): value.decode() for key, value in found.schema.metadata.items()}
    assert metadata["observatory.build"] == "abc"
    assert json.loads(metadata["observatory.filters"]) == {"table": "deals", "q": "=cmd"}
    assert json.loads(metadata["observatory.held_back"])[0]["rows"] == 3


def test_json_has_everything_and_null_for_missing() -> None:
    found = json.loads(to_json(FRAME, FIELDS, ABOUT))
    assert found["rows"][0]["name"] == "=1+1"
    assert found["rows"][2] == {
        "name": None,
        "value": None,
        "n": 0,
        "day": "1899-01-01",
        "flag": None,
    }
    assert found["about"]["filters"] == {"table": "deals", "q": "=cmd"}
    assert found["about"]["rows_held_back"] == found["held_back"]["rows"] == 3


@pytest.mark.parametrize("write", [table_csv, to_xlsx, to_parquet, to_json])
def test_the_same_input_gives_the_same_file(write: object) -> None:
    assert callable(write)
    assert write(FRAME, FIELDS, ABOUT) == write(FRAME, FIELDS, ABOUT)
    assert write(FRAME.iloc[0:0], FIELDS, ABOUT)


@pytest.mark.parametrize(
    ("value", "kind", "read"),
    [
        ("12.50", "number", 12.5), ("n/a", "number", None), (float("inf"), "number", None),
        (Decimal("1.10"), "number", Decimal("1.10")),
        ("2026-05-01 00:00:00", "date", dt.date(2026, 5, 1)), ("soon", "date", None),
        ("", "text", None), (0, "text", "0"),
        ("\ud800x", "text", "?x"), (5.0, "mixed", 5), ("abc", "mixed", "abc"), (True, "text", "true"),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_its_column_or_missing(value: object, kind: str, read: object) -> None:
    assert cell(value, kind) == read  # type: ignore[arg-type]


# What is held back -----------------------------------------------------------------------------------


@given(
    st.lists(st.sampled_from(["open", "quotable", "closed", None]), max_size=260),
    st.sampled_from([None, 1, 2, 40]),
)
def test_bulk_holds_open_rows_only_and_accounts_for_the_rest(
    reuse: list[str | None], measures: int | None
) -> None:
    frame = pd.DataFrame({"reuse": pd.array(reuse, dtype=object), "source_id": [f"s{i % 7}" for i in range(len(reuse))],
                          "row_id": range(len(reuse))})  # fmt: skip
    kept, held = holdback.split(frame, measures=measures)
    assert len(kept) + held.rows == len(frame)
    assert held.rows == sum(one.rows for one in held.sources)
    if len(frame) > holdback.QUOTED_ROWS and measures != 1:
        assert set(kept["reuse"]) <= {"open"}
        assert held.rows == sum(one != "open" for one in reuse)
        assert bool(held.why) == bool(held.rows)
    else:
        assert len(kept) == len(frame)


def test_sources_of_a_file_are_counted() -> None:
    frame = pd.DataFrame({"source_id": ["a", "b", "a", None], "publisher": ["A", "B", "A", "C"]})
    assert [(one["source_id"], one["rows"]) for one in sources_in(frame)] == [("a", 2), ("b", 1)]


# Reports ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "configured",
    ["https://example.org/x/issues/new", "https://example.org/x/-/issues/new?labels=data", "mailto:data@example.org",
     "https://example.org/r?t={title}&b={body}#form"],
)  # fmt: skip
def test_a_report_opens_filled_in(configured: str) -> None:
    made = report.address(configured, "Row o1: 韓国 & co", "Line 1\nLine 2 = 5 %")
    assert made.startswith(configured.split("{")[0].split("#")[0])
    assert safe_url(made) == made
    said = " ".join(value for values in parse_qs(urlsplit(made).query).values() for value in values)
    assert "韓国 & co" in said
    assert "Line 2 = 5 %" in unquote(said)


@given(st.text(max_size=60))
def test_only_an_address_is_an_address(text: str) -> None:
    made = report.address(text, "a", "b")
    assert made == "" or made.startswith(("https://", "http://", "mailto:"))
    assert made == "" or safe_url(made) is not None or "{" in text


@pytest.mark.parametrize(
    "configured",
    [
        "",
        "javascript:alert(1)",
        "mailto:",
        "mailto:a@b",
        "mailto:a@b.c?cc=x",
        "ftp://x.org",
        "//x.org",
    ],
)
def test_no_address_gives_no_link(configured: str) -> None:
    assert report.address(configured, "a", "b") == ""


def test_a_long_report_is_cut_not_refused() -> None:
    made = report.address("https://example.org/new", "t", "漢" * 5000)
    assert 3000 < len(made) <= report.MAX_ADDRESS


def test_a_report_names_row_value_source_and_build() -> None:
    row = {
        "row_id": "o1", "title": "Measure", "entity_name": "Japan", "period": "2025", "value_text_exact": "5",
        "unit": "%", "source": {"title": "Release", "url": "https://example.org"}, "status": "official",
        "locator": "p. 3",
    }  # fmt: skip
    text = report.body(row, "https://site/?receipt=o1", "abc", T)
    for part in ("o1", "5, %", "Release", "p. 3", "abc", "https://site/?receipt=o1"):
        assert part in text
    assert report.title(row, T) == "Row o1: Japan, Measure, 2025"
