"""The data explorer as a page: starting points, hard cases, files that hold the numbers of the screen."""

from __future__ import annotations

import datetime as dt
import html
import io
import json
import re
from urllib.parse import parse_qs

import openpyxl
import pandas as pd
import pytest

from observatory.cards.card_model import Card
from observatory.db import queries_explorer as q
from observatory.db.connect import Database
from observatory.db.explorer_fields import TABLES
from observatory.export.holdback import QUOTED_ROWS
from observatory.i18n import translator
from observatory.model.scope import SCOPE
from observatory.views.explorer import cells as explorer_cells
from observatory.views.explorer import choice as explorer_choice
from observatory.views.explorer import file as explorer_file
from observatory.views.explorer import page as explorer
from observatory.views.explorer import picture as explorer_picture
from observatory.views.explorer import starts as explorer_starts
from observatory.views.measures import Catalogue
from tests.pages.opened import no_slip, shown, words

AT = explorer_file.Where(
    "https://example.org/explorer?a=b", (("a", "b"),), "abc", None, None, dt.date(2026, 11, 22)
)


def choice_of(query: str, catalogue: Catalogue) -> explorer_choice.Choice:
    given = {key: values[-1] for key, values in parse_qs(query).items()}
    choice, bad = explorer_choice.read(
        given, indicators=catalogue.indicators, entities=[*catalogue.economies, "zhipu"]
    )
    assert bad == ()
    return choice


def found_of(
    query: str, db: Database, catalogue: Catalogue, as_of: dt.date | None = None
) -> explorer.Found:
    choice = choice_of(query, catalogue)
    return explorer.find(db, choice, explorer_choice.ask(choice, SCOPE, None), as_of)


@pytest.mark.parametrize(
    "start", explorer_starts.starts(translator("en")), ids=lambda start: start[0]
)
def test_each_starting_point_finds_rows(
    start: tuple[str, str], db: Database, catalogue: Catalogue
) -> None:
    found = found_of(start[1], db, catalogue)
    assert found.n["n"] >= 1
    text = explorer.listing(found, catalogue).html
    no_slip(words(text))
    if found.choice.spec.receipts:
        assert text.count("data-receipt") >= min(found.lines, found.choice.rows)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_column_of_every_table_can_be_shown(
    table: str, db: Database, catalogue: Catalogue
) -> None:
    for at in range(0, len(TABLES[table].fields), 20):
        columns = tuple(TABLES[table].fields)[at : at + 20]
        choice = explorer_choice.Choice(
            table=table, columns=columns, everywhere=True, lead=False, rows=200
        )
        found = explorer.find(db, choice, explorer_choice.ask(choice, SCOPE, None), None)
        text = explorer.listing(found, catalogue).html
        no_slip(html.unescape(words(text)), "None of")
        names = explorer_cells.needed(TABLES[table], columns)
        assert set(names) <= set(TABLES[table].fields)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"lang": "ja", "table": "deals", "filter": "kind:round;amount:1000000.."},
        {"lang": "ko", "form": "periods", "indicators": "internet_users_pct", "economies": "KOR"},
        {"lang": "zh-Hant", "form": "measures", "values": "all", "where": "all"},
        {"as_of": "2020-01-01"},
        {"as_of": "2020-01-01", "table": "claims"},
        {"as_of": "2020-01-01", "view": "picture", "table": "models"},
        {"table": "sources", "q": "World Bank", "sort": "-rows_on_file"},
        {"table": "policies", "view": "picture", "present": "1"},
        {"view": "picture", "indicators": "internet_users_pct", "economies": "SGP"},
        {"view": "picture", "table": "organizations"},
        {"period": "2024..", "page": "99999", "rows": "25"},
        {"lang": "ja", "q": "インターネット"},
    ],
    ids=lambda query: "-".join(query.values())[:40] or "plain",
)
def test_hard_cases(query: dict[str, str]) -> None:
    shown("explorer", **query)


def test_a_link_that_makes_no_sense_is_told_so() -> None:
    found = shown("explorer", table="passwords", filter="value:1..2;secret:x")
    assert "“passwords” cannot be used as table." in found
    assert "“secret:x” cannot be used as filter." in found
    assert "Measured values" in found


def test_words_in_the_readers_language_find_measures(db: Database) -> None:
    japanese = Catalogue(db, translator("ja"))
    item = next(one for one in japanese.indicators.values() if one.id == "internet_users_pct")
    word = next(part for part in re.findall(r"[ァ-ヶー]{4,}", item.name + item.short))
    named = explorer.named(japanese)
    assert item.id in named(word)
    assert explorer.named(Catalogue(db, translator("en")))("internet") == ()


# Files ---------------------------------------------------------------------------------------------


