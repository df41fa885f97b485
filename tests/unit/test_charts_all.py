"""Every chart draws every kind of frame, and what it draws is safe, whole and accessible."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pandas as pd
import plotly.graph_objects as go
import pytest

from observatory.charts.measure import Measure
from observatory.charts.palette import ECONOMIES, palette
from observatory.charts.svg.stages import STAGES
from observatory.i18n import translator
from tests.unit.specimens import CHARTS, Chart, Kind

NASTY = '<img src=x onerror=alert(1)> & "q" \']]> $x$ {0}'
PCT = Measure("Generative AI users", "percent", "%")
STATUSES = ("official", "reported", "estimate", "disputed")
SUBJECTS = ("KOR", "JPN")


def cell(kind: Kind, i: int, text: str) -> object:
    """Row i of a column of a kind."""
    if kind == "entity":
        return ECONOMIES[i % len(ECONOMIES)]
    if kind == "period":
        step = i // len(ECONOMIES)
        return f"{1950 + step // 4 % 75}-Q{1 + step % 4}"
    if kind == "number":
        return float(1 + i * 7 % 1000)
    if kind == "stage":
        return STAGES[i % len(STAGES)]
    if kind == "status":
        return STATUSES[i % len(STATUSES)]
    if kind == "flag":
        return i % 3 == 0
    if kind == "cell":
        return 1 + (i * 3) % 5
    return f"{text} {i}"


def frame(one: Chart, rows: int, text: str = "Name", *, full: bool = True) -> pd.DataFrame:
    """A frame with the columns of a chart."""
    kinds = {**one.required, **(one.optional if full else {})}
    data = {name: [cell(kind, i, text) for i in range(rows)] for name, kind in kinds.items()}
    if "series_id" in data:
        data["series_id"] = [""] * rows
    if "partial_to" in data:
        data["partial_to"] = ["" for _ in range(rows)]
    if "is_headline" in data:
        data["is_headline"] = [True] * rows
    return pd.DataFrame(data)


FRAMES = {
    "no columns": lambda one: pd.DataFrame(),
    "no rows": lambda one: frame(one, 0),
    "one row": lambda one: frame(one, 1),
    "required only": lambda one: frame(one, 40, full=False),
    "all null": lambda one: frame(one, 30).assign(**dict.fromkeys(frame(one, 1).columns)),
    "null values": lambda one: frame(one, 30).assign(
        **({"value": None} if "value" in one.required else {"label": None})
    ),
    "usual": lambda one: frame(one, 120),
    "thousands of rows": lambda one: frame(one, 2_500),
    "CJK": lambda one: frame(one, 60, "東アジア人工智能한국어"),
    "markup": lambda one: frame(one, 60, NASTY),
    "negative and huge": lambda one: frame(one, 60).assign(
        **(
            {"value": [(-1.0) ** i * 10.0 ** (i % 18 - 6) for i in range(60)]}
            if "value" in one.required
            else {}
        )
    ),
    "not finite": lambda one: frame(one, 3).assign(
        **({"value": [float("inf"), float("nan"), 0.0]} if "value" in one.required else {})
    ),
    "text for numbers": lambda one: frame(one, 20).assign(
        **({"value": ["12", "n/a"] * 10} if "value" in one.required else {})
    ),
}


@pytest.mark.parametrize("case", FRAMES)
@pytest.mark.parametrize("one", CHARTS, ids=lambda one: one.name)
def test_every_chart_draws_every_frame(one: Chart, case: str) -> None:
    t = translator("ja" if case == "CJK" else "en")
    rows = FRAMES[case](one)
    before = rows.copy(deep=True)
    colours = palette("css" if one.medium == "svg" else "dark")
    drawn = one.draw(rows, PCT, SUBJECTS, colours, t)
    pd.testing.assert_frame_equal(rows, before)
    if isinstance(drawn, go.Figure):
        check_figure(drawn)
    else:
        check_svg(drawn)


def check_svg(drawn: str) -> None:
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing; parsing proves the escaping
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {
        *("svg", "g", "a", "title", "desc", "text", "line", "path", "rect", "circle"),
        *("defs", "pattern"),
    }
    assert root.get("role") in {"img", "group"}
    assert root.get("aria-label")
    assert "nan" not in drawn.replace("font", "").split("<text")[0].lower()
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            if name in {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "d"}:
                assert "nan" not in value
                assert "inf" not in value
            if name in {"width", "height", "r"} and value != "100%":
                assert float(value) >= 0
        if element.get("role") == "button":
            assert element.get("data-receipt")
            assert element.get("aria-label")
        if element.get("font-size"):
            assert float(element.get("font-size", "0")) >= 11
    if root.get("role") == "img":
        assert 'role="button"' not in drawn
        assert "<a " not in drawn


def check_figure(drawn: go.Figure) -> None:
    data = json.loads(drawn.to_json())
    for trace in data["data"]:
        trace.pop("customdata", None)  # ids are never shown
    data["layout"].pop("meta", None)
    assert "<img" not in json.dumps(data, ensure_ascii=False)
    layout = data["layout"]
    assert layout["showlegend"] is False
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert "title" not in layout
    assert data["data"] or layout["annotations"]
    for note in layout.get("annotations", []):
        assert note["font"]["size"] >= 11


def test_names_are_unique() -> None:
    assert len({one.name for one in CHARTS}) == len(CHARTS)


@pytest.mark.parametrize("one", CHARTS, ids=lambda one: one.name)
def test_a_missing_column_is_named(one: Chart) -> None:
    last = list(one.required)[-1]
    broken = frame(one, 3).drop(columns=[last])
    with pytest.raises(ValueError, match=last):
        one.draw(broken, PCT, (), palette("light"), translator("en"))


@pytest.mark.parametrize("one", CHARTS, ids=lambda one: one.name)
def test_the_same_input_gives_the_same_drawing(one: Chart) -> None:
    t, rows = translator("ko"), frame(one, 60)
    first, second = (one.draw(rows, PCT, SUBJECTS, palette("light"), t) for _ in range(2))
    assert str(first) == str(second)


@pytest.mark.parametrize(
    "one", [one for one in CHARTS if one.medium == "svg"], ids=lambda one: one.name
)
def test_css_drawings_hold_references_only(one: Chart) -> None:
    drawn = str(one.draw(frame(one, 60), PCT, SUBJECTS, palette("css"), translator("en")))
    # The unseen rectangles that catch the pointer are black and fully transparent.
    visible = re.sub(r'fill="#000" fill-opacity="0"', "", drawn)
    assert not re.search(r"#[0-9A-Fa-f]{3,6}\b", visible.replace("url(#", ""))
    dark = str(one.draw(frame(one, 60), PCT, SUBJECTS, palette("dark"), translator("en")))
    assert "var(--" not in dark


def test_figures_refuse_css_colours() -> None:
    one = next(one for one in CHARTS if one.name == "time_lines")
    with pytest.raises(ValueError, match="hex"):
        one.draw(frame(one, 5), PCT, (), palette("css"), translator("en"))
