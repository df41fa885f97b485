"""The economy profile: every economy, early days of knowledge, languages, and its sentences."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from observatory.cards.card_model import Card
from observatory.cards.filters import Filters
from observatory.db import queries
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.ui import pickers
from observatory.views import (
    economy_moves,
    economy_policy,
    economy_standing,
    economy_words,
)
from observatory.views.measures import Catalogue

ROOT = Path(__file__).resolve().parents[2]
EVERYONE = SCOPE + COMPARATORS
TODAY = dt.date(2026, 11, 21)
CARDS = set(
    "scorecard strengths policy companies listings deals systems boards language models clusters sources".split()
)
"""Cards of every profile; trends and claims depend on what is on file."""
# A missing value that reached the reader as a word of the machine's.
SLIP = re.compile(r"(?<![\w-])(nan|None|NaT|<NA>|&lt;NA&gt;)(?![\w-])")


def field_of(catalogue: Catalogue, economy: str) -> economy_standing.Field:
    return economy_standing.field_of(catalogue, economy_standing.members_of(economy, SCOPE))


def place_of(catalogue: Catalogue, economy: str) -> economy_standing.Standing:
    return economy_standing.standing(catalogue, economy, field_of(catalogue, economy))


def words(markup: str) -> str:
    return re.sub(r"<[^>]+>", " ", markup)


def open_page(economy: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["economy"] = economy
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page("pages/economy.py")
    return app.run()


def text_of(app: AppTest) -> str:
    parts = [str(element.proto.body) for element in app.get("html")]
    return words(" ".join(part for part in parts if not part.startswith("<style>")))


@pytest.mark.parametrize("economy", EVERYONE)
def test_page_runs_for_every_economy_and_no_card_is_blank(db: Database, economy: str) -> None:
    app = open_page(economy)
    shown = text_of(app)
    assert not app.exception
    assert "could not be drawn" not in shown
    assert not SLIP.search(shown), SLIP.search(shown)
    assert queries.economies(db).set_index("economy_id").loc[economy, "name_en"] in shown
    assert "What this page does not know" in shown
    cards: dict[str, Card] = app.session_state["obs.cards"]
    assert set(cards) >= CARDS
    for card in cards.values():
        assert card.title, card.id
        assert not SLIP.search(card.title + card.subtitle), card.title
        assert card.body is not None if card.empty is None else card.empty.reason, card.id


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "ja", "ko"])
def test_page_runs_in_every_language(db: Database, lang: str) -> None:
    app = open_page("JPN", lang=lang)
    assert not app.exception
    assert not SLIP.search(text_of(app))


@pytest.mark.parametrize(
    ("economy", "day"),
    [("KOR", "2005-01-01"), ("KOR", "2016-01-01"), ("KOR", "2024-06-01"), ("KOR", "2026-03-01"),
     ("PHL", "2016-01-01"), ("PHL", "2024-06-01"), ("ISR", "2005-01-01"), ("ISR", "2026-03-01")],
)  # fmt: skip
def test_page_runs_as_known_on_an_earlier_day(db: Database, economy: str, day: str) -> None:
    app = open_page(economy, as_of=day)
    shown = text_of(app)
    assert not app.exception
    assert "could not be drawn" not in shown
    assert not SLIP.search(shown), SLIP.search(shown)


@pytest.mark.parametrize("value", ["XXX", "'; drop", "k" * 5000])
def test_bad_economy_gives_a_note_and_a_page(db: Database, value: str) -> None:
    app = open_page(value)
    assert not app.exception
    assert "no economy we know" in text_of(app)


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


@pytest.mark.parametrize(
    "query",
    [{"economies": "asean6"}, {"economies": ",".join(EVERYONE)}, {"economies": "KOR,USA"}, {"events": "0"},
     {"currency": "USD", "period": "2020..2023"}],
)  # fmt: skip
def test_page_runs_with_other_peers_and_choices(db: Database, query: dict[str, str]) -> None:
    app = open_page("SGP", **query)
    shown = text_of(app)
    assert not app.exception
    assert "could not be drawn" not in shown
    assert not SLIP.search(shown), SLIP.search(shown)


def test_ranks_follow_the_rules(catalogue: Catalogue) -> None:
    for economy in EVERYONE:
        place = place_of(catalogue, economy)
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
    for economy in EVERYONE:
        for move in economy_moves.choose(catalogue, economy):
            assert move.period > move.old_period
            rows = catalogue.series(move.item.id)
            own = rows[(rows["entity_id"] == economy) & (rows["period"] == move.period)]
            assert own["value"].iloc[0] == move.new


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
