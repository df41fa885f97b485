"""The overview's parts without a page: periods, gaps, courses, what compares, panels and lists."""

from __future__ import annotations

import math
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from observatory.analysis import at_period, comparable
from observatory.cards.filters import Filters
from observatory.charts.measure import Measure
from observatory.charts.palette import palette
from observatory.charts.svg import elements as svg
from observatory.charts.svg.multiples import MultiplesSpec, multiples
from observatory.charts.svg.ranks import RankSpec, ranks
from observatory.charts.svg.tiles import class_breaks
from observatory.charts.text import text_width
from observatory.i18n import translator
from observatory.model.scope import MIN_RANKED, SCOPE
from observatory.ui.pick import overview as pick_overview
from observatory.ui.pick.controls import with_own

ROOT = Path(__file__).resolve().parents[2]
T = translator("en")
PCT = Measure("AI users", "percent", "%")


def rows(values: dict[str, dict[str, float]]) -> pd.DataFrame:
    """Usable rows of one measure: {economy: {year: value}}."""
    return pd.DataFrame(
        [
            {
                "entity_id": code, "period": year, "period_end": pd.Timestamp(int(year[:4]), 12, 31),
                "period_precision": "year", "span": None, "value": value, "row_id": f"o{code}{year}",
                "source_id": "s", "status": "reported",
            }
            for code, own in values.items()
            for year, value in own.items()
        ],
        columns=["entity_id", "period", "period_end", "period_precision", "span", "value", "row_id",
                 "source_id", "status"],
    )  # fmt: skip


# Periods ---------------------------------------------------------------------------------------


def test_steps_count_economies_of_the_scope_in_order_of_time() -> None:
    frame = rows({"KOR": {"2020": 1, "2022": 3}, "JPN": {"2022": 2}, "USA": {"2021": 9}})
    found = at_period.steps(frame)
    assert [(one.period, one.n) for one in found] == [("2020", 1), ("2022", 2)]
    assert at_period.steps(frame.iloc[:0]) == ()


@pytest.mark.parametrize(
    ("asked", "found"),
    [("2024-Q2", "2024-Q2"), ("2024", "2024-Q4"), ("2025", None), ("2024-Q9", None), ("", None)],
)
def test_a_year_stands_for_its_last_period(asked: str, found: str | None) -> None:
    steps = [at_period.Step(f"2024-Q{q}", "quarter", 9) for q in (1, 2, 4)]
    assert at_period.find_period(steps, asked) == found


def test_counts_are_played_through_periods_of_one_length() -> None:
    steps = [at_period.Step("2023", "year", 9), at_period.Step("2024-Q1", "quarter", 9)]
    assert [s.period for s in at_period.of_one_length(steps, "2023", flow=True)] == ["2023"]
    assert len(at_period.of_one_length(steps, "2023", flow=False)) == 2


@given(st.dictionaries(st.sampled_from(SCOPE), st.floats(-1e6, 1e6), max_size=13), st.booleans())
def test_a_section_is_sorted_best_first_and_holds_members_only(
    values: dict[str, float], better: bool
) -> None:
    frame = rows({code: {"2024": value} for code, value in values.items()})
    section = at_period.section_at(frame, "2024", better, SCOPE[:8])
    found = section.frame["value"].tolist()
    assert found == sorted(found, reverse=better)
    assert set(section.frame["entity_id"]) == set(values) & set(SCOPE[:8])
    assert section.ranked == (section.n >= MIN_RANKED)


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_a_gap_has_a_ratio_only_above_zero(value: float, other: float) -> None:
    found = at_period.gap(value, other)
    assert math.isclose(found.points, value - other, rel_tol=1e-6, abs_tol=1e-6)
    assert (found.ratio is None) == (value <= 0 or other <= 0)


def test_a_course_needs_five_that_hold_both_ends() -> None:
    five = {code: {"2020": 1.0, "2022": 2.0} for code in SCOPE[:5]}
    five[SCOPE[0]] = {"2020": 4.0, "2022": 3.0}
    five[SCOPE[5]] = {"2019": 1.0, "2022": 9.0}
    found = at_period.course(rows(five), SCOPE)
    assert found is not None
    assert (found.first, found.last, found.rose, found.fell) == ("2020", "2022", 4, 1)
    assert found.moves[-1] == (SCOPE[0], -1.0, 0.75)
    assert at_period.course(rows({code: five[code] for code in SCOPE[:4]}), SCOPE) is None


# What compares ---------------------------------------------------------------------------------


