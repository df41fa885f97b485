"""What single charts promise: receipts, part-years, hatched tiles, ranks, stages, words."""

from __future__ import annotations

import pandas as pd
import pytest

from observatory.charts import describe
from observatory.charts.figures.columns import rank_bars, time_bars
from observatory.charts.figures.points import PointSpec, money_dots
from observatory.charts.figures.time import time_lines
from observatory.charts.measure import Measure
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec, Note
from observatory.charts.svg.bars import BarSpec, Part, bars, strip
from observatory.charts.svg.columns import columns
from observatory.charts.svg.lines import lines
from observatory.charts.svg.small import SparkSpec, StripSpec, dot_strip, sparkline
from observatory.charts.svg.stages import STAGES, stage_progress, stage_shape, stage_word
from observatory.charts.svg.tiles import TileSpec, tile_map
from observatory.charts.svg.tracks import TrackSpec, ipo_tracks
from observatory.i18n import translator

T = translator("en")
CSS, LIGHT = palette("css"), palette("light")
PCT = Measure("Users", "percent", "%")
COUNT = Measure("Models", "count", "models")


def observations(values: dict[str, list[float | None]], start: int = 2022) -> pd.DataFrame:
    names = {"KOR": "South Korea", "JPN": "Japan", "HKG": "Hong Kong"}
    return pd.DataFrame(
        [
            {
                "entity_id": entity, "period": str(start + i), "value": value,
                "label": names.get(entity, entity), "row_id": f"o{entity}{start + i}",
                "status": "reported",
            }
            for entity, series in values.items()
            for i, value in enumerate(series)
        ]
    )  # fmt: skip


def test_a_part_year_never_ends_a_sparkline() -> None:
    frame = observations({"KOR": [1, 2, 3, 1]}).assign(partial_to=["", "", "", "2025-07-15"])
    drawn = sparkline(frame, SparkSpec(measure=COUNT, subject="KOR"), CSS, T)
    assert 'data-receipt="oKOR2024"' in drawn
    assert "oKOR2025" not in drawn


def test_one_edition_becomes_a_dot_strip() -> None:
    frame = observations({"KOR": [1], "JPN": [4]})
    drawn = sparkline(frame, SparkSpec(measure=COUNT, subject="KOR"), CSS, T)
    assert drawn.count("<circle") == 2
    assert "<path" not in drawn


def test_a_dot_strip_prints_the_rank_among_those_with_a_value() -> None:
    frame = pd.DataFrame({"entity_id": ["KOR", "JPN", "HKG", "CHN"], "value": [5, 9, None, 1]})
    spec = StripSpec(measure=COUNT, subjects=("KOR",), rank=True)
    drawn = dot_strip(frame, spec, CSS, T)
    assert ">2nd<" in drawn
    assert "> of 3<" in drawn
    assert drawn.count("<circle") == 3
    assert "3中2位" in dot_strip(frame, spec, CSS, translator("ja"))


def test_zero_on_a_log_strip_is_hollow_not_dropped() -> None:
    frame = pd.DataFrame({"entity_id": ["KOR", "JPN", "CHN"], "value": [0, 9, 100]})
    drawn = dot_strip(frame, StripSpec(measure=COUNT, log=True), CSS, T)
    assert drawn.count("<circle") == 3
    assert 'fill="var(--bg)"' in drawn


def tiles(**more: object) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "entity_id": ["KOR", "JPN", "HKG"],
            "label": ["South Korea", "Japan", "Hong Kong"],
            "map_row": [1, 1, 2],
            "map_col": [4, 5, 3],
            "value": [37.1, 22.5, None],
            "row_id": ["o1", "o2", None],
            "change": ["+11.2", "+5.8", None],
            "href": ["/economy?economy=KOR", "/economy?economy=JPN", ""],
        }
    )
    return frame.assign(**more)


