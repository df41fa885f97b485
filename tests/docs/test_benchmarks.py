"""The benchmarks' own parts: figures, readers without a browser, the soak's judgement, their README."""

from __future__ import annotations

import random
import tomllib

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import drawn_pages, inside, many, parts, reruns, soak
from benchmarks.kept import Kept, Lost
from benchmarks.measure import Column, Figure, Report, p50, p95
from benchmarks.peers import install
from benchmarks.session import Broken, Session
from benchmarks.views import CHOICES, View, all_views, first_views, next_view, views
from observatory.ui import nav
from tests import running
from tests.docs.blocks import ROOT


def test_percentiles() -> None:
    assert p50([3.0, 1.0, 2.0]) == 2.0
    assert p95([float(n) for n in range(1, 101)]) == 95.0
    assert p95([7.0]) == 7.0


def test_a_budget_is_broken_at_its_limit() -> None:
    assert not Figure("part", "name", 59.9, "ms", 60).over
    assert Figure("part", "name", 60.0, "ms", 60).over
    # A figure that could not be computed does not pass.
    assert Figure("part", "name", float("nan"), "ms", 60).over
    assert not Figure("part", "name", 1e9, "ms").over


def test_the_report_prints_a_table() -> None:
    report = Report()
    report.begin("Part")
    report.add("first", 1.234, "s", 2)
    report.add("second", 1234.5, "ms", 400)
    lines = report.rows()
    assert lines[2] == "| Part | first | 1.23 s | < 2 s | kept |"
    assert lines[3] == "|  | second | 1,234 ms | < 400 ms | **over** |"


def test_a_grid_marks_what_is_over_and_leaves_out_what_is_not_there() -> None:
    report = Report()
    report.begin("Pages")
    grid = report.grid("page", [Column("p95", "ms", 30), Column("sent", "kB")])
    report.line(grid, "one", [29.5, None])
    report.line(grid, "two", [31.5, 250.0])
    assert report.rows()[2:] == [
        "", "Pages:", "", "| page | p95, ms (< 30) | sent, kB |", "|---|---:|---:|",
        "| one | 29.5 |  |", "| two | **31.5** | 250 |",
    ]  # fmt: skip
    assert [f.name for f in report.figures if f.over] == ["two: p95"]


def test_views_become_addresses() -> None:
    assert View("briefing", "lang=ja").path == "/?lang=ja"
    assert View("economy", "economy=KOR").path == "/economy?economy=KOR"


def test_every_page_of_the_navigation_is_measured_and_no_other() -> None:
    listed = {page.slug for page in nav.existing() if nav.offered(page) or not page.listed}
    assert set(first_views()) == listed
    assert set(CHOICES) <= {page.slug for page in nav.ALL}
    for page in listed:
        seen = views(page)
        # A change of a filter leads to something else.
        assert len(set(seen)) == len(seen) > 1, page


def test_readers_go_everywhere_and_take_their_choice_of_economies_back() -> None:
    dice, view, seen = random.Random(3), None, set()  # noqa: S311 - nothing secret
    for _ in range(3000):
        before = view
        view = next_view(view, dice)
        assert before is None or "economies=" not in before.query or "economies=" in view.query
        seen.add(view.page)
    assert seen == {view.page for view in all_views()}


def _message(name: str, size: int = 20_000, fragment: str = "") -> ForwardMsg:
    message = ForwardMsg()
    message.hash, message.metadata.cacheable = name, True
    message.delta.fragment_id = fragment
    message.delta.new_element.markdown.body = name * size
    return message


def _reference(name: str) -> ForwardMsg:
    message = ForwardMsg()
    message.ref_hash = name
    return message


def test_messages_are_kept_as_the_browser_keeps_them() -> None:
    kept = Kept()
    kept.keep(_message("a"))
    kept.keep(_message("b", fragment="f"))
    plain = _message("c")
    plain.metadata.cacheable = False
    kept.keep(plain)
    assert kept.hashes() == ["a", "b"]
    for _ in range(2):
        kept.run_over()
    assert b"aaa" in kept.take(_reference("a"))
    kept.run_over()
    # Used in the run that has just ended, and not used for three of them.
    assert kept.hashes() == ["a"]
    with pytest.raises(Lost, match="not kept"):
        kept.take(_reference("b"))


