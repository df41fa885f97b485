"""The receipt: exact value, status and reason, source, dissenters, citation."""

from __future__ import annotations

import re
from typing import Any

import pytest

from observatory.cards.receipt import bibtex, cite_text, receipt_html, value_text
from observatory.i18n import LANGUAGES, translator

T = translator("en")


def example(**changes: Any) -> dict[str, Any]:
    receipt: dict[str, Any] = {
        "row_id": "oexample1", "kind": "observation", "title": "Example measure",
        "entity_name": "Example economy", "value_text_exact": "1,234.5", "value": 1234.5,
        "unit_label": "units", "period": "2026-Q1", "status": "official",
        "status_reason": "statistics office", "note": None, "locator": "table 3",
        "source": {
            "source_id": "example", "title": "Example release", "url": "https://example.org/a",
            "publisher": "Example office", "origin": "Example office", "published": "2026-05",
            "read_on": "2026-11-21", "known_on": "2026-05-31", "language": "en",
            "licence": "CC BY 4.0", "attribution": "Example office",
        },
        "others": [], "rule": "", "trail": [], "details": [], "indicator": {},
    }  # fmt: skip
    return {**receipt, **changes}


def words(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup))


def test_value_status_source_and_place_are_there() -> None:
    shown = words(receipt_html(example(), T, address="/?receipt=oexample1").html)
    for part in ("1,234.5", "Official", "statistics office", "Example release", "table 3",
                 "Q1 2026", "CC BY 4.0", "May 2026", "Cite"):  # fmt: skip
        assert part in shown


def test_a_disputed_number_shows_both_values_and_no_winner() -> None:
    other = {"row_id": "oother11", "value_text_exact": "999", "status": "disputed",
             "publisher": "Another", "confidence": "medium"}  # fmt: skip
    receipt = example(status="disputed", others=[other])
    assert value_text(receipt, T) == "1,234.5 or 999"
    shown = words(receipt_html(receipt, T).html)
    assert "No headline is chosen." in shown
    assert "Both values 2 values" in shown
    third = {**other, "row_id": "oother12", "publisher": "A third"}
    shown = words(receipt_html(example(status="disputed", others=[other, third]), T).html)
    assert "What each source says 3 values" in shown


def test_others_open_their_own_receipts() -> None:
    other = {"row_id": "oother11", "value_text_exact": "1,200", "status": "reported",
             "publisher": "Another", "diff_pct": -2.8}  # fmt: skip
    markup = receipt_html(example(others=[other], rule="Official before press."), T).html
    assert 'data-receipt="oother11"' in markup
    # The count is of the others alone: the number itself is above.
    assert "Other sources of this number 1 value" in words(markup)
    assert "Official before press." in markup


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_receipt_with_nothing_but_an_id_still_stands(lang: str) -> None:
    assert receipt_html({"row_id": "x"}, translator(lang)).html.startswith("<div")


def test_markup_in_the_data_is_text() -> None:
    nasty = "<script>alert(1)</script>"
    markup = receipt_html(example(note=nasty, locator=nasty, title=nasty), T).html
    assert "<script" not in markup
    assert "&lt;script&gt;" in markup


def test_citations_name_value_source_and_row() -> None:
    cited = cite_text(example(), "https://here.example/?receipt=oexample1", T)
    assert "Example release" in cited
    assert "row oexample1" in cited
    record = bibtex(example(title="50 % & {more}"), "https://here.example")
    assert record.startswith("@misc{oexample1,")
    assert r"50 \% \& \{more\}" in record
    assert record.count("{") - record.count(r"\{") == record.count("}") - record.count(r"\}")