def test_a_tile_opens_its_receipt_and_its_page() -> None:
    drawn = tile_map(tiles(), TileSpec(measure=PCT), CSS, T)
    assert 'data-receipt="o1" role="button" tabindex="0"' in drawn
    assert 'href="/economy?economy=KOR"' in drawn
    assert "+11.2" in drawn
    assert 'role="group"' in drawn.split(">")[0]


def test_a_tile_without_a_value_is_hatched_and_says_so() -> None:
    drawn = tile_map(tiles(), TileSpec(measure=PCT, absent="not in the source"), CSS, T)
    assert "<pattern" in drawn
    assert "url(#" in drawn
    assert "Hong Kong: not in the source" in drawn
    assert "No value for Hong Kong." in drawn


def test_a_narrow_tile_map_carries_codes() -> None:
    drawn = tile_map(tiles(), TileSpec(measure=PCT, width=358), CSS, T)
    assert ">KOR<" in drawn
    assert ">South Korea<" not in drawn.replace("<title>South Korea<", "")
    assert "+11.2</text>" not in drawn


def test_a_missing_bar_is_words() -> None:
    frame = pd.DataFrame({"entity_id": ["KOR", "HKG"], "value": [3, None], "label": ["K", "H"]})
    drawn = bars(frame, BarSpec(measure=COUNT, subjects=("KOR",)), CSS, T)
    assert "H: not on file" in drawn
    assert drawn.count('rx="1"') == 1


def test_bars_beyond_the_limit_are_counted() -> None:
    frame = pd.DataFrame({"entity_id": [f"E{i}" for i in range(9)], "value": range(9)})
    assert "4 more not drawn" in bars(frame, BarSpec(most=5), CSS, T)
    assert "4 more not drawn" in str(rank_bars(frame, BarSpec(most=5), LIGHT, T))


def test_the_united_states_are_grey_as_a_bar() -> None:
    frame = pd.DataFrame({"entity_id": ["USA"], "value": [3]})
    assert 'fill="var(--ctx2)"' in bars(frame, BarSpec(), CSS, T)


def test_a_part_year_bar_is_hollow_and_dated() -> None:
    frame = observations({"KOR": [1, 2, None, 4, 1]}).assign(
        partial_to=["", "", "", "", "2026-07-15"]
    )
    drawn = columns(frame, LineSpec(measure=COUNT, subjects=("KOR",)), CSS, T)
    assert "to 15 Jul 2026" in drawn
    assert 'stroke-dasharray="3 2"' in drawn
    assert ">n/a<" in drawn
    figure = time_bars(frame, LineSpec(measure=COUNT, subjects=("KOR",)), LIGHT, T)
    assert "to 15 Jul 2026" in str(figure)
    assert figure.layout.shapes[0].line.dash == "3px,2px"
    assert list(figure.data[0].customdata)[-1] == "oKOR2026"


def test_estimates_are_dashed_only_beside_other_values() -> None:
    frame = observations({"KOR": [1, 2, 3], "JPN": [3, 4, 5]})
    mixed = frame.assign(status=["reported"] * 3 + ["estimate"] * 3)
    spec = LineSpec(measure=COUNT, subjects=("KOR", "JPN"))
    assert 'stroke-dasharray="5 3"' in lines(mixed, spec, CSS, T)
    assert 'stroke-dasharray="5 3"' not in lines(frame.assign(status="estimate"), spec, CSS, T)


def test_loose_series_are_marks_without_a_line() -> None:
    frame = observations({"KOR": [1, 2, 3, 4]}).assign(series_id=["a", "a", "b", "b"])
    spec = LineSpec(measure=COUNT, subjects=("KOR",), loose=("KOR|b",))
    figure = time_lines(frame, spec, LIGHT, T)
    modes = [(trace.mode, trace.marker.symbol) for trace in figure.data]
    assert modes == [("lines", None), ("markers", "square"), ("markers", "circle")]
    assert lines(frame, spec, CSS, T).count('stroke-width="2.6"') == 1


