"""Faults of cells: numbers, days, periods, words of a vocabulary and the form of texts."""

from __future__ import annotations

import pytest
from tiny import TINY, Refuse, Tiny, place_of

from observatory.model.tables import TABLES

FX = "capital/fx_rates.csv"
OBS = "observations/adoption.csv"


# Where a cell stands, and texts that its kind refuses.
BAD: dict[tuple[str, str, int], tuple[str, ...]] = {
    (OBS, "value", 5): (
        "1,234", "NaN", "inf", "-Infinity", "1e400", "12%", "１２", "٣", "12 ", " 12", "1 234", "0x1f",
        "1_000", "--1", "1e", "$5", "1.2.3", "−5", "true",
    ),
    ("technology/supercomputers.csv", "rank", 2): ("1.5", "１", "x", "1e3", " 7"),
    ("sources.csv", "read_on", 8): (
        "2025-02-30", "2025-13-01", "2025/01/02", "14 March 2025", "2025-3-4", "2025-03", "２０２５-01-01",
    ),
    (OBS, "period", 3): (
        "24", "2024-Q5", "2024-H3", "Q1 2024", "FY24", "2024-2025", "2025/2024", "2024-00", "1800",
        "２０２４", "FY2024-Q1", "2024 ",
    ),
    (FX, "period", 2): ("２０２４", "2024-01", "24"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("file", "column", "place", "text"),
    [(*where, text) for where, texts in BAD.items() for text in texts],
)
def test_bad_number_day_or_period(
    tiny: Tiny, refuse: Refuse, file: str, column: str, place: int, text: str
) -> None:
    tiny.set(file, 2, **{column: text})
    (line,) = refuse((f"{file}:2:{place}", "type"))
    assert f"{column}: " in line


def test_number_left_empty(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(OBS, 2, value="")
    (line,) = refuse((f"{OBS}:2:5", "type"))
    assert "value: is empty; expected a value" in line


@pytest.mark.parametrize(
    ("text", "value"), [("12.5", 12.5), (".5", 0.5), ("+3", 3.0), ("4.2e1", 42.0)]
)
def test_good_number(tiny: Tiny, text: str, value: float) -> None:
    tiny.set(OBS, 2, value=text)
    row = next(row for row in tiny.check().data.rows("observations") if row.line == 2)
    assert (row.record.value, row.raw["value"]) == (value, text)


def enum_columns() -> list[tuple[str, str]]:
    from enum import StrEnum

    from etl.ddl import _base

    found = []
    for table in TABLES:
        if table.name == "indicators" or (table.optional and not (TINY / table.files).is_file()):
            continue
        for column, info in table.record.model_fields.items():
            base = _base(info.annotation)
            if isinstance(base, type) and issubclass(base, StrEnum):
                found.append((table.files.replace("*", "adoption"), column))
    return found


def test_vocabularies_are_found() -> None:
    assert len(enum_columns()) >= 25


@pytest.mark.parametrize(("file", "column"), enum_columns())
def test_unknown_word_of_a_vocabulary(tiny: Tiny, refuse: Refuse, file: str, column: str) -> None:
    tiny.set(file, 2, **{column: "nonsense"})
    place = tiny.columns(file).index(column) + 1
    errors = tiny.errors()
    found = [place_of(text) for text in errors]
    assert (
        found[0] == (f"tiny/{file}:2:{place}", "type")
        or (f"tiny/{file}:2:{place}", "type") in found
    )
    (line,) = [text for text in errors if place_of(text)[1] == "type"]
    assert f"{column}: 'nonsense' is not in the vocabulary; expected '" in line


@pytest.mark.parametrize(
    ("file", "column", "text"),
    [
        ("sources.csv", "url", "www.example.org"),
        ("sources.csv", "language", "english"),
        ("organizations.csv", "native_language", "zh"),
        ("economies.csv", "currency", "Yuan"),
        ("technology/models.csv", "open_weights", "yes"),
        ("technology/models.csv", "params_b", "-1"),
        ("technology/models.csv", "params_b", "0"),
        ("technology/supercomputers.csv", "rank", "501"),
        ("technology/supercomputers.csv", "list_date", "2024-07"),
        ("capital/deals.csv", "amount", "-5"),
        ("organizations.csv", "org_id", "Org One!"),
        ("organizations.csv", "name", " Org One"),
        ("organizations.csv", "name", "Org\x07One"),
        ("organizations.csv", "name", ""),
        ("evidence/claims.csv", "entity_ids", "JPN; KOR"),
    ],
)
def test_bad_form_of_a_cell(tiny: Tiny, file: str, column: str, text: str) -> None:
    tiny.set(file, 2, **{column: text})
    place = f"tiny/{file}:2:{tiny.columns(file).index(column) + 1}"
    assert (place, "type") in [place_of(line) for line in tiny.errors()]
