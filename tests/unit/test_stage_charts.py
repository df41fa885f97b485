"""Charts planned for a stage, and Plotly figures drawn without a browser."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree

import pandas as pd
import plotly.graph_objects as go
import pytest

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, svg
from observatory.cards.page_view import PageView, Part
from observatory.charts.figure_svg import Undrawable, figure_svg
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.charts.room import KEY, STAGE, room, within
from observatory.charts.svg.bars import BarSpec, bars
from observatory.charts.svg.flows import FlowSpec, flows
from observatory.charts.svg.lines import lines
from observatory.i18n import translator
from observatory.views import slides, stories

T = translator("en")
FRAME = pd.DataFrame(
    {
        "entity_id": ["KOR", "KOR", "KOR", "JPN", "JPN"],
        "period": ["2023", "2024", "2025", "2024", "2025"],
        "value": [1.0, 4.0, 9.0, 2.0, 3.0],
        "row_id": ["o1aaaaa", "o2aaaaa", "o3aaaaa", "o4aaaaa", "o5aaaaa"],
    }
)
EVENTS = pd.DataFrame({"period": ["2024-05-01"], "label": ["A law"], "kind": ["policy"]})


def test_a_list_of_tall_entries_shows_its_table_from_afar() -> None:
    """Twenty entries of half a screen each left a slide without any."""
    rows = CardTable(FRAME, (Column("value", "Value", "right"),))
    body = h("ol", h("li", "one"), h("li", "two"), data_slide="table")
    (found,) = slides.faces(Card("c", "Differences", body=body, table=rows), T)
    assert "<table" in found.body.html


def _box(drawing: str) -> tuple[float, float]:
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    assert found is not None
    return float(found[1]), float(found[2])


def test_a_chart_takes_the_room_of_the_stage_and_leaves_the_key_of_events_to_the_slide() -> None:
    plain = lines(FRAME, LineSpec(subjects=("KOR",)), palette("css"), T, EVENTS)
    with within(STAGE):
        staged = lines(FRAME, LineSpec(subjects=("KOR",)), palette("css"), T, EVENTS)
    assert _box(plain)[0] == 402
    assert _box(staged) == (STAGE.width, STAGE.height - KEY)
    assert any("A law" in text for text in _texts(plain))
    assert not any("A law" in text for text in _texts(staged))
    assert "1" in _texts(staged)
    assert room() is None


def test_rows_stand_as_close_as_the_room_asks_but_not_closer_than_type() -> None:
    frame = pd.DataFrame({"entity_id": [f"E{n}" for n in range(13)], "value": range(1, 14),
                          "native": ["本"] * 13})  # fmt: skip
    with within(STAGE):
        few = bars(frame, BarSpec(most=8), palette("css"), T)
        all_ = bars(frame, BarSpec(most=13), palette("css"), T)
    assert _box(few)[1] <= STAGE.height + 1
    assert _box(all_)[1] <= 13 * 20 + 30
    assert "本" not in few


def _texts(drawing: str) -> list[str]:
    root = ElementTree.fromstring(drawing)  # noqa: S314 - our own drawing
    return [node.text or "" for node in root.iter() if node.tag.endswith("text")]


def test_a_figure_as_a_drawing_says_what_the_figure_says() -> None:
    from observatory.charts.figures.time import time_lines

    for log in (False, True):
        figure = time_lines(
            FRAME, LineSpec(subjects=("KOR",), log=log), palette("light"), T, EVENTS
        )
        drawing = figure_svg(figure, 402, name="Lines")
        said = _texts(drawing)
        layout = figure.to_plotly_json()["layout"]
        for note in layout["annotations"]:
            plain = re.sub(r"<[^>]+>", "", note["text"])
            assert plain in said
        for label in (*layout["xaxis"]["ticktext"], *layout["yaxis"]["ticktext"]):
            assert label in said
        assert _box(drawing) == (402, layout["height"])


def test_lines_stand_where_the_values_are() -> None:
    from observatory.charts.figures.time import time_lines

    figure = time_lines(FRAME, LineSpec(subjects=("KOR",)), palette("light"), T)
    root = ElementTree.fromstring(figure_svg(figure, 402))  # noqa: S314 - our own drawing
    dots = [node for node in root.iter() if node.tag.endswith("circle")]
    own = [(float(d.get("cx", 0)), float(d.get("cy", 0))) for d in dots][-3:]
    assert own == sorted(own)
    heights = [y for _, y in own]
    assert heights == sorted(heights, reverse=True)
    # 1, 4, 9: the second step is 5/3 of the first.
    assert (heights[1] - heights[2]) / (heights[0] - heights[1]) == pytest.approx(5 / 3, rel=0.02)


def test_bars_and_flows_are_drawn_too() -> None:
    from observatory.charts.figures.columns import time_bars

    drawn = figure_svg(time_bars(FRAME, LineSpec(subjects=("KOR",)), palette("light"), T), 402)
    assert {"1", "4", "9"} <= set(_texts(drawn))
    money = pd.DataFrame({"payer": ["USA", "USA"], "receiver": ["JPN", "KOR"], "value": [2.0, 1.0],
                          "payer_label": ["US", "US"], "receiver_label": ["Japan", "Korea"]})  # fmt: skip
    for width in (690.0, 358.0):
        said = _texts(flows(money, FlowSpec(width=width), palette("light"), T))
        assert said.count("Japan") == said.count("Korea") == said.count("US") == 1


def test_names_of_a_flow_stand_beside_its_bands() -> None:
    ends = [(f"P{i}", f"R{i}") for i in range(12)]
    money = pd.DataFrame({"payer": [p for p, _ in ends], "receiver": [r for _, r in ends],
                          "value": [100.0, *[2.0] * 11]})  # fmt: skip
    for width in (1280.0, 358.0):
        root = ElementTree.fromstring(flows(money, FlowSpec(width=width), palette("light"), T))  # noqa: S314
        named = [
            node
            for node in root.iter()
            if node.tag.endswith("text") and (node.text or "")[0] in "PR"
        ]
        bars = [float(node.get("x", 0)) for node in root.iter() if node.tag.endswith("rect")]
        first, last = min(bars), max(bars) + 13
        assert len(named) == 24
        assert all(not first < float(node.get("x", 0)) < last for node in named)
        for side in ("P", "R"):
            heights = sorted(float(n.get("y", 0)) for n in named if (n.text or "").startswith(side))
            assert min(b - a for a, b in itertools.pairwise(heights)) >= 14


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(Undrawable):
        figure_svg(go.Figure(go.Pie(values=[1, 2])), 400)


def _many(*drawn: tuple[str, str]) -> Card:
    panels = [h("div", h("h4", name), svg(drawing)) for name, drawing in drawn]
    return Card("many", "Finding", body=h("div", *panels))


def test_several_charts_take_a_slide_each_under_their_names() -> None:
    with within(STAGE):
        drawing = lines(FRAME, LineSpec(subjects=("KOR",)), palette("css"), T)
    found = slides.faces(_many(("Models", drawing), ("Compute", drawing)), T)
    assert [one.sub for one in found] == ["Models", "Compute"]
    assert all(one.body.html.count("data-svg") == 1 for one in found)
    assert len(slides.faces(_many(("Models", drawing)), T)) == 1


def test_a_drawing_for_phones_makes_no_second_slide() -> None:
    with within(STAGE):
        drawing = svg(lines(FRAME, LineSpec(subjects=("KOR",)), palette("css"), T)).html
    twins = drawing.replace('class="obs-svg', 'class="obs-svg p-wide', 1) + drawing.replace(
        'class="obs-svg', 'class="obs-svg p-narrow', 1
    )
    found = slides.faces(Card("c", "Finding", body=Safe(twins)), T)
    assert [one.body.html.count("data-svg") for one in found] == [1]


def test_a_ranked_list_goes_on_under_its_head_and_tier() -> None:
    rows = [f'<div class="s-row" role="row"><div>{n}</div></div>' for n in range(13)]
    tiers = ['<div class="s-tier">Tier 1</div>', '<div class="s-tier">Tier 2</div>']
    body = ('<p>Before</p><div class="s-table" role="table"><div class="s-row s-head">Head</div>'
            + tiers[0] + "".join(rows[:5]) + tiers[1] + "".join(rows[5:]) + "</div><p>After</p>")  # fmt: skip
    found = [one.body.html for one in slides.faces(Card("ranks", "Order", body=Safe(body)), T)]
    assert all(part.count("Head") == 1 and part.endswith("</div>") for part in found)
    assert [sum(row in part for row in rows) for part in found] == [5, 5, 3]
    assert ["Tier 1" in part for part in found] == [True, False, False]
    assert ["Tier 2" in part for part in found] == [False, True, True]


def _page(slug: str, query: object) -> PageView:
    if slug == "models":
        raise RuntimeError("this page fails")
    full = pd.DataFrame({"a": [1]})
    from observatory.cards.card_model import CardTable, Column

    def card(name: str, frame: pd.DataFrame) -> Part:
        return Part(
            "card",
            card=Card(name, name, body="<svg/>", table=CardTable(frame, (Column("a", "A"),))),
        )

    parts = tuple(
        card(name, full) for name in ("tiles", "trend-a", "trend-b", "ranks", "scorecard")
    )
    return PageView(
        slug, f"/{slug}", {}, "en", "light", "b", None, (*parts, card("language", full.iloc[:0]))
    )


def test_ready_made_stories_take_what_is_there_each_once() -> None:
    for ready in stories.READY:
        made = stories.compute(ready, {"lang": "en", "build": "b"}, "SGP", _page, T)
        assert len(made.slides) <= ready.most
        assert len({(s.page, s.card) for s in made.slides}) == len(made.slides)
        assert all(slide.query["build"] == "b" for slide in made.slides)
        assert not any(slide.page == "models" or slide.card == "language" for slide in made.slides)
    economy = stories.find("economy")
    assert economy is not None
    made = stories.compute(economy, {"lang": "en"}, "SGP", _page, T)
    assert [slide.card for slide in made.slides] == ["scorecard", "trend-a", "trend-b"]
    assert {slide.query["economy"] for slide in made.slides} == {"SGP"}
