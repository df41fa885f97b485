"""The coalition builder as a page: groups, own choices, early days, links that make no sense."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT


def shown(**query: str) -> str:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page("pages/coalition.py")
    app.run()
    assert not app.exception
    found = " ".join(block.proto.body for block in app.get("html"))
    assert "card is-error" not in found
    return found


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
    found = shown(**query)
    assert "c-pool" in found or "as_of" in query


def test_members_that_nobody_knows_are_told() -> None:
    assert "Left out" in shown(members="KOR,SGP,XYZ")