def test_measures_that_forbid_to_compare_economies_are_these() -> None:
    found = set()
    for path in (ROOT / "data" / "indicators").glob("*.yml"):
        for key, block in yaml.safe_load(path.read_text("utf-8")).items():
            if not comparable.across_economies(
                " ".join((block.get("method_caveats") or "").split())
            ):
                found.add(key)
    budgets = {key for key in found if key.startswith("gov_ai_budget")}
    assert len(budgets) == 12
    assert found - budgets == {
        "ai_adoption_companies_national",
        "ai_adoption_companies_other_survey",
        "ai_service_use_population_pct",
        "genai_users_national_survey_pct",
    }


def test_stretches_of_time_and_lengths_of_period_part_a_list() -> None:
    frame = rows({"KOR": {"2024": 1.0}, "JPN": {"2024": 2.0}})
    assert comparable.one_kind(frame, flow=True)
    assert not comparable.one_kind(frame.assign(span=["2013/2022", "2013/2023"]), flow=False)
    mixed = frame.assign(period_precision=["year", "quarter"])
    assert not comparable.one_kind(mixed, flow=True)
    assert comparable.one_kind(mixed, flow=False)


def test_who_is_counted_by_somebody_else_is_named() -> None:
    frame = rows({code: {"2024": 1.0} for code in ("KOR", "JPN", "TWN", "SGP")})
    frame["source_id"] = ["a", "a", "b", "c"]
    found = comparable.other_makers(frame, {"a": "ITU", "b": "TWNIC", "c": "ITU; World Bank"})
    assert found == {"TWN": "TWNIC"}


@pytest.mark.parametrize(
    ("sources", "named"),
    [
        ("bbaa", {"TWN": "ITU", "SGP": "ITU"}),
        ("abbb", {"KOR": "ITU"}),
        ("ba", {"JPN": "ITU"}),
        ("a", {}),
        ("bbx", {}),
        ("xxb", {"TWN": "TWNIC"}),
    ],
)  # fmt: skip
def test_the_makers_of_most_are_usual_and_an_unknown_one_is_not_named(
    sources: str, named: dict[str, str]
) -> None:
    """Of two as frequent ones the first is usual; x is a source that names no maker."""
    frame = pd.DataFrame(
        {"entity_id": ["KOR", "JPN", "TWN", "SGP"][: len(sources)], "source_id": list(sources)}
    )
    assert comparable.other_makers(frame, {"a": "ITU", "b": "TWNIC"}) == named


def test_a_stretch_of_time_that_only_some_values_name_parts_a_list() -> None:
    frame = pd.DataFrame({"span": ["2013/2022", None], "period_precision": ["year", "year"]})
    assert not comparable.one_kind(frame, flow=False)
    assert comparable.one_kind(frame.assign(span=["", None]), flow=False)


@given(st.lists(st.floats(0, 1e12), min_size=2, max_size=300))
def test_colour_limits_rise_inside_the_values(values: list[float]) -> None:
    limits = class_breaks(values)
    assert limits == sorted(set(limits))
    assert len(limits) <= 5
    assert all(min(values) < limit <= max(values) * (1 + 1e-9) for limit in limits)


def test_a_zero_does_not_push_all_others_into_one_colour() -> None:
    assert len(class_breaks([0, 17, 36, 45, 68, 77, 396, 629, 934, 1100, 1250, 1350, 17200])) >= 4


# Drawings --------------------------------------------------------------------------------------


def tags(drawn: str, name: str) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
    return [one for one in root.iter() if one.tag.rpartition("}")[2] == name]


def words(drawn: str) -> list[str]:
    return [one.text or "" for one in tags(drawn, "text")]


def series() -> pd.DataFrame:
    frame = rows(
        {
            code: {"2022": 1.0 + i, "2023": 2.0 + i, "2024": 40.0 * (i + 1)}
            for i, code in enumerate(SCOPE[:4])
        }
    )
    return frame.assign(label=frame["entity_id"], breaks=False, href="/economy?economy=KOR")


def test_each_panel_prints_its_last_value_with_the_receipt_and_its_period() -> None:
    drawn = multiples(series(), MultiplesSpec(PCT, panels=SCOPE[:4], width=358), palette("css"), T)
    said = words(drawn)
    assert [word for word in said if word in SCOPE] == list(SCOPE[:4])
    assert said.count("40\u00a0%") == 1
    assert "2024" in said
    pressed = [one.get("data-receipt") for one in tags(drawn, "g") if one.get("role") == "button"]
    assert pressed == [f"o{code}2024" for code in SCOPE[:4]]


def test_a_panel_without_a_value_says_why() -> None:
    gone = pd.DataFrame([{"entity_id": "HKG", "label": "Hong Kong", "period": "", "value": None,
                          "absent": "sources differ", "breaks": False}])  # fmt: skip
    frame = pd.concat([series(), gone], ignore_index=True)
    drawn = multiples(frame, MultiplesSpec(PCT), palette("css"), T)
    assert "sources differ" in words(drawn)
    assert "Hong Kong" in words(drawn)


