"""Pages on a build that lacks the measures they open with, and most of the thirteen economies."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.pages import unmet
from etl.read import read_dataset
from observatory.model.pillars import ASKED, MAP_MEASURE
from tests.conftest import ROOT, TINY
from tests.pages.opened import open_page, sound


@pytest.mark.parametrize("slug", ["briefing", "economies", "compare"])
def test_a_build_without_lead_measures_is_drawn(
    slug: str, tiny_built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_VAR", str(tiny_built))
    shown = sound(open_page(slug))
    if slug == "briefing":
        assert "This build holds no measure for this." in shown


def test_the_check_says_which_page_asks_for_what() -> None:
    said = list(unmet(read_dataset(TINY)))
    assert f"Briefing, Economies, Compare: measure '{MAP_MEASURE}' is not on file" in said
    assert any("economies not on file" in line and "SGP" in line for line in said)
    assert list(unmet(read_dataset(ROOT / "data"))) == []
    assert set(ASKED) == {"Briefing", "Economies", "Compare"}
