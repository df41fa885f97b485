"""Release dates come from what a source states, never from a name or a first listing."""

from __future__ import annotations

import pandas as pd
import pytest

from observatory.analysis.releases import release_dates, spelling, stated


def results(**columns: list[object]) -> pd.DataFrame:
    n = len(columns["row_id"])
    return pd.DataFrame(
        {
            "benchmark_id": ["board"] * n, "model_id": [None] * n, "org_id": ["maker"] * n,
            "note": [None] * n, **columns,
        }
    )  # fmt: skip


MODELS = pd.DataFrame(
    [
        {"row_id": "m1", "model_id": "a-1", "name": "Alpha 1", "native_name": None, "org_id": "maker",
         "released": "2025-03-04"},
        {"row_id": "m2", "model_id": "b-1", "name": "Beta 1", "native_name": None, "org_id": "maker",
         "released": None},
    ]
)  # fmt: skip
NAMES = pd.DataFrame([{"model_id": "a-1", "name": "alpha-one"}])


def test_the_order_of_the_ways() -> None:
    rows = results(
        row_id=["r1", "r2", "r3", "r4", "r5", "r6"],
        model_name=["Alpha 1", "Alpha 1", "ALPHA-1", "alpha one", "Gamma", "Alpha 1"],
        model_id=["a-1", "a-1", None, None, None, None],
        note=["model release 2025-03-01; rank", None, None, None, "model release nan", None],
        org_id=["maker", "maker", "maker", "maker", "maker", "other"],
    )
    found = release_dates(rows, MODELS, NAMES)
    assert (found["r1"].period, found["r1"].basis) == ("2025-03-01", "board")
    assert (found["r2"].period, found["r2"].basis) == ("2025-03-04", "model")
    assert (found["r3"].basis, found["r3"].period) == ("name", "2025-03-01")
    assert found["r4"].row_id == "m1"
    assert "r5" not in found
    assert "r6" not in found, "the same name of another maker is another model"


def test_names_whose_dates_differ_stay_undated() -> None:
    rows = results(
        row_id=["r1", "r2", "r3"],
        model_name=["Delta", "Delta", "delta"],
        note=["model release 2025-01-01", "model release 2025-06-01", None],
    )
    assert set(release_dates(rows, MODELS, NAMES)) == {"r1", "r2"}


def test_another_setting_of_the_same_model() -> None:
    rows = results(
        row_id=["r1", "r2"],
        model_name=["o9_16K", "o9_59K"],
        note=["model release 2025-01-01", "model release nan"],
    )
    found = release_dates(rows, MODELS, NAMES)
    assert (found["r2"].basis, found["r2"].row_id) == ("setting", "r1")


def test_a_date_in_a_name_is_no_release() -> None:
    rows = results(row_id=["r1"], model_name=["epsilon-2025-05-05"])
    assert release_dates(rows, MODELS, NAMES) == {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Qwen2.5-72B", "qwen2.5 72b", True),
        ("Qwen/Qwen-7B", "Qwen-7B", True),
        ("Gemma (2B)", "Gemma-2B", True),
        ("Llama 3.1 8B", "Llama-31-8B", False),
        ("Qwen2-72B", "Qwen27-2B", False),
        ("GLM-4.5", "GLM-4.5-Air", False),
    ],
)
def test_spellings(one: str, other: str, same: bool) -> None:
    assert (spelling(one) == spelling(other)) is same


def test_what_a_note_states() -> None:
    assert stated("ci95 -7/+7; model release 2026-04-07") == "2026-04-07"
    assert stated("model release 2026-13-45") == ""
    assert stated("model release not given") == ""
