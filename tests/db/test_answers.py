"""What a build has answered is kept: as given, each caller's own, and never without a limit."""

from __future__ import annotations

import pandas as pd
import pytest

from observatory.db import answers
from observatory.db.answers import Answers


def test_an_answer_is_asked_for_once_and_is_the_callers_own() -> None:
    kept, asked = Answers(), []

    def ask() -> pd.DataFrame:
        asked.append(1)
        return pd.DataFrame({"name": ["a", "b"], "value": [1.0, None]})

    first = kept.get("series", {"ids": ["x"], "as_of": None}, ask)
    first.loc[0, "name"] = "changed"
    first["more"] = 1
    again = kept.get("series", {"as_of": None, "ids": ["x"]}, ask)
    assert (again["name"].tolist(), list(again.columns)) == (["a", "b"], ["name", "value"])
    kept.get("series", {"ids": ["x", "y"], "as_of": None}, ask)
    assert len(asked) == 2


def test_the_oldest_answers_make_room_and_large_ones_are_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answers, "MOST_FIELDS", 20)
    monkeypatch.setattr(answers, "LARGE", 10)
    kept, asked = Answers(), []

    def ask(rows: int) -> pd.DataFrame:
        asked.append(rows)
        return pd.DataFrame({"value": range(rows)})

    for name in ("a", "b", "a", "c", "a", "b"):
        kept.get(name, {}, lambda: ask(8))
    assert asked == [8] * 4, "a stays, b was dropped for c"
    for _ in range(2):
        kept.get("all", {}, lambda: ask(11))
    assert asked[4:] == [11, 11]
