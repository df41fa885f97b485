"""The claims ledger as a page: languages, filters, early days, links that make no sense."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT


def open_page(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page("pages/claims.py")
    return app.run()



def shown(app: AppTest) -> str:
    assert not app.exception
    found = " ".join(block.proto.body for block in app.get("html"))
    assert "card is-error" not in found
    return found


def test_the_whole_ledger() -> None:
    found = shown(open_page())
    assert "Of 112 claims" in found
    assert "B003" in found


@pytest.mark.parametrize(
    "query",
    [
        {"verdict": "contradicted", "lang": "ja"},
        {"topic": "benchmarks", "lang": "ko"},
        {"entity": "stepfun", "lang": "zh-Hant"},
        {"document": "third-way-essay", "page": "3"},
        {"fault": "unit_slip"},
        {"page": "99"},
    ],
)
def test_filters(query: dict[str, str]) -> None:
    shown(open_page(**query))


def test_an_early_day_has_no_verdicts_yet() -> None:
    assert "No claim fits these filters" in shown(open_page(as_of="2026-01-01"))


def test_a_link_that_makes_no_sense_is_told_so() -> None:
    found = shown(open_page(verdict="nonsense", entity="nobody", page="x"))
    assert "were left out: verdict=nonsense" in found
    assert "Of 112 claims" in found