def test_events_notes_and_receipts_of_a_line_chart() -> None:
    frame = observations({"KOR": [1, 2, 3], "JPN": [3, 4, 5]})
    events = pd.DataFrame({"period": ["2023-05"], "label": ["A & B"], "row_id": ["p1"]})
    spec = LineSpec(
        measure=COUNT, subjects=("KOR",), notes=(Note("2023", 2, "Peak", "two models"),)
    )
    drawn = lines(frame, spec, CSS, T, events)
    assert "A &amp; B, May 2023" in drawn
    assert 'data-receipt="p1"' in drawn
    assert ">Peak<" in drawn
    assert ">South Korea 3<" in drawn
    figure = time_lines(frame, spec, LIGHT, T, events)
    assert figure.layout.meta["events"] == [[1, "A & B", "p1"]]
    subject = [trace for trace in figure.data if trace.name == "South Korea"][-1]
    assert list(subject.customdata) == ["oKOR2022", "oKOR2023", "oKOR2024"]
    assert "South Korea · 3" in subject.hovertext[-1]
    assert subject.hovertext[-1].endswith("· 2024 · Reported")


def test_the_slide_variant_is_larger() -> None:
    frame = observations({"KOR": [1, 2, 3], "JPN": [3, 4, 5]})
    spec = LineSpec(measure=COUNT, subjects=("KOR",), size="slide", width=1152, height=436)
    figure = time_lines(frame, spec, LIGHT, T)
    assert all(note.font.size >= 20 for note in figure.layout.annotations)
    assert figure.layout.xaxis.tickfont.size >= 20
    assert 'stroke-width="6"' in lines(frame, spec, CSS, T)


def test_money_without_an_amount_is_a_cross_not_a_zero() -> None:
    frame = pd.DataFrame(
        {
            "period": ["2024-05", "2025-03", "2025-06"], "value": [1e8, None, 5e9],
            "label": ["A", "B", "B"], "kind": ["round", "round", "valuation"],
            "row_id": ["d1", "d2", "d3"],
        }
    )  # fmt: skip
    spec = PointSpec(measure=Measure("Raised", "USD", "US$", 1, "USD"), stems=True)
    figure = money_dots(frame, spec, LIGHT, T)
    crosses = [trace for trace in figure.data if trace.marker.symbol == "x-thin"]
    assert list(crosses[0].customdata) == ["d2"]
    assert "amount not on file" in crosses[0].hovertext[0]
    dots = next(trace for trace in figure.data if trace.customdata is not None)
    assert list(dots.marker.symbol) == ["circle", "diamond"]


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_a_shape_of_its_own(stage: str) -> None:
    drawn = stage_shape(stage, 7, 7, "#111111", "#FFFFFF")
    others = {stage_shape(other, 7, 7, "#111111", "#FFFFFF") for other in STAGES if other != stage}
    assert drawn not in others
    progress = stage_progress(stage, CSS, T, "KOR", reached="filed")
    assert stage_word(stage, T) in progress
    assert progress.count('rx="1"') >= 6


def test_tracks_tell_where_an_attempt_stands() -> None:
    frame = pd.DataFrame(
        {
            "track_id": ["a", "a", "a", "b"], "label": ["Moore", "Moore", "Moore", "Deep"],
            "stage": ["filed", "listed", "priced", "rumoured"],
            "period": ["2025-06-30", "2025-12-05", "2025-12", "2026-09-10"],
            "economy_id": "CHN", "row_id": ["i1", "i2", "i3", "i4"], "status": "official",
        }
    )  # fmt: skip
    drawn = ipo_tracks(frame, TrackSpec(as_of="2026-11-21"), CSS, T)
    # Priced some day in December cannot come after the listing of the 5th.
    assert "Moore: Listed, 5 Dec 2025" in drawn
    assert drawn.count('stroke-dasharray="1.5 4"') == 1
    assert "today" in drawn
    assert "Moore: Listed" in ipo_tracks(frame, TrackSpec("2026-11-21", width=358), CSS, T)


