"""The benchmarks' own parts: figures, budgets, and that their README states them."""

from __future__ import annotations

from benchmarks import parts
from benchmarks.measure import Figure, Report, p50, p95
from benchmarks.session import View
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


def test_views_become_addresses() -> None:
    assert View("briefing", "lang=ja").path == "/?lang=ja"
    assert View("economy", "economy=KOR").path == "/economy?economy=KOR"


def test_the_readme_states_the_budgets() -> None:
    text = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    for shown in (
        f"{parts.DRAWN_RATIO:.1f} x", f"{parts.FILTER_MS:.0f} ms", f"{parts.RERUN_MS:.0f} ms",
        f"{parts.BUILD_S:.0f} s", f"{parts.BUILD_MB:.0f} MB", f"{parts.SESSION_MB} MB",
    ):  # fmt: skip
        assert shown in text, shown
    for part in parts.PARTS:
        assert f"`{part}`" in text, part
