"""The line under a card: words of the data that no catalogue has say which language they are in."""

from __future__ import annotations

import pytest

from observatory.cards.card_model import Card
from observatory.i18n import translator
from observatory.ui.card import foot


@pytest.mark.parametrize(
    ("lang", "caveat", "marked"),
    [
        ("ja", "Provincial values are third-party tallies.", True),
        ("ja", "省別の値は第三者の集計。", False),
        ("ko", "CAICT – 계열은 기준이 다르다.", False),
        ("zh-Hant", "IDC; 2025.", True),
        ("en", "Provincial values are third-party tallies.", False),
    ],
)
def test_a_caveat_without_translation_says_that_it_is_english(
    lang: str, caveat: str, marked: bool
) -> None:
    made = foot(Card(id="one", title="One", caveat=caveat), translator(lang))
    assert made is not None
    assert caveat in made.html
    assert (f'<span lang="en">{caveat}</span>' in made.html) == marked


def test_a_count_does_not_run_into_the_caveat() -> None:
    card = Card(id="one", title="One", caveat="Plans run over years.",
                statuses=(("reported", 5), ("confirmed", 3)))  # fmt: skip
    made = foot(card, translator("en"))
    assert made is not None
    assert made.html.endswith("3 · Plans run over years.</p>")