def test_a_strip_of_parts_adds_up_to_its_width() -> None:
    parts = [Part("Japan", 3, "#111111", "#FFFFFF", "JPN"), Part("Korea", 1, "#222222")]
    drawn = strip(parts, LIGHT, T, width=400)
    assert 'width="299"' in drawn
    assert ">JPN<" in drawn
    assert strip([], LIGHT, T)


def test_descriptions_name_leaders_subjects_and_gaps() -> None:
    frame = pd.DataFrame(
        {
            "entity_id": ["KOR", "JPN", "SGP", "CHN", "IND", "HKG"],
            "label": ["South Korea", "Japan", "Singapore", "China", "India", "Hong Kong"],
            "value": [37.1, 22.5, 63.4, 16.4, 17.6, None],
        }
    )
    said = describe.describe_ranking(frame, PCT, T, ("IND",))
    assert said.startswith("Users, best first: Singapore 63.4")
    assert "India is 4th of 5" in said
    assert "No value for Hong Kong." in said
    assert "no values" in describe.describe_ranking(frame.head(0), PCT, T)


def test_a_course_says_part_years_and_disputes() -> None:
    frame = observations({"KOR": [1, 2, 3]}).assign(partial_to=["", "", "2024-07-15"])
    said = describe.describe_time(frame, COUNT, T, ("KOR",))
    assert "South Korea: 1" in said
    assert "2024 counts to 15 Jul 2024 only" in said
    rivals = pd.concat([frame.head(2), frame.head(1).assign(value=7.0)]).assign(is_headline=False)
    assert "Sources differ for 2022." in describe.describe_time(rivals, COUNT, T, ("KOR",))
    assert "カウント" not in describe.describe_time(frame, COUNT, translator("ja"), ("KOR",))


def test_other_descriptions() -> None:
    events = pd.DataFrame({"period": ["2025", "2026-05"], "label": ["old", "new"]})
    assert describe.describe_events(events, T) == "Newest first: May 2026 new and 2025 old."
    tracks = pd.DataFrame(
        {"track_id": ["a", "b"], "stage": ["listed", "filed"], "period": ["2025", "2026"]}
    )
    assert describe.describe_tracks(tracks, T).startswith("2 listing attempts")


def test_a_break_parts_the_line_and_is_marked() -> None:
    frame = pd.DataFrame(
        {
            "entity_id": "HKG",
            "period": ["2015", "2016", "2017", "2018"],
            "value": [1.0, 2.0, 90.0, 91.0],
            "breaks": [False, False, True, False],
        }
    )
    spec = LineSpec(subjects=("HKG",), key=False)
    whole = lines(frame.drop(columns="breaks"), spec, CSS, T)
    parted = lines(frame, spec, CSS, T)
    assert whole.count("<path") == 1
    assert parted.count("<path") == 2
    assert "From 2017 on not comparable with earlier values" in parted
    assert "not comparable" not in whole
    figure = time_lines(frame, spec, LIGHT, T)
    assert [note.text for note in figure.layout.annotations].count("<b>//</b>") == 1
    assert None in figure.data[0].y


def test_every_value_answers_where_asked() -> None:
    frame = pd.DataFrame(
        {
            "entity_id": ["KOR"] * 3 + ["JPN"] * 3,
            "period": ["2022", "2023", "2024"] * 2,
            "value": [1, 2, 3, 4, 5, 6],
            "row_id": [f"o{i}" for i in range(6)],
        }
    )
    spec = LineSpec(subjects=("KOR",), hits=True)
    drawn = lines(frame, spec, CSS, T)
    assert all(f'data-receipt="o{i}"' in drawn for i in range(6))
    assert 'data-receipt="o4"' not in lines(frame, LineSpec(subjects=("KOR",)), CSS, T)
