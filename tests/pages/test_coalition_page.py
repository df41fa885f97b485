"""The coalition builder as a page: groups, own choices, early days, links that make no sense."""

from __future__ import annotations

import pytest

from tests.pages.opened import shown


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"members": "asean6", "lang": "ja"},
        {"members": "all-less-china", "lang": "ko"},
        {"members": "CHN,USA", "lang": "zh-Hans"},
        {"members": "KOR,JPN,FRA", "lang": "zh-Hant"},
        {"as_of": "2020-01-01"},
    ],
)
def test_coalitions(query: dict[str, str]) -> None:
    found = shown("coalition", **query)
    assert "c-pool" in found or "as_of" in query


def test_members_that_nobody_knows_are_told() -> None:
    assert "Left out" in shown("coalition", members="KOR,SGP,XYZ")
