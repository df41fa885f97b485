"""Which events are marked: kinds in the URL, magnitude, in turn by kind, apart in time."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.cards.filters import Filters
from observatory.i18n import translator
from observatory.ui.pick.events import with_kinds
from observatory.views import markers
from observatory.views.markers import KINDS

T = translator("en")


def event(**given: Any) -> dict[str, Any]:
    base = {
        "event_id": "e1", "row_id": "p1", "kind": "policy", "subkind": "law", "economy_id": "KOR",
        "date": "2024-05-14", "date_precision": "day", "usd": None, "actor": "public",
        "policy_status": "in_force", "params_b": None,
    }  # fmt: skip
    return base | given


@pytest.mark.parametrize(
    ("chosen", "kinds", "bad"),
    [
        (None, ("deal",), []),
        ("0", (), []),
        ("off", (), []),
        ("1", KINDS, []),
        ("deal,policy", ("policy", "deal"), []),
        ("policy,xx", ("policy",), ["xx"]),
        ("xx", ("deal",), ["xx"]),
        ("", (), []),
    ],
)
def test_kinds_in_the_url(chosen: str | None, kinds: tuple[str, ...], bad: list[str]) -> None:
    assert markers.kinds_of(chosen, ("deal",)) == (kinds, bad)


@given(st.sets(st.sampled_from(KINDS)), st.sets(st.sampled_from(KINDS)))
def test_what_is_switched_on_comes_back_from_the_url(kinds: set[str], default: set[str]) -> None:
    on = tuple(kind for kind in KINDS if kind in kinds)
    usual = tuple(kind for kind in KINDS if kind in default)
    written = with_kinds(Filters(extra=(("view", "line"),)), on, usual)
    assert written.get("view") == "line"
    assert markers.kinds_of(written.get("events"), usual) == (on, [])


def test_laws_come_before_guidance_and_vague_dates_after() -> None:
    law, guide = event(), event(subkind="guideline")
    year = event(date="2024", date_precision="year")
    assert markers.magnitude(law) > markers.magnitude(guide) > 0
    assert markers.magnitude(law) > markers.magnitude(year) > 0
    assert markers.magnitude(event(policy_status="proposed")) < markers.magnitude(law)
    assert markers.magnitude(event(actor="company_or_research")) == 0
    assert markers.magnitude(event(subkind="filing")) == 0


def test_deals_from_half_a_billion_and_models_by_size() -> None:
    assert markers.magnitude(event(kind="deal", usd=4.9e8)) == 0
    assert markers.magnitude(event(kind="deal", usd=None)) == 0
    assert (
        markers.magnitude(event(kind="deal", usd=5e9))
        > markers.magnitude(event(kind="deal", usd=5e8))
        > 0
    )
    small, big = event(kind="model", params_b=7.0), event(kind="model", params_b=700.0)
    assert (
        markers.magnitude(big) > markers.magnitude(small) > markers.magnitude(event(kind="model"))
    )


def test_a_programme_about_chips_is_no_export_control() -> None:
    assert markers.kind_of(event(kind="export_control", subkind="regulation")) == "control"
    assert markers.kind_of(event(kind="export_control", subkind="programme")) == "policy"
    assert markers.kind_of(event(kind="chip")) == ""


@given(
    st.lists(
        st.tuples(
            st.sampled_from(KINDS), st.sampled_from(["KOR", "CHN"]), st.integers(1, 27), st.integers(1, 12),
            st.floats(0.5, 9),
        ),
        max_size=80,
    ),
    st.integers(1, 20),
)  # fmt: skip
def test_in_turn_is_fair_apart_and_never_too_many(rows: list[Any], most: int) -> None:
    given_rows = [
        event(event_id=f"e{i}", marker=kind, economy_id=economy, date=f"2024-{month:02d}-{day:02d}", weight=weight)
        for i, (kind, economy, day, month, weight) in enumerate(rows)
    ]  # fmt: skip
    chosen = markers.in_turn(given_rows, KINDS, most)
    assert len(chosen) <= most
    counts = {kind: sum(row["marker"] == kind for row in chosen) for kind in KINDS}
    for kind in KINDS:
        own = [row for row in given_rows if row["marker"] == kind]
        assert bool(own) == bool(counts[kind]) or len(chosen) == most
        if own and counts[kind]:
            # The first taken of a kind is among its largest.
            top = max(round(2 * row["weight"]) for row in own)
            assert max(round(2 * row["weight"]) for row in chosen if row["marker"] == kind) == top
    for i, a in enumerate(chosen):
        for b in chosen[i + 1 :]:
            if a["marker"] == b["marker"] and a["economy_id"] == b["economy_id"]:
                gap = abs((pd.Timestamp(a["date"]) - pd.Timestamp(b["date"])).days)
                assert gap >= markers.APART


def test_the_axis_ends_in_the_middle_of_its_outer_periods() -> None:
    frame = pd.DataFrame({"period": ["2020", "2024", "2023"], "value": [1.0, 2.0, None]})
    first, last = markers.span_of(frame) or (None, None)
    assert (str(first), str(last)) == ("2020-07-01", "2024-07-02")
    assert markers.span_of(frame.iloc[2:]) is None


def test_the_key_numbers_as_the_chart_does() -> None:
    frame = pd.DataFrame(
        [
            {"period": "2025-03", "label": "b", "row_id": "p2", "kind": "deal", "lang": "", "text": "b",
             "economy_id": "KOR", "economy": "South Korea"},
            {"period": "2024-01-05", "label": "a", "row_id": "p1", "kind": "policy", "lang": "en",
             "text": "a <law>", "economy_id": "KOR", "economy": ""},
        ]
    )  # fmt: skip
    found = markers.key(markers.Markers(frame, 5, KINDS), T)
    assert found is not None
    assert found.html.index("a &lt;law&gt;") < found.html.index('data-receipt="p2"')
    assert 'class="no k-policy" aria-hidden="true">1<' in found.html
    assert 'class="no k-deal" aria-hidden="true">2<' in found.html
    assert "3 more events fit" in found.html
    assert markers.key(markers.Markers(frame.iloc[:0], 0, KINDS), T) is None
