"""Conflicts and changes read only what differs: they say what reading every row of all tables says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatory.analysis import disagree, revisions
from observatory.db import queries, queries_evidence
from observatory.db.connect import Database, Databases
from observatory.db.frames import records
from observatory.i18n import translator
from observatory.views.breaks import broken
from observatory.views.changes import data as changes
from observatory.views.conflicts import page, record
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

DAYS = (None, date(2026, 9, 30), date(2026, 3, 1), date(2024, 12, 31), date(2020, 1, 1))
SPANS = (
    (date(2026, 5, 22), date(2026, 11, 22)),
    (date(2025, 11, 22), date(2026, 11, 22)),
    (date(2026, 1, 1), date(2026, 3, 31)),
    (date(2000, 1, 1), date(2024, 12, 31)),
    (date(2026, 6, 30), date(2026, 6, 30)),
)
SHARED = """SELECT c.cell_id, c.table_name, c.chosen_row_id, c.rule, c.spread, c.differs, x.outcome, t.row_id
FROM serve.cells c
JOIN serve.states t ON t.cell_id = c.cell_id AND t.valid_from <= $as_of AND coalesce(t.valid_to > $as_of, true)
LEFT JOIN serve.conflicts x ON x.cell_id = c.cell_id AND x.valid_from = c.valid_from
WHERE c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true) AND c.n_rows > 1 AND t.status <> 'superseded'
ORDER BY c.cell_id, t.row_id"""
ROW = (
    "kind", "row_id", "cell_id", "economy_id", "org_id", "indicator_id", "thing_id", "title", "date", "amount", "text",
    "unit", "usd", "state", "status", "source_id", "known_on", "how", "why", "what", "n", "weight",
)  # fmt: skip


@pytest.fixture(scope="module")
def db(built: Path) -> Iterator[Database]:
    found = Databases(built).get()
    yield found
    found.close()


@pytest.fixture(scope="module")
def data(db: Database) -> Catalogue:
    return Catalogue(db, translator("en"))


def whole_changes(data: Catalogue, since: date, until: date) -> tuple[list[Any], dict[str, int]]:
    """Lines and counts from every row of all tables on both days."""
    one, two = (queries_evidence.facts(data.db, day) for day in (since, until))
    changed = revisions.compare(one, two)
    sources = records(queries.sources_by_id(data.db, None))
    makers = {row["source_id"]: (clean(row["origin"]), clean(row["edition"])) for row in sources}
    told = revisions.lines(changed, two, makers, broken(data) | changes._unfair(data, two))
    counts = {how: int((changed["how"] == how).sum()) for how in revisions.HOWS} if len(changed) else {}  # fmt: skip
    names = [*ROW, *(f"old_{name}" for name in ("row_id", *changes.OLD[1:]))]
    said = [{name: known(row.get(name)) for name in names} for row in records(told)]
    return said, {how: n for how, n in counts.items() if n}


def known(value: Any) -> Any:
    """A value with one word for what is missing."""
    return None if value is None or value != value else value


def said(news: changes.News) -> list[Any]:
    names = [*ROW, *(f"old_{name}" for name in changes.OLD)]
    return [{name: known(one.row.get(name)) for name in names} for one in news.changes]


@pytest.mark.parametrize(("since", "until"), SPANS)
def test_changes_are_those_between_all_rows(data: Catalogue, since: date, until: date) -> None:
    lines, counts = whole_changes(data, since, until)
    news = changes.between(data, (data.db, since), (data.db, until))
    assert said(news) == lines
    assert news.counts == counts
    assert bool(lines) == (since < until)
    home = changes.homes(data)
    some = changes.of_economies(news, ("KOR", "JPN"), home)
    mine = [row for row in lines if (row["economy_id"] or home.get(row["org_id"], "")) in ("KOR", "JPN")]  # fmt: skip
    assert said(some) == mine
    assert sum(some.counts.values()) == sum(row["n"] for row in mine)


@settings(max_examples=6)
@given(
    st.tuples(
        st.dates(date(2023, 1, 1), date(2026, 11, 22)),
        st.dates(date(2023, 1, 1), date(2026, 11, 22)),
    )
)
def test_so_they_are_between_any_two_days(data: Catalogue, days: tuple[date, date]) -> None:
    since, until = sorted(days)
    lines, counts = whole_changes(data, since, until)
    news = changes.between(data, (data.db, since), (data.db, until))
    assert (said(news), news.counts) == (lines, counts)


def test_two_builds_are_compared_as_two_days(data: Catalogue) -> None:
    """By the marks of their cells; that one is older says nothing of which was known first."""
    other = Database(replace(data.db.build, build_id="other"), data.db.path)
    try:
        for since, until in (SPANS[0], SPANS[2], SPANS[0][::-1]):
            lines, counts = whole_changes(data, since, until)
            news = changes.between(data, (other, since), (data.db, until))
            assert (said(news), news.counts) == (lines, counts)
            assert lines
    finally:
        other.close()


def whole_conflicts(data: Catalogue, day: date | None) -> tuple[list[record.Conflict], int]:
    """Everything that several rows tell of, from every row of all tables, and the number of all things."""
    shared = records(data.db.select(SHARED, {"as_of": day or queries.NOW}))
    frame = queries_evidence.facts(data.db, day)
    facts = {str(row["row_id"]): row for row in records(frame)}
    found = list(record._conflicts(data, shared, facts).values())
    places = {state: n for n, state in enumerate((*disagree.STATES, "agree"))}
    found.sort(key=lambda one: (-one.spread, places[one.state], one.cell_id))
    return found, int(frame["cell_id"].nunique())


def told(one: record.Conflict) -> Any:
    names = (*ROW[:17], "publisher", "origin", "url")
    rows = [{key: known(row[key]) for key in names} for row in one.rows]
    return one.cell_id, one.kind, one.chosen, one.rule, one.spread, one.state, one.fields, rows


@pytest.mark.parametrize("day", DAYS)
def test_conflicts_are_those_of_all_rows(db: Database, day: date | None) -> None:
    data = Catalogue(db, translator("en"), day)
    every, cells = whole_conflicts(data, day)
    made = record.load(data)
    assert (made.several, made.cells) == (len(every), cells)
    wanted = [one for one in every if one.state != "agree"]
    shown = made.full(page.fits(made, page.Choice())["cell_id"].tolist())
    assert [told(one) for one in shown] == [told(one) for one in wanted]
    assert [told(one) for one in made.full([one.cell_id for one in every])] == [told(one) for one in every]  # fmt: skip
    newest = sorted(wanted, key=lambda one: (one.newest, one.spread), reverse=True)
    fits = page.fits(made, page.Choice(sort="new"))
    assert [str(key)[:10] for key in fits["newest"]] == [one.newest for one in newest]
    for entity in ("KOR", "JPN", "openai", "nobody"):
        mine = [one.cell_id for one in wanted if entity in one.entities]
        assert page.fits(made, page.Choice(entity=entity))["cell_id"].tolist() == mine
        assert made.knows(entity) == (
            entity in data.economies or any(entity in one.entities for one in every)
        )
    assert made.entities(made.heads) == {key for one in wanted for key in one.entities}
    for kind in {one.kind for one in wanted}:
        mine = [one.cell_id for one in wanted if one.kind == kind]
        assert page.fits(made, page.Choice(about=kind))["cell_id"].tolist() == mine


def test_by_name_they_stand_as_they_are_named(data: Catalogue) -> None:
    made = record.load(data)
    found = made.full(page.fits(made, page.Choice(sort="name"))["cell_id"].tolist())
    names = [made.namer.what(one.first).casefold() for one in found]
    assert names == sorted(names)
    assert len(found) == len(made.heads) > 40


def test_a_chosen_row_leads_to_its_conflict(data: Catalogue) -> None:
    made = record.load(data)
    assert made.get("nothing") is None
    one = next(one for one in made.full(made.heads["cell_id"].tolist()) if one.can_pick)
    assert made.picked([str(one.rows[0]["row_id"]), "onothing1"]) == {one.cell_id}
    assert made.picked([]) == set()


def test_of_observations_only_those_that_differ_are_read(
    data: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither page takes all rows into memory."""
    sizes: dict[str, int] = {}
    ask = Database.query

    def heard(self: Database, name: str, **parameters: Any) -> pd.DataFrame:
        frame = ask(self, name, **parameters)
        kinds = frame["kind"] if "kind" in frame else pd.Series(dtype=object)
        sizes[name] = max(sizes.get(name, 0), int((kinds == "observations").sum()))
        return frame

    monkeypatch.setattr(Database, "query", heard)
    record.load(data)
    changes.between(data, (data.db, date(2026, 9, 30)), (data.db, date(2026, 11, 22)))
    assert sizes["evidence_facts"] == 0
    assert max(sizes.values()) < 1000