def frame_of(db: Database, found: explorer.Found, form: explorer_file.Format) -> pd.DataFrame:
    data = explorer_file.make(db, found.choice, found.ask, AT, form)
    match form:
        case "csv":
            return pd.read_csv(io.BytesIO(data))
        case "xlsx":
            return pd.read_excel(io.BytesIO(data))
        case "parquet":
            return pd.read_parquet(io.BytesIO(data))
        case _:
            return pd.DataFrame(json.loads(data)["rows"])


@pytest.mark.parametrize("form", explorer_file.MIME)
def test_a_file_holds_the_numbers_of_the_screen(
    form: explorer_file.Format, db: Database, catalogue: Catalogue
) -> None:
    found = found_of("indicators=internet_users_pct&rows=200", db, catalogue)
    frame = frame_of(db, found, form)
    assert list(frame["row_id"]) == [row["row_id"] for row in found.rows]
    assert list(frame["value"]) == pytest.approx([row["value"] for row in found.rows], rel=1e-15)
    assert frame["licence"].notna().all()
    assert frame["source_id"].notna().all()


def test_bulk_leaves_out_what_is_not_open_and_says_so(db: Database, catalogue: Catalogue) -> None:
    found = found_of("table=models&where=all", db, catalogue)
    frame = frame_of(db, found, "csv")
    assert found.n["n"] > QUOTED_ROWS
    assert set(frame["reuse"]) == {"open"}
    assert len(frame) == found.n["open"] == found.n["n"] - found.held
    assert set(frame["file_rows_held_back"]) == {found.held}
    book = openpyxl.load_workbook(
        io.BytesIO(explorer_file.make(db, found.choice, found.ask, AT, "xlsx"))
    )
    held = list(book["Held back"].iter_rows(min_row=2, values_only=True))
    assert sum(int(str(line[6])) for line in held) == found.held
    assert all(line[5] in ("quotable", "closed") for line in held)
    assert str(found.held) in explorer.held_why(found, translator("en"))


def test_one_measure_and_few_rows_come_whole(db: Database, catalogue: Catalogue) -> None:
    for query in (
        "indicators=top500_systems&where=all&values=all",
        "table=deals&filter=announced:2026-01-01..&where=all",
    ):
        found = found_of(query, db, catalogue)
        assert found.held == 0
        assert len(frame_of(db, found, "parquet")) == found.n["n"]
    whole = found_of("table=deals&where=all&values=all", db, catalogue)
    assert whole.held == whole.n["n"] - whole.n["open"] > 0


@pytest.mark.parametrize("form", ["periods", "measures"])
def test_wide_files_are_lossless(form: q.Form, db: Database, catalogue: Catalogue) -> None:
    query = f"indicators=gdp_usd_bn_imf,population_total&entities=JPN,KOR&form={form}&filter=period:2015..2020"
    found = found_of(query, db, catalogue)
    frame = frame_of(db, found, "parquet")
    rows = {cell.partition("=")[2] for cells in frame["row_ids"] for cell in cells.split("; ")}
    assert len(rows) == found.n["n"] <= QUOTED_ROWS
    heads = [name for name in frame.columns if name in found.heads]
    assert heads == list(found.heads) or set(heads) == set(found.heads)
    assert int(frame[heads].notna().sum().sum()) == found.n["n"]


def test_columns_of_a_file_are_those_chosen_and_its_sources(
    db: Database, catalogue: Catalogue
) -> None:
    found = found_of("table=deals&columns=org,amount&filter=announced:2026-01-01..", db, catalogue)
    frame = frame_of(db, found, "parquet")
    assert list(frame.columns) == ["org", "amount", *explorer_file.ALWAYS]


# The picture ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["indicators=internet_users_pct", "indicators=internet_users_pct&filter=period:2022", "table=deals&values=all",
     "table=models", "filter=pillar:adoption&values=all", "indicators=ai_user_share_microsoft&values=all&where=all"],
)  # fmt: skip
def test_a_picture_says_what_it_is_made_of(query: str, db: Database, catalogue: Catalogue) -> None:
    found = found_of(query, db, catalogue)
    card = explorer_picture.card(db, catalogue, found.choice, found.ask, found.n, None)
    assert isinstance(card, Card)
    assert card.empty is None
    assert card.table is not None
    assert card.table.has_row_ids
    assert card.sources
    no_slip(f"{card.title} {card.subtitle}")
    if found.choice.table != "observations":
        assert re.search(r"most in (\d{4}), ([\d,]+)|all", card.title)


def test_a_link_with_the_measure_of_other_pages_is_followed() -> None:
    own = shown("explorer", indicators="ai_articles_scopus_nsf")
    other = shown("explorer", indicator="ai_articles_scopus_nsf")
    count = re.compile(r'id="rows"[^>]*>([^<]+)<')
    assert count.findall(own) == count.findall(other) != []
    assert "no_such_measure" in shown("explorer", indicator="no_such_measure")
