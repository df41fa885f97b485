"""The explorer's queries: closed lists that match the build, hostile words, days of knowledge, counts of the files."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatory.db import explorer_selection
from observatory.db import queries_explorer as q
from observatory.db.connect import Database
from observatory.db.explorer_fields import SOURCE, TABLES

DATA = Path(__file__).resolve().parents[2] / "data"
FILES = {
    "deals": "capital/deals.csv", "ipo_events": "capital/ipo_events.csv", "models": "technology/models.csv",
    "results": "technology/benchmark_results.csv", "chips": "technology/chips.csv",
    "clusters": "technology/clusters.csv", "supercomputers": "technology/supercomputers.csv",
    "claims": "evidence/claims.csv", "organizations": "organizations.csv", "sources": "sources.csv",
}  # fmt: skip
HOSTILE = (
    "'; DROP TABLE core.observations; --", '" OR 1=1 --', "%", "_", "\\", "$as_of", "{}", "') OR true --", "\x00",
    "𝔘", "null", "row_id", "(SELECT 1)", "/*", "🇰🇷",
)  # fmt: skip


def curated(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_column_exists_sorts_and_counts(db: Database, table: str) -> None:
    spec = TABLES[table]
    ask = q.Ask(table)
    frame = q.rows(db, ask, None, limit=3)
    assert list(frame.columns) == list(spec.fields)
    assert set(SOURCE) - {"source_kind"} <= set(spec.fields) | {"published"}
    every = [f"-{name}" for name in spec.fields]
    assert len(q.rows(db, ask, None, fields=[next(iter(spec.fields))], order=every, limit=5)) == 5
    whole = q.count(db, ask, None)
    for name in [name for name, kind in spec.fields.items() if kind in ("word", "flag")]:
        assert sum(q.options(db, ask, name, None).values()) == whole, name


@pytest.mark.parametrize("table", sorted(FILES))
def test_counts_are_those_of_the_curated_files(db: Database, table: str) -> None:
    assert (
        q.counts(db, None)[table] == len(curated(FILES[table])) == q.count(db, q.Ask(table), None)
    )


def test_observations_by_subject_and_headline_are_those_of_the_files(db: Database) -> None:
    lines: Counter[str] = Counter()
    for path in sorted((DATA / "observations").glob("*.csv")):
        lines[path.stem] += len(curated(f"observations/{path.name}"))
    assert q.count(db, q.Ask("observations"), None) == sum(lines.values())
    assert (
        q.count(db, q.Ask("observations", limits=(q.Limit("place", ("adoption.csv",)),)), None)
        == lines["adoption"]
    )
    headline = db.query(
        "headline_series", indicators=["internet_users_pct"], as_of=date(9999, 1, 1)
    )
    known = headline[headline["value"].notna()]
    rows = q.rows(db, q.Ask("observations", indicators=("internet_users_pct",), lead=True), None)
    assert set(rows["row_id"]) == set(known["row_id"])


def test_limits_are_those_of_plain_python(db: Database) -> None:
    deals = curated(FILES["deals"])
    rounds = [
        row
        for row in deals
        if row["kind"] == "round" and row["amount"] and float(row["amount"]) >= 1e9
    ]
    ask = q.Ask("deals", limits=(q.Limit("kind", ("round",)), q.Limit("amount", (), 1e9, None)))
    assert q.count(db, ask, None) == len(rounds)
    unstated = [row for row in deals if not row["round"]]
    assert q.count(db, q.Ask("deals", limits=(q.Limit("currency", (q.MISSING,)),)), None) == sum(
        not row["currency"] for row in deals
    )
    assert unstated
    words = [row for row in curated(FILES["models"]) if "qwen" in row["name"].lower()]
    assert q.count(db, q.Ask("models", limits=(q.Limit("name", ("QWEN",)),)), None) == len(words)
    dated = q.rows(
        db, q.Ask("deals", limits=(q.Limit("announced", (), date(2025, 1, 1), None),)), None
    )
    assert (pd.to_datetime(dated["period_end"]) >= pd.Timestamp(2025, 1, 1)).all()


@pytest.mark.parametrize("table", sorted(TABLES))
@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2026, 3, 1)])
def test_nothing_is_known_before_its_day(db: Database, table: str, day: date) -> None:
    frame = q.rows(db, q.Ask(table), day, fields=["known_on"])
    assert (pd.to_datetime(frame["known_on"]).dropna() <= pd.Timestamp(day)).all()
    assert len(frame) == q.counts(db, day)[table]
    if table == "claims":
        assert frame.empty


@pytest.mark.parametrize("table", sorted(TABLES))
def test_hostile_words_are_words(db: Database, table: str) -> None:
    spec = TABLES[table]
    text = next(name for name, kind in spec.fields.items() if kind == "text")
    ids = next(name for name, kind in spec.fields.items() if kind == "id")
    whole = q.count(db, q.Ask(table), None)
    assert q.count(db, q.Ask(table, words=HOSTILE, named=((HOSTILE[0],),)), None) == 0
    assert (
        q.count(db, q.Ask(table, limits=(q.Limit(text, HOSTILE), q.Limit(ids, HOSTILE))), None) == 0
    )
    assert q.count(db, q.Ask(table, economies=HOSTILE), None) == (0 if spec.placed else whole)
    assert q.count(db, q.Ask(table), None) == whole


@pytest.mark.parametrize("word", HOSTILE)
def test_each_hostile_word_alone(db: Database, word: str) -> None:
    assert q.count(db, q.Ask("chips", words=(word,)), None) <= 200
    assert (
        q.options(db, q.Ask("chips", limits=(q.Limit("name", (word,)),)), "chip_status", None)
        is not None
    )


@settings(max_examples=15)
@given(st.text(min_size=1, max_size=30))
def test_any_text_is_only_looked_for(text: str) -> None:
    # A function of the database, not of a fixture: the same rows whatever is asked.
    db = _shared()
    found = q.rows(
        db, q.Ask("chips", words=(text.encode("utf-8", "replace").decode(),)), None, limit=500
    )
    assert len(found) <= 200


_KEPT: dict[str, Database] = {}


def _shared() -> Database:
    return _KEPT["db"]


@pytest.fixture(autouse=True)
def _keep(db: Database) -> None:
    _KEPT["db"] = db


@pytest.mark.parametrize(
    "name", ["nothing", 'value" FROM core.sources --', "search", "places", "valid_from", ""]
)
def test_only_listed_columns_are_named(db: Database, name: str) -> None:
    with pytest.raises(KeyError):
        q.rows(db, q.Ask("observations"), None, fields=[name])
    with pytest.raises(KeyError):
        q.rows(db, q.Ask("observations"), None, order=(f"-{name}",))
    with pytest.raises(KeyError):
        q.count(db, q.Ask("observations", limits=(q.Limit(name, ("x",)),)), None)
    with pytest.raises(KeyError):
        q.count(db, q.Ask(name or "core.observations"), None)


@pytest.mark.parametrize("form", ["periods", "measures"])
@pytest.mark.parametrize("lead", [True, False])
def test_wide_forms_hold_every_row_once(db: Database, form: q.Form, lead: bool) -> None:
    ask = q.Ask("observations", limits=(q.Limit("domain", ("adoption",)),), lead=lead)
    frame = q.wide_rows(db, ask, form, None)
    assert len(frame) == q.count(db, ask, None)
    assert frame["row_id"].is_unique
    head = "period" if form == "periods" else "indicator_id"
    assert not frame.duplicated(["line", head]).any()
    assert frame["line"].max() == q.wide_lines(db, ask, form, None)
    assert set(q.wide_heads(db, ask, form, None)) == set(frame[head])
    page = q.wide_rows(db, ask, form, None, limit=7, offset=14)
    assert sorted(page["line"].unique()) == list(range(15, 22))
    keys = ["indicator_id", "entity_id"] if form == "periods" else ["entity_id", "period"]
    assert (frame.groupby("line")[keys].nunique() == 1).all().all()


def test_pages_are_one_list(db: Database) -> None:
    ask = q.Ask("observations", economies=("KOR", "JPN"))
    whole = q.rows(db, ask, None, fields=["row_id"])["row_id"].tolist()
    pages = [
        q.rows(db, ask, None, fields=["row_id"], limit=500, offset=at)["row_id"].tolist()
        for at in range(0, len(whole), 500)
    ]
    assert [row for page in pages for row in page] == whole
    assert len(set(whole)) == len(whole)


# Counted beforehand -------------------------------------------------------------------------------

_ANY = {
    "status": ("disputed", "official"), "reuse": ("open",), "source_kind": ("press", q.MISSING),
    "entity_kind": ("province",), "pillar": ("adoption",), "is_forecast": ("no",), "measure": ("ai",),
    "period": (), "chosen": ("yes",),
}  # fmt: skip


@settings(max_examples=25)
@given(
    limits=st.lists(st.sampled_from(sorted(_ANY)), max_size=2, unique=True),
    economies=st.sampled_from([None, ("KOR", "JPN"), ("TWN",), ()]),
    entities=st.sampled_from([None, None, ("KOR",), ("openai", "CN-BJ")]),
    indicators=st.sampled_from([None, None, ("internet_users_pct", "top500_systems"), ()]),
    years=st.sampled_from([None, None, (2020, 2024)]),
    lead=st.booleans(),
    day=st.sampled_from([None, date(2026, 3, 1), date(2024, 12, 31), date(1990, 1, 1)]),
    page=st.sampled_from([0, 50, 3000]),
)
def test_what_is_counted_beforehand_is_what_the_rows_say(
    db: Database,
    limits: list[str],
    economies: tuple[str, ...] | None,
    entities: tuple[str, ...] | None,
    indicators: tuple[str, ...] | None,
    years: tuple[int, int] | None,
    lead: bool,
    day: date | None,
    page: int,
) -> None:
    asked = tuple(
        q.Limit(name, low=date(2020, 1, 1)) if name == "period" else q.Limit(name, _ANY[name])
        for name in limits
    )
    ask = q.Ask(
        "observations", limits=asked, economies=economies, entities=entities, indicators=indicators,
        years=years, lead=lead,
    )  # fmt: skip

    def answers() -> tuple[object, ...]:
        first = q.rows(db, ask, day, fields=["row_id"], limit=50, offset=page)["row_id"].tolist()
        facets = [q.options(db, ask, name, day) for name in ("status", "reuse", "economy_id")]
        return q.count(db, ask, day), q.summary(db, ask, day), facets, first

    found = answers()
    with pytest.MonkeyPatch.context() as patch:
        for module in (q, explorer_selection):
            patch.setattr(module, "is_counted", lambda *given: False)
        assert found == answers()


def test_the_first_screen_is_counted_beforehand() -> None:
    economies = ("KOR", "JPN")
    assert explorer_selection.is_counted(
        q.Ask("observations", economies=economies, lead=True), "explorer_value_counts"
    )
    for other in (
        q.Ask("deals"),
        q.Ask("observations", words=("korea",)),
        q.Ask("observations", years=(2020, None)),
        q.Ask("observations", limits=(q.Limit("note", ("plan",)),)),
    ):
        assert not explorer_selection.is_counted(other, "explorer_value_counts")


# Words of observations ----------------------------------------------------------------------------

_WHOLE = """
SELECT o.row_id, concat_ws(' ', i.name, i.short_name, i.indicator_id, i.publisher, o.entity_id, e.name_en,
       e.name_zh_hans, e.name_zh_hant, e.name_ja, e.name_ko, g.name, g.native_name, b.name_en, b.name_native,
       o.period, o.unit, o.locator, o.note, s.title, s.publisher, s.origin) AS text
