"""The claims ledger as a page: languages, filters, early days, links that make no sense."""

from __future__ import annotations

import pytest

from tests.pages.opened import shown


def test_the_whole_ledger() -> None:
    found = shown("claims")
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
    shown("claims", **query)


def test_an_early_day_has_no_verdicts_yet() -> None:
    assert "No claim fits these filters" in shown("claims", as_of="2026-01-01")


def test_a_link_that_makes_no_sense_is_told_so() -> None:
    found = shown("claims", verdict="nonsense", entity="nobody", page="x")
    assert "was left out: verdict=nonsense" in found
    assert "Of 112 claims" in found