def test_a_break_parts_the_line_and_says_so() -> None:
    frame = series()
    whole = multiples(frame, MultiplesSpec(PCT), palette("css"), T)
    frame["breaks"] = (frame["entity_id"] == SCOPE[0]) & (frame["period"] == "2023")
    parted = multiples(frame, MultiplesSpec(PCT), palette("css"), T)
    said = "From 2023 on not comparable with earlier values"
    assert said not in whole
    assert parted.count(said) == 1


def test_a_logarithmic_scale_and_a_reference_are_named() -> None:
    spec = MultiplesSpec(PCT, log=True, reference=SCOPE[1])
    drawn = " ".join(words(multiples(series(), spec, palette("css"), T)))
    assert "Logarithmic scale" in drawn
    assert f"Bold line: {SCOPE[1]}" in drawn
    plain = " ".join(words(multiples(series(), MultiplesSpec(PCT), palette("css"), T)))
    assert "Logarithmic" not in plain


def test_an_event_of_one_economy_stands_in_its_panel_only() -> None:
    events = pd.DataFrame(
        [{"period": "2023-05", "label": "A law", "row_id": "p1", "economy_id": SCOPE[2]}]
    )
    drawn = multiples(series(), MultiplesSpec(PCT, markers=False), palette("css"), T, events)
    assert drawn.count('data-receipt="p1"') == 1
    everywhere = multiples(series(), MultiplesSpec(PCT, markers=False), palette("css"), T,
                           events.assign(economy_id=""))  # fmt: skip
    assert everywhere.count('data-receipt="p1"') == 4


def test_panels_of_measures_keep_an_axis_each() -> None:
    frame = series().assign(panel=["a"] * 6 + ["b"] * 6, panel_label=["First"] * 6 + ["Second"] * 6)
    drawn = words(multiples(frame, MultiplesSpec(PCT, shared=False), palette("css"), T))
    assert {"First", "Second", *SCOPE[:4]} <= set(drawn)


@pytest.mark.parametrize("width", [358, 540])
def test_a_ranked_list_keeps_the_order_and_greys_who_is_not_ranked(width: int) -> None:
    frame = pd.DataFrame(
        {
            "entity_id": ["SGP", "USA", "CHN"], "value": [63.4, 28.3, 16.4],
            "label": ["Singapore", "United States", "China"], "place": ["1", "", "2"],
            "beside": ["+47 points, 3.9 times", "+11.9 points", ""], "grey": [False, True, False],
            "row_id": ["o1", "o2", svg.table_of("ranks")], "native": ["", "", "中国"],
            "native_lang": ["", "", "zh-Hans"],
        }
    )  # fmt: skip
    spec = RankSpec(PCT, median=39.9, median_label="Median 39.9", median_row=svg.table_of("ranks"),
                    beside="Against China", width=width)  # fmt: skip
    drawn = ranks(frame, spec, palette("light"), T)
    said = words(drawn)
    assert [word for word in said if word in set(frame["label"])] == frame["label"].tolist()
    assert {"1", "2", "+47 points, 3.9 times", "Against China", "Median 39.9", "中国"} <= set(said)
    bars = [one.get("fill") for one in tags(drawn, "rect") if one.get("fill-opacity") is None]
    assert bars[1] == palette("light")["ctx2"]
    opened = [one for one in tags(drawn, "g") if one.get("data-act") == "table"]
    assert {one.get("data-card") for one in opened} == {"ranks"}
    assert len(opened) == 2


@pytest.mark.parametrize("width", [358, 540])
def test_the_median_runs_beside_figures(width: int) -> None:
    values = [99.5, 64.2, 48.8, 46.1, 43.7, 40.4]
    frame = pd.DataFrame({"entity_id": [f"E{i}" for i in range(6)], "value": values})
    spec = RankSpec(PCT, median=47.5, median_label="Median 47.5", width=width)
    drawn = ranks(frame, spec, palette("light"), T)
    line = next(
        float(one.get("x1", "nan")) for one in tags(drawn, "line") if one.get("stroke-dasharray")
    )
    figures = {one.text: float(one.get("x", "nan")) for one in tags(drawn, "text")}
    for value in values:
        start = figures[f"{value}"]
        assert not start - 3 < line < start + text_width(f"{value}", 13, 600), value


# Choices ---------------------------------------------------------------------------------------


def test_another_measure_starts_at_its_own_period() -> None:
    filters = Filters(extra=(("per", "gdp"), ("year", "2024")))
    changed = pick_overview.with_measure(filters, "github_developers")
    assert dict(changed.extra) == {"measure": "github_developers", "per": "gdp"}
    assert pick_overview.with_measure(filters, None) == filters
    assert with_own(filters, {"per": ""}).extra == (("year", "2024"),)
