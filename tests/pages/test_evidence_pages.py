"""Sources, conflicts, changes and method as pages: views, filters, languages, early days, bad links."""

from __future__ import annotations

import re

import pytest

from tests.pages.opened import shown


@pytest.mark.parametrize(
    "query",
    [
        {"reuse": "open", "tier": "dataset", "sort": "-published"},
        {"q": "stanford", "lang": "ja"},
        {"view": "cover", "economies": "KOR", "domain": "research"},
        {"view": "cover", "year": "2024", "lang": "ko"},
        {"view": "cover", "as_of": "2020-01-01", "domain": "talent"},
        {"view": "fresh", "domain": "semiconductors", "lang": "zh-Hant"},
        {"view": "fresh", "as_of": "2020-01-01"},
        {"view": "checks", "as_of": "2020-01-01", "present": "1"},
        {"as_of": "2010-01-01"},
        {"page": "999"},
    ],
)
def test_sources(query: dict[str, str]) -> None:
    shown("sources", **query)


def test_one_source_lists_what_rests_on_it() -> None:
    whole = shown("sources")
    source = re.search(r"/sources\?id=([a-z0-9.-]+)", whole)
    assert source is not None
    found = shown("sources", id=source[1])
    # Every line says of which measure it is.
    cells = re.findall(r"<tr[^>]*><td[^>]*>(.*?)</td>", found)
    assert len(cells) >= 20
    assert all("/indicator?indicator=" in cell for cell in cells)
    assert "What rests on it" in found
    assert found.count("data-receipt=") >= 20


def test_links_that_make_no_sense_are_told_so() -> None:
    found = shown("sources", tier="gossip", id="nobody", page="x")
    assert "was left out: tier=gossip, id=nobody and page=x" in found
    assert "was left out: kind=odd" in shown("conflicts", kind="odd")
    assert "was left out: since=soon" in shown("changes", since="soon")


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "disputed", "sort": "new"},
        {"about": "deals", "lang": "ko"},
        {"entity": "KOR", "lang": "ja"},
        {"measure": "private_ai_investment", "page": "2"},
        {"as_of": "2020-01-01"},
        {"economies": "KOR", "present": "1"},
    ],
)
def test_conflicts(query: dict[str, str]) -> None:
    shown("conflicts", **query)


def test_a_tenfold_gap_is_said_as_one() -> None:
    found = shown("conflicts", about="deals")
    assert "10 times apart" in found
    assert "90\u00a0% apart" not in found
    assert found.index("10 times apart") < found.index("% apart")


def test_a_choice_of_ones_own_shows_what_it_changes() -> None:
    whole = shown("conflicts", measure="private_ai_investment")
    pick = re.search(r"pick=(o[a-z0-9]+)", whole)
    assert pick is not None
    found = shown("conflicts", pick=pick[1])
    assert "1 value is shown as you chose it." in found
    assert "What your choice changes" in found
    assert "Scorecard: " in found
    assert "Take back" in found
    # Other pages follow the choice, and say so.
    found = shown("indicator", indicator="private_ai_investment", pick=pick[1])
    assert "1 value is shown as you chose it." in found


@pytest.mark.parametrize(
    "query",
    [
        {"since": "2026-01-01", "until": "2026-03-31", "by": "measure"},
        {"by": "company", "how": "revised", "lang": "ja"},
        {"of": "KOR", "page": "2"},
        {"of": "nowhere"},
        {"view": "builds", "lang": "zh-Hans"},
        {"as_of": "2020-01-01"},
        {"as_of": "2010-01-01", "present": "1"},
    ],
)
def test_changes(query: dict[str, str]) -> None:
    shown("changes", **query)


def test_corrections_are_on_the_page() -> None:
    found = shown("changes")
    assert "XGLM is a model of Meta" in found
    assert "/feeds/economy/KOR.atom" in found


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_method(lang: str) -> None:
    found = shown("method", lang=lang)
    for anchor in ("status", "headline", "money", "scorecard", "frontier", "stack", "coalition"):
        assert f'id="{anchor}"' in found
    assert "Superseded" in found  # the full rule, in English
