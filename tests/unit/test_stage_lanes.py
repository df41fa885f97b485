"""Lanes, tracks and dots on a stage: whole rows, readable distances, nothing lost on the way."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pandas as pd

from observatory.cards.card_model import Card
from observatory.cards.markup import h, join, svg
from observatory.charts.palette import palette
from observatory.charts.room import KEY, STAGE, within
from observatory.charts.svg.agenda import AgendaSpec, agenda_parts
from observatory.charts.svg.chips import Axis, DuelSpec, duel
from observatory.charts.svg.counts import CountsSpec, counts_grid
from observatory.charts.svg.rulebook import RulebookSpec, rulebook_parts
from observatory.charts.svg.tracks import TrackSpec, ipo_tracks
from observatory.charts.text import text_width
from observatory.i18n import translator
from observatory.views import slides

T = translator("en")
INK = palette("css")
LANES = {"Laws": 7, "Export controls": 1, "Chips": 3, "Compute sites": 20}


def _texts(drawing: str) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(drawing)  # noqa: S314 - our own drawing
    return [node for node in root.iter() if node.tag.endswith("text")]


def _said(drawing: str) -> list[str]:
    return [node.text or "" for node in _texts(drawing)]


def _size(drawing: str) -> tuple[float, float]:
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    assert found is not None
    return float(found[1]), float(found[2])


def _dates() -> pd.DataFrame:
    rows = [
        {
            "lane": lane,
            "period": "2030" if lane == "Chips" and not n else f"2027-{1 + n % 12:02d}",
            "label": f"{lane} number {n}",
        }
        for lane, many in LANES.items()
        for n in range(many)
    ]
    return pd.DataFrame([*rows[:5], {"lane": "", "period": "2027", "label": "nowhere"}, *rows[5:]])


def test_lanes_of_dates_go_on_over_slides_and_none_is_lost() -> None:
    spec = AgendaSpec(today="2026-11-22")
    (alone,) = agenda_parts(_dates(), spec, INK, T)
    assert _size(alone)[0] == 1280
    with within(STAGE):
        parts = agenda_parts(_dates(), spec, INK, T)
    # Seven rows, one and three stand on one slide whole; twenty need two of their own.
    assert [[lane for lane in LANES if lane in _said(part)] for part in parts] == [
        ["Laws", "Export controls", "Chips"], ["Compute sites"], ["Compute sites"],
    ]  # fmt: skip
    labels = [text for part in parts for text in _said(part) if "number" in text]
    assert len(labels) == len(set(labels)) == sum(LANES.values())
    for part in parts:
        wide, high = _size(part)
        assert wide == STAGE.width
        assert high <= STAGE.height * 1.08 + 4
        rows = sorted({float(n.get("y", 0)) for n in _texts(part) if "number" in (n.text or "")})
        assert all(b - a >= 18 for a, b in pairwise(rows))
    # One axis for all of them.
    years = [[(n.text, n.get("x")) for n in _texts(part) if n.get("y") == "14"] for part in parts]
    assert years[0] == years[1] == years[2]


def test_lanes_of_instruments_go_on_by_whole_lanes_under_one_axis() -> None:
    rows = [
        {"lane": f"Economy {n}", "period": f"{2018 + n % 6}-0{1 + m}-15", "label": f"{n}/{m}"}
        for n in range(14)
        for m in range(3)
    ]
    frame = pd.DataFrame(rows)
    spec = RulebookSpec("2026-11-22", 2016)
    assert len(rulebook_parts(frame, spec, INK, T)) == 1
    with within(STAGE):
        parts = rulebook_parts(frame, spec, INK, T)
    assert len(parts) > 1
    lanes = [text for part in parts for text in _said(part) if text.startswith("Economy")]
    assert lanes == [f"Economy {n}" for n in range(14)]
    for part in parts:
        assert _size(part)[1] <= STAGE.height - KEY + 5
    axes = [[(n.text, n.get("x")) for n in _texts(part) if n.get("y") == "14"] for part in parts]
    assert all(axis == axes[0] for axis in axes)


def test_the_key_of_a_picture_stands_below_each_of_its_parts() -> None:
    spec = RulebookSpec("2026-11-22", 2016)
    frame = pd.DataFrame({"lane": [f"E{n}" for n in range(14)], "period": ["2024-05-06"] * 14,
                          "label": ["x"] * 14})  # fmt: skip
    with within(STAGE):
        body = join([svg(part) for part in rulebook_parts(frame, spec, INK, T)])
    key, link = h("p", "Binding rule", data_slide="key"), h("p", "More elsewhere")
    found = slides.faces(Card("lanes", "Lanes", body=body, after=key), T)
    assert len(found) > 1
    assert all("Binding rule" in one.body.html for one in found)
    plain = slides.faces(Card("lanes", "Lanes", body=body, after=link), T)
    assert not any("elsewhere" in one.body.html for one in plain)


def test_tracks_on_a_stage_are_rows_of_one_line_and_say_how_many_are_left_out() -> None:
    frame = pd.DataFrame([
        {"track_id": f"t{n}", "stage": stage, "period": period, "label": f"Company {n}", "sources": "3"}
        for n in range(28)
        for stage, period in (("planned", "2026-01-05"), ("filed", "2026-05-06"))
    ])  # fmt: skip
    with within(STAGE):
        drawn = ipo_tracks(frame, TrackSpec(as_of="2026-11-22", most=28), INK, T)
    said = _texts(drawn)
    rows = [float(n.get("y", 0)) for n in said if (n.text or "").startswith("Company")]
    assert len(rows) == 8
    assert min(b - a for a, b in pairwise(rows)) >= 20
    assert "20 more not drawn" in _said(drawn)
    assert _size(drawn)[1] <= STAGE.height * 1.08
    # Stage and day stand in the company's own line; counts of sources stay on the page.
    assert [float(n.get("y", 0)) for n in said if n.text == "Filed"][-8:] == rows
    assert "3" not in _said(drawn)


def _chips() -> pd.DataFrame:
    return pd.DataFrame([
        {"key": f"c{n}", "label": f"Chip number {n}", "value": 100.0 * (n + 1), "period": f"20{18 + n % 8}-06",
         "economy_id": "KOR", "state": "shipping"}
        for n in range(30)
    ])  # fmt: skip


def test_a_scatter_leaves_room_for_its_key_and_its_labels_are_free_of_dots() -> None:
    y = Axis("Memory bandwidth", log=True)
    spec = DuelSpec(x=Axis("Release date", time=True), y=y, reference="c9", most=14)
    with within(STAGE):
        drawn = duel(_chips(), spec, INK, T)
    assert _size(drawn) == (STAGE.width, STAGE.height - KEY)
    assert "Release date" not in _said(drawn)
    assert "Release date" in _said(duel(_chips(), spec, INK, T))
    boxes = []
    for node in _texts(drawn):
        if (node.text or "").startswith("Chip number"):
            x, base = float(node.get("x", 0)), float(node.get("y", 0))
            boxes.append((x, base - 10, x + text_width(node.text or "", 12, 600), base + 3))
    assert any(text == "Chip number 9" for text in _said(drawn))
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
    dots = [
        (float(n.get("cx", 0)), float(n.get("cy", 0)))
        for n in root.iter()
        if n.tag.endswith("circle")
    ]
    covered = [
        box
        for box in boxes
        if any(box[0] - 3 < a < box[2] + 3 and box[1] - 3 < b < box[3] + 3 for a, b in dots)
    ]
    # Only the reference is named where no free place is left.
    assert len(covered) <= 1


def test_heads_that_are_wider_than_their_columns_take_turns() -> None:
    layers = [(name.lower(), name) for name in ("Chips", "Compute", "Models", "Applications", "Robotics",
                                                "Governance", "Research", "Capital", "Layer not stated")]  # fmt: skip
    frame = pd.DataFrame(
        {"row": ["KOR"] * 9, "column": [one for one, _ in layers], "value": [7.0] * 9}
    )
    spec = CountsSpec(rows=[("KOR", "South Korea")], columns=layers, total="All")
    with within(STAGE):
        drawn = counts_grid(frame, spec, INK, T)
    ends: dict[str, float] = {}
    names = {name for _, name in layers} | {"All"}
    for node in sorted(_texts(drawn), key=lambda n: float(n.get("x", 0))):
        text, line = node.text or "", node.get("y", "")
        if text not in names or float(line) > 60:
            continue
        wide = text_width(text, 12.5, 600)
        start = float(node.get("x", 0)) - (wide if node.get("text-anchor") == "end" else 0)
        assert start >= ends.get(line, -1.0), text
        ends[line] = start + wide
    assert len(ends) == 2
