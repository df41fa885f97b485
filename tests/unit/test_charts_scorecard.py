"""Marks of the scorecard: what they draw, and what they say to who does not see them."""

from __future__ import annotations

import re

import pytest

from observatory.charts.palette import palette
from observatory.charts.svg.scorecard import (
    Part,
    RankInterval,
    RankMark,
    chance,
    rank_mark,
    rank_scale,
    score_bar,
)
from observatory.i18n import LANGUAGES, translator

CSS = palette("css")
T = translator("en")
ROW = RankInterval("KOR", 2, 1, 3, 1, 5, "South Korea")


def widths(markup: str) -> list[float]:
    return [float(found) for found in re.findall(r'<rect [^>]*width="([\d.]+)"', markup)]


def test_a_rank_speaks_with_its_interval_and_chances() -> None:
    drawn = rank_mark(RankMark(ROW, (0.2, 0.6, 0.19, 0.0, 0.005)), CSS, T)
    assert "South Korea: rank 2; 1 to 3 in 90 % of draws; 1 to 5 in all" in drawn
    said = re.findall(r"<title>(.*?)</title>", drawn.replace("\N{NO-BREAK SPACE}", " "))
    assert [text for text in said if text.startswith("rank ")] == [
        "rank 1: 20 % of draws", "rank 2: 60 % of draws", "rank 3: 19 % of draws",
    ]  # fmt: skip
    # Three bars and the band; ranks drawn in fewer than one of a hundred have no bar.
    assert len(widths(drawn)) == 4


def test_bars_are_as_tall_as_their_chance() -> None:
    drawn = rank_mark(RankMark(ROW, (0.25, 0.5, 0.25, 0, 0)), CSS, T, height=40)
    tall = [float(h) for h in re.findall(r'<g><title>.*?<rect [^>]*height="([\d.]+)"', drawn)]
    assert tall == [5, 10, 5]


@pytest.mark.parametrize("ranks", [1, 2, 13, 20])
def test_marks_and_scale_stand_over_one_another(ranks: int) -> None:
    shares = (1.0, *([0.0] * (ranks - 1)))
    one = RankInterval("SGP", 1, 1, 1, 1, 1)
    mark, scale = rank_mark(RankMark(one, shares), CSS, T), rank_scale(ranks, CSS, T)
    hairs = re.findall(r'<line x1="([\d.]+)" y1="0"', mark)
    labels = re.findall(r'<text x="([\d.]+)"', scale)
    assert len(hairs) == ranks
    assert set(labels) <= set(hairs)
    # Twenty numbers would touch; every fifth is left.
    assert len(labels) == (5 if ranks == 20 else ranks)


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0 %"), (0.0005, "under 1 %"), (0.3, "30 %"), (0.9990, "over 99 %"), (1, "100 %")],
)
def test_chances_are_never_surer_than_they_are(share: float, said: str) -> None:
    assert chance(share, T).replace("\N{NO-BREAK SPACE}", " ") == said


def test_pieces_are_as_wide_as_their_points() -> None:
    parts = [
        Part("models", "Models", 30),
        Part("talent", "Talent", 0),
        Part("capital", "Capital", 20),
    ]
    drawn = score_bar(parts, CSS, T, name="50 points", width=200, full=50)
    assert widths(drawn) == [119, 79]
    assert "Models: 30.0 points" in drawn
    assert "Talent" not in drawn


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_names_of_things_cannot_break_out(lang: str) -> None:
    row = RankInterval("KOR", 2, 1, 3, 1, 5, "<b>&")
    drawn = rank_mark(RankMark(row, (0.5, 0.5)), CSS, translator(lang))
    drawn += score_bar([Part("models", "<i>", 5)], CSS, translator(lang), name="<u>")
    assert "<b>" not in drawn
    assert "<i>" not in drawn
    assert "<u>" not in drawn