FROM serve.observations o
JOIN serve.indicators i USING (indicator_id)
LEFT JOIN serve.economies e ON e.economy_id = o.entity_id
LEFT JOIN serve.subnational b ON b.subnational_id = o.entity_id
LEFT JOIN serve.organizations g ON g.org_id = o.entity_id
LEFT JOIN serve.sources s ON s.source_id = o.source_id
WHERE o.valid_to IS NULL
"""


def _plain(text: str) -> str:
    return "".join(
        one for one in unicodedata.normalize("NFD", text) if unicodedata.category(one) != "Mn"
    ).lower()


@pytest.fixture(scope="module")
def whole_texts(db: Database) -> dict[str, str]:
    frame = db.select(_WHOLE, {})
    return {
        row: _plain(text)
        for row, text in zip(frame["row_id"].astype(str), frame["text"].astype(str), strict=True)
    }


@pytest.mark.parametrize(
    "word",
    [
        "korea",
        "TŌKYŌ",
        "samsung",
        "日本",
        "中国",
        "2025",
        "usd",
        "deloitte",
        "cn-",
        "q1",
        "_",
        "zzzz",
    ],
)
def test_a_word_is_found_wherever_it_stands(
    db: Database, whole_texts: dict[str, str], word: str
) -> None:
    expected = {row for row, text in whole_texts.items() if _plain(word) in text}
    ask = q.Ask("observations", words=(word,))
    found = q.rows(db, ask, None, fields=["row_id"])["row_id"].astype(str)
    assert set(found) == expected
    assert len(found) == len(expected) == q.count(db, ask, None)
    assert word == "zzzz" or expected


def test_every_word_must_be_found_and_translated_names_count(
    db: Database, whole_texts: dict[str, str]
) -> None:
    both = {row for row, text in whole_texts.items() if "korea" in text and "2025" in text}
    ask = q.Ask("observations", words=("Korea", "2025"))
    assert both
    assert set(q.rows(db, ask, None, fields=["row_id"])["row_id"].astype(str)) == both
    # A word of no text but of the translated name of one measure.
    named = q.Ask("observations", words=("zzzz",), named=(("top500_systems",),))
    only = q.Ask("observations", indicators=("top500_systems",))
    assert q.count(db, named, None) == q.count(db, only, None) > 0
