"""The dot plot: each line on its own scale, the better end at the right, a shape for each chosen one."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pandas as pd
import pytest

from observatory.charts.palette import palette
from observatory.charts.svg.dotplot import SHAPES, DotPlotSpec, dot_plot
from observatory.charts.svg.elements import table_of
from observatory.i18n import translator

T = translator("en")
SVG = "{http://www.w3.org/2000/svg}"


def _frame(values: dict[str, float | None], row: str = "m", **more: object) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"row": row, "row_label": f"Measure {row}", "entity_id": code, "label": f"Name {code}",
             "value": value, "row_id": f"o{code}", **more}
            for code, value in values.items()
        ]
    )  # fmt: skip


def _marks(drawing: str) -> dict[str, float]:
    """Where the middle of each mark stands, by the row id it opens."""
    found: dict[str, float] = {}
    for group in ElementTree.fromstring(drawing).iter(f"{SVG}g"):  # noqa: S314
        key = group.get("data-receipt")
        if not key:
            continue
        circle = group.find(f"{SVG}circle")
        if circle is not None:
            found[key] = float(circle.get("cx", "nan"))
        else:
            path = group.find(f"{SVG}path")
            assert path is not None
            xs = [float(x) for x in re.findall(r"[ML](-?[\d.]+) ", path.get("d", ""))]
            found[key] = (min(xs) + max(xs)) / 2
    return found


VALUES = {"KOR": 1.0, "JPN": 10.0, "SGP": 100.0, "VNM": 1000.0}


def draw(**spec: object) -> str:
    given = DotPlotSpec(**{"subjects": ("KOR", "JPN"), **spec})  # type: ignore[arg-type]
    return dot_plot(_frame(VALUES), given, palette("light"), T)


def test_order_along_the_line_and_its_reverse() -> None:
    there = _marks(draw())
    assert there["oKOR"] < there["oJPN"] < there["oSGP"] < there["oVNM"]
    back = _marks(draw(reverse=frozenset({"m"})))
    assert back["oKOR"] > back["oJPN"] > back["oSGP"] > back["oVNM"]


def test_equal_factors_are_equal_steps_on_a_log_line() -> None:
    at = _marks(draw(log=frozenset({"m"})))
    steps = [at["oJPN"] - at["oKOR"], at["oSGP"] - at["oJPN"], at["oVNM"] - at["oSGP"]]
    assert steps == pytest.approx([steps[0]] * 3, abs=0.1)


def test_the_key_names_every_chosen_one_even_without_a_value() -> None:
    frame = _frame({**VALUES, "HKG": None})
    drawing = dot_plot(frame, DotPlotSpec(subjects=("KOR", "HKG")), palette("light"), T)
    assert "Name KOR" in drawing
    assert "Name HKG" in drawing
    assert "oHKG" not in drawing


def test_six_chosen_have_six_shapes() -> None:
    codes = ("KOR", "JPN", "SGP", "VNM", "GBR", "FRA")
    frame = _frame({code: float(i) for i, code in enumerate(codes)})
    drawing = dot_plot(frame, DotPlotSpec(subjects=codes), palette("light"), T)
    # the key and the line: a circle and five paths each
    assert len(SHAPES) == 6
    assert drawing.count("<path") == 10


def test_chosen_marks_of_one_value_do_not_cover_each_other() -> None:
    frame = _frame({"KOR": 5.0, "JPN": 5.0, "SGP": 9.0})
    drawing = dot_plot(frame, DotPlotSpec(subjects=("KOR", "JPN")), palette("light"), T)
    groups = [g for g in ElementTree.fromstring(drawing).iter(f"{SVG}g") if g.get("data-receipt")]  # noqa: S314
    kor = next(g for g in groups if g.get("data-receipt") == "oKOR").find(f"{SVG}circle")
    jpn = next(g for g in groups if g.get("data-receipt") == "oJPN").find(f"{SVG}path")
    assert kor is not None
    assert jpn is not None
    ys = [float(y) for y in re.findall(r" (-?[\d.]+)(?:L|Z)", jpn.get("d", ""))]
    assert abs(float(kor.get("cy", "0")) - sum(ys) / len(ys)) >= 8


def test_computed_values_open_the_cards_table_and_labels_lead_on() -> None:
    frame = _frame(VALUES, row_href="/indicator?indicator=x").assign(row_id=table_of("card"))
    drawing = dot_plot(frame, DotPlotSpec(), palette("light"), T)
    assert drawing.count('data-act="table"') == 4
    assert "data-receipt" not in drawing
    assert 'href="/indicator?indicator=x"' in drawing


def test_a_line_without_values_says_so() -> None:
    drawing = dot_plot(_frame({"KOR": None}), DotPlotSpec(subjects=("KOR",)), palette("light"), T)
    assert "no value on file" in drawing


def test_a_value_that_is_not_compared_is_hollow() -> None:
    full, hollow = _frame({"KOR": 1.0}), _frame({"JPN": 10.0}, hollow="1")
    frame = pd.concat([full, hollow], ignore_index=True)
    drawing = dot_plot(frame, DotPlotSpec(subjects=("KOR", "JPN")), palette("light"), T)
    ground = palette("light")["bg"]
    fills = {}
    for group in ElementTree.fromstring(drawing).iter(f"{SVG}g"):  # noqa: S314
        if key := group.get("data-receipt"):
            fills[key] = next(iter(group)).get("fill") or group[-1].get("fill")
    assert fills["oKOR"] != ground
    assert fills["oJPN"] == ground
