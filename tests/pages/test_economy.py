"""The economy profile: every economy, early days of knowledge, languages, and its sentences."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from observatory.analysis.cross_section import usable
from observatory.cards.card_model import Card
from observatory.cards.filters import Filters
from observatory.db import queries
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.ui.pick import controls as pickers
from observatory.views.economy import moves as economy_moves
from observatory.views.economy import policy as economy_policy
from observatory.views.economy import standing as economy_standing
from observatory.views.economy import words as economy_words
from observatory.views.measures import Catalogue
from tests.pages.opened import SLIP, no_slip, open_page, sound, told, words

ROOT = Path(__file__).resolve().parents[2]
EVERYONE = SCOPE + COMPARATORS
TODAY = dt.date(2026, 11, 21)
CARDS = set(
    "scorecard strengths policy companies listings deals systems boards language models clusters sources".split()
)
"""Cards of every profile; trends and claims depend on what is on file."""


def field_of(catalogue: Catalogue, economy: str) -> economy_standing.Field:
    return economy_standing.field_of(catalogue, economy_standing.members_of(economy, SCOPE))


def place_of(catalogue: Catalogue, economy: str) -> economy_standing.Standing:
    return economy_standing.standing(catalogue, economy, field_of(catalogue, economy))


# Every economy is run once, most of them as a first visitor sees them; the languages and the choices
# of a reader take turns among the rest, since nothing of them depends on the economy.
TURNS: dict[str, dict[str, str]] = {
    "THA": {"lang": "zh-Hans"}, "VNM": {"lang": "zh-Hant"}, "JPN": {"lang": "ja"}, "AUS": {"lang": "ko"},
    "SGP": {"economies": "asean6"}, "IDN": {"economies": ",".join(EVERYONE)}, "FRA": {"economies": "KOR,USA"},
    "MYS": {"events": "0"}, "CAN": {"currency": "USD", "period": "2020..2023"},
}  # fmt: skip


@pytest.mark.parametrize("economy", EVERYONE)
def test_page_runs_for_every_economy_and_no_card_is_blank(db: Database, economy: str) -> None:
    chosen = TURNS.get(economy, {})
    lang = chosen.get("lang", "en")
    t = translator(lang)
    app = open_page("economy", economy=economy, **chosen)
    shown = no_slip(words(sound(app)))
    assert t("This chart could not be drawn") not in shown
    name = f"name_{lang.lower().replace('-', '_')}"
    assert queries.economies(db).set_index("economy_id").loc[economy, name] in shown
    assert t("What this page does not know") in shown
    cards: dict[str, Card] = app.session_state["obs.cards"]
    assert set(cards) >= CARDS
    for card in cards.values():
        assert card.title, card.id
        assert not SLIP.search(card.title + card.subtitle), card.title
        assert card.body is not None if card.empty is None else card.empty.reason, card.id


@pytest.mark.parametrize(
    ("economy", "day"),
    [("KOR", "2005-01-01"), ("KOR", "2016-01-01"), ("KOR", "2024-06-01"), ("KOR", "2026-03-01"),
     ("PHL", "2016-01-01"), ("PHL", "2024-06-01"), ("ISR", "2005-01-01"), ("ISR", "2026-03-01")],
)  # fmt: skip
def test_page_runs_as_known_on_an_earlier_day(db: Database, economy: str, day: str) -> None:
    no_slip(told("economy", economy=economy, as_of=day))


@pytest.mark.parametrize("value", ["XXX", "'; drop", "k" * 5000])
def test_bad_economy_gives_a_note_and_a_page(db: Database, value: str) -> None:
    assert "no economy we know" in told("economy", economy=value)


def test_choosing_an_economy_and_peers_edits_ids_only() -> None:
    filters = pickers._pick_economy(Filters(economy="KOR"), "JPN")
    assert filters.economy == "JPN"
    assert pickers._pick_economy(filters, "XXX") == filters
    assert pickers._pick_peers(filters, "asean6").preset == "asean6"
    assert pickers._pick_peers(filters, pickers.EVERYONE).economies == EVERYONE
    assert pickers._pick_peers(filters, pickers.OWN_CHOICE) == filters
    assert pickers._pick_peers(filters, pickers.SIMILAR) == filters
    alike = pickers._pick_peers(filters, pickers.SIMILAR, ("CAN", "KOR", "AUS"))
    assert alike.economies == ("KOR", "AUS", "CAN")


def test_ranks_follow_the_rules(catalogue: Catalogue) -> None:
    # Everybody is placed among the same thirteen.
    field = field_of(catalogue, "KOR")
    for economy in EVERYONE:
        assert economy_standing.members_of(economy, SCOPE) == field.members
        place = economy_standing.standing(catalogue, economy, field)
        for line in place.lines:
            if line.kind == "ranked":
                assert line.base >= 5
                assert 1 <= line.rank <= line.base
                assert economy in place.members
                assert line.status not in ("disputed", "unchecked", "superseded")
            if line.has_value and line.period[:4].isdigit():
                assert int(line.period[:4]) >= economy_standing.OLDEST - 1
            if economy in COMPARATORS:
                assert line.kind != "ranked"


def test_switched_on_comparators_are_ranked(catalogue: Catalogue) -> None:
    members = economy_standing.members_of("USA", EVERYONE)
    field = economy_standing.field_of(catalogue, members)
    place = economy_standing.standing(catalogue, "USA", field)
    assert any(line.kind == "ranked" for line in place.lines)
    assert place.placed


def test_title_names_best_and_last_place(catalogue: Catalogue) -> None:
    place = place_of(catalogue, "KOR")
    title = economy_words.scorecard_title(place, catalogue.t)
    best, worst = place.placed[0], place.placed[-1]
    assert economy_words.pillar_in_text(best.id, catalogue.t) in title
    assert economy_words.pillar_in_text(worst.id, catalogue.t) in title
    assert title[0].isupper()


def test_chart_titles_agree_with_their_steps(catalogue: Catalogue) -> None:
    """A step ends at a value on file; its peak is the highest value before it."""
    for economy in EVERYONE:
        for move in economy_moves.choose(catalogue, economy):
            assert move.period > move.old_period
            rows = catalogue.series(move.item.id)
            own = rows[(rows["entity_id"] == economy) & (rows["period"] == move.period)]
            assert own["value"].iloc[0] == move.new
            rows = usable(rows)
            rows = rows[(rows["entity_id"] == economy) & (rows["period"] < move.old_period)]
            top = rows["value"].max() if len(rows) else None
            if move.peak_period:
                assert move.peak == top
                assert move.peak > max(move.old, move.new)
            elif top is not None and not pd.isna(top):
                assert top <= max(move.old, move.new)


def test_pairs_are_never_joined(catalogue: Catalogue) -> None:
    for economy in EVERYONE:
        pair = economy_moves.pair_of(catalogue, economy)
        if pair is not None:
            assert pair.first.id != pair.second.id
            assert pair.ratio >= 1.05


def test_policies_are_newest_first_with_what_is_ahead(db: Database) -> None:
    rows = economy_policy.ordered(queries.policies(db, None, "KOR"))
    years = [row["date"][:4] for row in rows if isinstance(row["date"], str)]
    assert years == sorted(years, reverse=True)
    assert any(economy_policy.is_ahead(row, dt.date(2020, 1, 1)) for row in rows)


@pytest.mark.parametrize(
    ("lang", "period", "shown"),
    [("en", "2026-03-26", "26 Mar"), ("ja", "2026-03-26", "3月26日"), ("ko", "2026-03", "3월"),
     ("zh-Hans", "2026", ""), ("en", "2026-Q1", "Q1")],
)  # fmt: skip
def test_day_without_its_year(lang: str, period: str, shown: str) -> None:
    assert economy_policy.day_in_year(period, translator(lang)) == shown
