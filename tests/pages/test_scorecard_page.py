"""The scorecard page: groups, languages, days, odd links, controls."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from observatory.model.scope import COMPARATORS, SCOPE
from tests.pages.opened import INFINITE, no_slip, open_page, sound, unpacked, words

EVERYONE = SCOPE + COMPARATORS
ZERO = "models:0,compute:0,capital:0,adoption:0,research:0,talent:0,governance:0"


def complete(app: AppTest, foot: bool = True) -> str:
    shown = unpacked(sound(app))
    no_slip(words(shown))
    assert not INFINITE.search(words(shown))
    assert ('class="obs-foot"' in shown) is foot
    return shown


# The page ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"lang": "ja", "economies": "asean6"},
        {"lang": "zh-Hans", "per": "population", "agg": "geometric"},
        {"lang": "zh-Hant", "economies": ",".join(EVERYONE), "norm": "percentile"},
        {"lang": "ko", "preset": "sovereignty", "noise": "weights"},
        {"economies": "KOR"},
        {"economies": "KOR,USA"},
        {"as_of": "2020-01-01"},
        {"as_of": "2026-08-01", "economies": "east-asia"},
        {"w": ZERO},
        {"w": "talent:100,authors_icml:0", "norm": "leader"},
        {"period": "2019..2022"},
    ],
    ids=str,
)
def test_the_page_is_complete(query: dict[str, str]) -> None:
    shown = complete(open_page("scorecard", **query))
    assert shown.count("<h1") == 1
    assert "s-steps" in shown
    assert "s-top" in shown


def test_ranks_tiers_seed_and_ways_in() -> None:
    shown = complete(open_page("scorecard", lang="en"))
    said = words(shown)
    assert re.search(r"\w+ (?:\w+ )?ranks first in \d+ of 100 draws", said)
    assert "Tier 1" in said
    assert "Seed 20261122, 2,000 draws" in said
    for economy in SCOPE:
        assert f"economy={economy}" in shown
        assert f'data-card="score-{economy}"' in shown
    assert 'href="/scorecard"' in shown


def test_odd_links_are_told_and_do_not_break() -> None:
    shown = words(
        complete(
            open_page("scorecard", lang="en", w="nobody:3,talent:30", norm="sum", preset="<b>")
        )
    )
    assert shown.count("in the link could not be used") == 3
    assert "1 weight changed" in shown


def test_nothing_to_weigh_is_said_politely() -> None:
    shown = words(complete(open_page("scorecard", lang="en", w=ZERO)))
    assert "Every weight is zero" in shown
    assert "Nothing to weigh" in shown
    assert "Tier 1" not in shown


def test_too_few_to_rank() -> None:
    shown = words(complete(open_page("scorecard", lang="en", economies="KOR,JPN,CHN,SGP")))
    assert "Scores of 4 economies, too few to rank" in shown
    assert "Ranks need at least 5 economies with enough measures; here are 4." in shown
    assert "Tier 1" not in shown
    assert "90 % interval" not in shown
    one = words(complete(open_page("scorecard", lang="en", economies="SGP")))
    assert re.search(r"Singapore scores \d+ of 100 points", one)


def test_an_early_day_ranks_nobody() -> None:
    shown = words(complete(open_page("scorecard", lang="en", as_of="2020-01-01")))
    assert "No economy has enough measures for a score" in shown
    assert (
        shown.count("below the 70 % asked for") + shown.count("No weighted measure has a value")
        == 13
    )


def test_controls_show_what_the_link_says() -> None:
    app = open_page(
        "scorecard",
        lang="en",
        w="talent:30,papers_icml:0",
        norm="leader",
        agg="geometric",
        noise="weights",
    )
    shown = words(complete(app))
    assert app.slider(key="score-w-talent").value == 30
    assert app.slider(key="score-w-models").value == 20
    assert app.selectbox(key="score-norm").value == "leader"
    assert "25 %" in shown
    assert "2 weights changed" in shown
    assert "29 weighted measures" in shown
    assert "points by distance to the leader" in shown
    assert "had others weighted a little differently" in shown
    # Sliders of measures are drawn only where their fold is open.
    assert not [one for one in app.slider if str(one.key).startswith("score-m-")]


def test_a_heavy_pillar_without_values_costs_the_rank_and_says_so() -> None:
    heavy = "models:80,compute:5,capital:3,adoption:3,research:3,talent:3,governance:3"
    shown = words(complete(open_page("scorecard", lang="en", w=heavy)))
    # Malaysia and Thailand, once 5th and 6th on a fifth of the weight.
    for share in (16, 19):
        assert f"Values for {share} % of the weight, below the 50 % asked for." in shown
    assert "Listed, not ranked" in shown