def test_what_a_click_names_outlasts_the_runs_that_it_makes() -> None:
    """Runs that the server starts by itself still go by the list of the click."""
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))
    kept = Kept()
    kept.longest = config["global"]["maxCachedMessageAge"]
    kept.keep(_message("a"))
    for _ in range(6):
        kept.run_over()
    assert kept.take(_reference("a"))


def test_runs_of_a_fragment_age_its_own_messages_only() -> None:
    kept = Kept()
    kept.keep(_message("page"))
    kept.keep(_message("part", fragment="f"))
    for _ in range(3):
        kept.run_over(("f",))
    assert kept.hashes() == ["page"]


def test_a_click_needs_a_page_to_click_on() -> None:
    with pytest.raises(Broken, match="no page with links"):
        running.run(Session("ws://127.0.0.1:1/").click(View("economy")))


def _samples(memory: list[float], files: list[int] | None = None) -> list[soak.Sample]:
    return [
        soak.Sample(float(n), value, (files or [20] * len(memory))[n], 30, 40, 100, 50, 90, 0)
        for n, value in enumerate(memory)
    ]


def test_the_soak_tells_growth_from_noise() -> None:
    dice = random.Random(5)  # noqa: S311 - nothing secret
    noise = [400 + dice.uniform(-8, 8) for _ in range(30)]
    assert soak.verdicts(_samples(noise), 30) == []
    # Growth while caches fill is not growth after the warm-up.
    filling = [300 + min(10, n) * 12 + dice.uniform(-3, 3) for n in range(30)]
    assert soak.verdicts(_samples(filling), 30) == []
    leak = [400 + n * 3 + dice.uniform(-8, 8) for n in range(30)]
    assert "memory grows" in soak.verdicts(_samples(leak), 30)[0]
    # One jump that stays, as when a cache is filled late, is no steady growth.
    jump = [400.0] * 26 + [440.0] * 4
    assert soak.verdicts(_samples(jump), 30) == []
    handles = soak.verdicts(_samples([400.0] * 30, [20 + 2 * n for n in range(30)]), 30)
    assert len(handles) == 1
    assert handles[0].startswith("open files grow")
    assert "too few samples" in soak.verdicts(_samples([400.0] * 4), 4)[0]


def test_the_peers_are_pinned_without_an_address_and_are_no_requirement_of_the_project() -> None:
    lines = [line for line in install.PINNED.read_text("utf-8").splitlines() if line.strip()]
    pins = [line for line in lines if not line.startswith("#")]
    assert all("==" in line and "://" not in line and not line.startswith("-") for line in pins)
    names = {line.split("==")[0].lower() for line in pins}
    assert {"dash", "panel", "plotly", "pandas"} <= names
    for file in ROOT.glob("requirements*.in"):
        ours = file.read_text("utf-8").lower().split()
        assert not [word for word in ours if word.startswith(("dash", "panel"))], file.name


def test_the_readme_states_the_budgets() -> None:
    text = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    for shown in (
        f"{drawn_pages.BRIEFING_RATIO} x", f"{drawn_pages.PAGE_RATIO} x",
        f"{inside.FILTER_MS:.0f} ms", f"{inside.SWITCH_MS:.0f} ms", f"{reruns.RERUN_MS:.0f} ms",
        f"{reruns.SENT_KB:.0f} kB", f"{many.MANY_MS:.0f} ms", f"{many.ONE_PROCESS} readers",
        f"{many.TWO_PROCESSES} readers", f"{many.SESSION_MB} MB",
        f"{parts.BUILD_S:.0f} s", f"{parts.BUILD_MB:.0f} MB",
    ):  # fmt: skip
        assert shown in text, shown
    for part in parts.PARTS:
        assert f"`{part}`" in text, part
