"""The pipeline page: every choice, early days of knowledge, languages, and what it must never do."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from observatory.cards.card_model import Card
from observatory.cards.filters import Filters
from observatory.cards.markup import Safe
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.ui.pick.ipo import with_attempt
from observatory.views.ipo import choice as ipo_choice
from observatory.views.ipo import page as ipo
from observatory.views.ipo import tracks as ipo_tracks
from observatory.views.ipo.choice import Choice
from observatory.views.ipo.data import Field
from tests.pages.opened import no_slip, told, words

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def field(db: Database) -> Field:
    return ipo.field_of(db, None, TODAY)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"venue": "hkex", "layer": "chips", "stage": "listed", "year": "2026"},
        {"view": "table", "sort": "-raised", "currency": "USD", "lang": "ja"},
        {"attempt": "stepfun-hkex", "lang": "ko"},
        {"attempt": "zhipu-hkex", "currency": "USD", "lang": "zh-Hant"},
        {"economies": "SGP"},
        {"economies": "KOR", "present": "1"},
        {"stage": "halted", "venue": "tokyo"},
        {"stage": "hearing", "venue": "nasdaq"},
        {"as_of": "2020-01-01"},
        {"as_of": "2020-01-01", "view": "table"},
        {"as_of": "2025-08-01"},
        {"period": "..2024"},
    ],
    ids=str,
)
def test_page_runs(db: Database, query: dict[str, str]) -> None:
    no_slip(told("ipo", **query))


def test_what_cannot_be_used_is_said(db: Database) -> None:
    bad = {"venue": "moon", "layer": "<b>", "stage": "soon", "year": "20x6", "view": "3d",
           "sort": "colour", "attempt": "nobody-hkex"}  # fmt: skip
    said = told("ipo", **bad)
    assert said.count("could not be used") >= 3
    assert "listing attempts on file" in said


def test_bad_values_fall_back() -> None:
    bad = {"venue": "moon", "layer": "x", "stage": "soon", "year": "20x6", "view": "3d",
           "sort": "colour", "attempt": "nobody"}  # fmt: skip
    choice, notes = ipo.read(bad, {"stepfun-hkex"})
    assert choice == Choice()
    assert {note.value.partition("=")[0] for note in notes} == set(bad)
    good = {"venue": "hkex", "layer": "chips", "stage": "filed", "year": "2026", "view": "table",
            "sort": "-raised", "attempt": "stepfun-hkex"}  # fmt: skip
    choice, notes = ipo.read(good, {"stepfun-hkex"})
    assert notes == []
    assert choice.params() == good


def test_the_box_edits_only_its_own_parameter() -> None:
    before = Filters(extra=(("layer", "chips"), ("venue", "hkex")))
    after = with_attempt(before, "stepfun-hkex")
    assert dict(after.extra) == {"attempt": "stepfun-hkex", "layer": "chips", "venue": "hkex"}
    assert with_attempt(after, None) == before
    assert with_attempt(before, 7) == before


# What the page says. ------------------------------------------------------------------------------


def rows_of(card: Card) -> list[str]:
    return card.table.row_ids() if card.table else []


@pytest.mark.parametrize("currency", ["original", "USD"])
def test_every_number_has_its_row(field: Field, currency: str) -> None:
    t = translator("en")
    known = {row["row_id"] for a in field.attempts for row in a.rows}
    known |= {row["row_id"] for a in field.attempts for row in (a.first_day, a.close) if row}
    choice = Choice()
    cards = [
        ipo.tracks(field, t), ipo.dates(field, t), ipo.raised(field, choice, t),
        ipo.listings(field, choice, currency, t), ipo.table_card(field, choice, currency, t),
        ipo.attempt_card(field.attempts[0], field, choice, currency, t),
    ]  # fmt: skip
    for card in cards:
        assert card is not None
        assert card.title
        assert card.sources
        assert rows_of(card), card.id
        assert set(rows_of(card)) <= known
        body = card.body.html if isinstance(card.body, Safe) else str(card.body)
        assert set(re.findall(r'data-receipt="(\w+)"', body)) <= known
    board = ipo.board(field, choice, currency, t)
    assert set(re.findall(r'data-receipt="(\w+)"', board.html)) <= known


def test_an_aim_is_never_called_raised(field: Field) -> None:
    t = translator("en")
    for stage, aim in (("planned", True), ("filed", True), ("priced", False), ("listed", False)):
        at_stage = field.where(lambda a, stage=stage: a.stage == stage)
        shown = ipo.board(at_stage, Choice(stage=stage), "original", t).html
        amounts = re.findall(r'<span class="amt">(.*?</b>)</span>', shown)
        assert len(amounts) >= 2
        assert {'<span class="muted">aim</span>' in one for one in amounts} == {aim}


def test_titles_leave_weak_and_disputed_rows_out(field: Field) -> None:
    t = translator("en")
    weak = field.where(lambda a: a.weak)
    assert ipo.raised(weak, Choice(), t) is None
    listed = ipo.listings(weak, Choice(), "original", t)
    assert listed is not None
    assert listed.title == "0 listings"


def test_few_first_days_have_no_median(field: Field) -> None:
    t = translator("en")
    some = [a for a in field.attempts if a.first_day is not None][:4]
    card = ipo.listings(Field(TODAY, tuple(some)), Choice(), "original", t)
    assert card is not None
    assert "median" not in card.title


def test_tracks_hold_those_under_way_and_say_how_many_are_left(field: Field) -> None:
    t = translator("en")
    drawn = ipo_tracks.drawn(field)
    assert len(drawn) <= ipo_tracks.MOST
    newest = [a for a in field.attempts if a.open][:10]
    assert {a.ipo_id for a in newest} <= {a.ipo_id for a in drawn}
    card = ipo.tracks(field, t)
    assert f"{len(field.attempts) - len(drawn)} more attempts" in card.caveat
    assert len(rows_of(card)) == sum(len(a.steps) for a in field.attempts)


@pytest.mark.parametrize("sort", ipo_choice.SORTS)
@pytest.mark.parametrize("down", [False, True])
def test_the_table_sorts_both_ways_and_ends_with_what_is_unknown(
    field: Field, sort: str, down: bool
) -> None:
    from observatory.views.ipo.table import _key, ordered

    t = translator("en")
    found = [_key(sort, t)(a) for a in ordered(field, Choice(sort=f"{'-' * down}{sort}"), t)]
    known = [value for value in found if value is not None]
    assert known == sorted(known, reverse=down)
    assert found[len(known) :] == [None] * (len(found) - len(known))
    assert len(found) == len(field.attempts)


def test_what_must_have_ended_is_not_under_way(field: Field) -> None:
    t = translator("en")
    lost = ipo.chosen(field, Choice(stage="unknown")).attempts
    assert {"ubtech-hkex", "newen-ai-krx", "now-robotics-kosdaq"} <= {a.ipo_id for a in lost}
    assert not any(a.open for a in lost)
    assert ipo.chosen(field, Choice(stage="priced")).attempts == ()
    under = sum(a.open for a in field.attempts)
    assert f"{under} under way" in ipo.deck(field, t)
    assert f"{len(lost)} without an outcome on file" in str(
        ipo.strip(field, Choice(), "original", t)
    )
    board = words(ipo.board(field, Choice(), "original", t).html)
    assert "Outcome not on file" in board
    assert "30 days after a price" in board


def test_a_halted_attempt_points_to_the_one_that_followed(field: Field) -> None:
    t = translator("en")
    first = field.get("kioxia-tse-prime-1")
    assert first is not None
    assert (first.later, first.open, first.unknown) == ("kioxia-tse-prime-2", False, False)
    card = ipo.attempt_card(first, field, Choice(attempt=first.ipo_id), "original", t)
    assert "attempt=kioxia-tse-prime-2" in str(card.body)
    # Another venue is another track, and a listing is followed by nothing.
    assert all(a.later == "" for a in field.attempts if a.stage == "listed")
    assert field.get("pony-ai-nasdaq").later == ""  # type: ignore[union-attr]


def test_the_tiles_are_of_the_chosen_year(field: Field) -> None:
    t = translator("en")
    choice = Choice(year=2025)
    base = ipo.around(field, choice)
    shown = words(str(ipo.strip(base, choice, "original", t)))
    done = [
        a for a in field.attempts if a.stage == "listed" and a.now.last.year == 2025 and not a.weak
    ]
    assert re.search(rf"Listed in 2025\s+{len(done)}\s", shown)
    assert f"of {len(base.attempts)} attempts with their stage in 2025" in shown
    assert "2026" not in ipo.title(base, choice, "original", t)
    assert "whose stage dates from 2025" in ipo.deck(base, t)


def test_filters_part_the_attempts(field: Field) -> None:
    def many(**values: object) -> int:
        return len(ipo.chosen(field, Choice(**values)).attempts)  # type: ignore[arg-type]

    whole = len(field.attempts)
    assert sum(many(venue=key) for key in (*ipo_choice.VENUES, ipo_choice.OTHERS)) == whole
    assert sum(many(stage=key) for key in ipo_choice.GROUPS) == whole
    assert sum(many(layer=key) for key in ipo_choice.LAYERS) == whole
    assert many(economies=("KOR",)) + many(economies=("CHN", "JPN", "IND", "AUS")) == whole
    assert many(period=(None, 2024)) < whole


def test_every_place_shows_the_stage_of_the_pipeline(db: Database, field: Field) -> None:
    from observatory.ui.find import finder
    from observatory.views import search
    from observatory.views.company import listing as company_listing
    from observatory.views.company.data import load
    from observatory.views.directory import page as directory
    from observatory.views.labels import stage as stage_label

    t = translator("en")
    rows = {row["org_id"]: row for row in directory.rows_of(db, None, TODAY)}
    found = finder(db)
    alone = [a for a in field.attempts if sum(b.org_id == a.org_id for b in field.attempts) == 1]
    for attempt in alone:
        hits = search.answer(found, f"{attempt.row['org_name']} IPO listing", t)
        items = [item for group in hits["groups"] for item in group["items"]]
        said = next((i["detail"] for i in items if i["id"] == f"listing-{attempt.ipo_id}"), None)
        if said is not None:
            assert said.startswith(stage_label(attempt.stage, t)), attempt.ipo_id
        shown = rows[attempt.org_id]["stage"]
        assert shown == (None if attempt.weak else attempt.stage), attempt.ipo_id
    one = company_listing.headline(load(db, "stepfun", None, TODAY))
    assert one is not None
    assert one["stage"] == rows["stepfun"]["stage"] == "rumoured"
