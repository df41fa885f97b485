"""How late a measure is, where sources differ, what changed, a reader's choice, feeds: on made-up rows."""

from __future__ import annotations

from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.analysis import disagree, picks, revisions
from observatory.analysis.freshness import RHYTHM, Freshness, add_months, judge, months_between
from observatory.cards.filters import Filters, Known, parse, to_query
from observatory.export.atom import ATOM, Entry, feed, stable_id
from observatory.i18n import translator
from observatory.model import differ
from observatory.model.scope import SCOPE
from observatory.views import evidence_parts, method_text
from observatory.views.changes import data as changes_data
from observatory.views.sources import page as sources

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


# Freshness ----------------------------------------------------------------------------------------


@given(DAYS, st.integers(0, 60))
def test_months_are_counted_the_way_they_are_added(day: date, months: int) -> None:
    later = add_months(day, months)
    assert months_between(day, later) == months
    assert months_between(later, day) == -months
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months


def test_late_by_four_months() -> None:
    found = judge("annual", date(2024, 12, 31), date(2025, 7, 10), date(2026, 11, 22))
    assert (found.state, found.months, found.expected, found.stated) == (
        "late",
        4,
        date(2026, 7, 10),
        True,
    )


def test_without_a_stated_publication_two_rhythms_after_the_period() -> None:
    found = judge("quarterly", date(2025, 12, 31), None, date(2026, 8, 1))
    assert (found.state, found.months, found.expected, found.stated) == (
        "late",
        1,
        date(2026, 6, 30),
        False,
    )
    assert judge("quarterly", date(2025, 12, 31), None, date(2026, 6, 1)).state == "due"


@given(st.sampled_from(sorted(RHYTHM)), DAYS, DAYS, DAYS)
def test_late_only_after_the_expected_day(
    rhythm: str, end: date, published: date, today: date
) -> None:
    found = judge(rhythm, end, published, today)
    assert found.expected is not None
    assert (found.state == "late") == (months_between(found.expected, today) >= 1)
    assert found.months >= 0


def test_what_has_no_rhythm_is_never_late() -> None:
    for word in ("snapshot", "irregular", "one-off"):
        assert judge(word, date(2001, 1, 1), None, date(2026, 1, 1)).state == "no rhythm"
    assert judge("annual", None, None, date(2026, 1, 1)).state == "no value"


def test_a_figure_that_is_due_says_in_how_many_months() -> None:
    found = judge("annual", date(2025, 12, 31), date(2026, 7, 10), date(2026, 11, 22))
    assert found == Freshness("due", 7, date(2027, 7, 10), stated=True)
    assert judge("annual", date(2025, 12, 31), None, date(2027, 12, 31)) == Freshness(
        "due", 0, date(2027, 12, 31), stated=False
    )
    # Less than a month over is no delay.
    assert judge("annual", date(2025, 12, 31), None, date(2028, 1, 30)).state == "due"
    assert judge("annual", date(2025, 12, 31), None, date(2028, 1, 31)).months == 1


# Differences --------------------------------------------------------------------------------------


def test_a_day_inside_a_month_is_no_other_date() -> None:
    assert not differ.dates_differ(["2026-03", "2026-03-14"])
    assert not differ.dates_differ(["2026", "2026-03-14", "2026-Q1"])
    assert differ.dates_differ(["2026-03", "2026-04-01"])
    assert not differ.dates_differ(["2026-03", "no date"])


def test_conditions_that_differ() -> None:
    rows = [{"date": "2026-03", "state": "pledged"}, {"date": "2026-03-02", "state": "closed"}]
    assert differ.words_that_differ("deals", rows) == ("state",)
    assert differ.words_that_differ("deals", [{**rows[0], "state": ""}, rows[1]]) == ()
    assert differ.words_that_differ("observations", rows) == ()


# Changes ------------------------------------------------------------------------------------------

ROW: dict[str, Any] = {
    "kind": "observations", "row_id": "o1", "cell_id": "c1", "economy_id": "KOR", "org_id": None,
    "indicator_id": "m", "thing_id": None, "title": None, "date": "2024", "amount": 1.0, "text": "1", "unit": "count",
    "usd": None, "state": None, "status": "reported", "status_reason": "one_source", "source_id": "s",
    "known_on": pd.Timestamp("2025-01-01"), "is_shown": True, "is_chosen": True, "rule": "only_source", "n_sources": 1,
}  # fmt: skip


def state(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([{**ROW, **row} for row in rows], columns=list(ROW))


def test_new_revised_withdrawn() -> None:
    before = state(
        {}, {"row_id": "o2", "cell_id": "c2", "amount": 5.0}, {"row_id": "o3", "cell_id": "c3"}
    )
    after = state(
        {"amount": 2.0, "text": "2"},
        {
            "row_id": "o2",
            "cell_id": "c2",
            "amount": 5.0,
            "is_shown": False,
            "status_reason": "newer_edition",
        },
        {"row_id": "o9", "cell_id": "c2", "amount": 6.0, "source_id": "s2"},
        {"row_id": "o4", "cell_id": "c4"},
    )
    found = revisions.compare(before, after).set_index("cell_id")
    assert found["how"].to_dict() == {
        "c1": "revised",
        "c2": "revised",
        "c3": "withdrawn",
        "c4": "new",
    }
    assert found["why"].to_dict() == {"c1": "edited", "c2": "edition", "c3": "gone", "c4": "added"}
    assert (found.at["c2", "old_amount"], found.at["c2", "amount"]) == (5.0, 6.0)


def test_a_dispute_is_a_revision_with_its_reason() -> None:
    after = state(
        {
            "is_chosen": False,
            "status": "disputed",
            "status_reason": "origins_differ",
            "rule": "disputed",
        }
    )
    assert revisions.compare(state({}), after)["why"].tolist() == ["dispute"]
    assert revisions.compare(after, state({}))["why"].tolist() == ["settled"]


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ({"amount": None, "text": None, "date": "2024"}, {"amount": None, "text": None, "date": None}, None),
        ({"date": "2026-05-07"}, {"date": "2026-05"}, None),
        ({"date": "2022-08"}, {"date": "2022-08-22"}, ("finer", "date")),
        ({"date": None}, {"date": "2023-06-07"}, ("told", "date")),
        ({"date": "2026-01-09"}, {"date": "2026-01-07"}, ("other", "date")),
        ({"state": "passed"}, {"state": "announced"}, ("other", "state")),
        ({"amount": None, "text": None, "unit": None}, {"amount": 9.0, "unit": "USD"}, ("told", "amount")),
        ({"amount": 100.0, "unit": "USD"}, {"amount": 101.0, "unit": "USD"}, ("near", "amount")),
        ({"amount": 2723.0, "unit": "HKD", "usd": 349.0}, {"amount": 350.0, "unit": "USD", "usd": 350.0}, None),
        ({"amount": 5552.0, "unit": "HKD", "usd": 711.0}, {"amount": 740.0, "unit": "USD", "usd": 740.0},
         ("other", "amount")),
        ({"is_chosen": False, "rule": "unchecked"}, {}, ("surer", "chosen")),
        ({"is_chosen": False, "rule": "disputed"}, {}, ("settled", "chosen")),
    ],
)  # fmt: skip
def test_another_source_takes_nothing_back(
    was: dict[str, Any], now: dict[str, Any], told: tuple[str, str] | None
) -> None:
    found = revisions.compare(
        state({"kind": "deals", **was}),
        state({"kind": "deals", "row_id": "o2", "source_id": "s2", **now}),
    )
    assert list(zip(found["why"], found["what"], strict=True)) == ([told] if told else [])


def test_a_half_year_is_no_later_quarter() -> None:
    first = state({"date": "2025-Q1", "row_id": "oa", "cell_id": "ca", "amount": 5.0})
    both = state({"date": "2025-Q1", "row_id": "oa", "cell_id": "ca", "amount": 5.0},
                 {"date": "2025-H1", "row_id": "ob", "cell_id": "cb", "amount": 10.0})  # fmt: skip
    assert pd.isna(revisions.lines(revisions.compare(first, both), both).iloc[0]["old_row_id"])


def test_nothing_changed_is_nothing() -> None:
    same = state({}, {"cell_id": "c2", "row_id": "o2", "amount": None, "text": None})
    changed = revisions.compare(same, same)
    assert changed.empty
    assert revisions.lines(changed, same).empty


def test_new_values_of_a_series_are_one_line_with_the_value_before() -> None:
    before = state({"date": "2023", "row_id": "oa", "cell_id": "ca", "amount": 1.0})
    after = state(
        {"date": "2023", "row_id": "oa", "cell_id": "ca", "amount": 1.0},
        {"date": "2024", "row_id": "ob", "cell_id": "cb", "amount": 3.0},
        {"date": "2025", "row_id": "oc", "cell_id": "cc", "amount": 4.0},
        {
            "date": "2025-Q1",
            "row_id": "od",
            "cell_id": "cd",
            "amount": 9.0,
            "indicator_id": "other",
        },
    )
    found = revisions.lines(revisions.compare(before, after), after)
    line = found[found["indicator_id"] == "m"].iloc[0]
    assert (line["n"], line["row_id"], line["old_row_id"], line["old_amount"]) == (
        2,
        "oc",
        "ob",
        3.0,
    )
    assert line["weight"] == pytest.approx(1 / 3)
    # Another maker, or a break: no step is told.
    other = after.assign(source_id=["s", "s", "t", "s"])
    told = revisions.lines(
        revisions.compare(before, other), other, {"s": ("a", ""), "t": ("b", "")}
    )
    assert pd.isna(told[told["indicator_id"] == "m"].iloc[0]["old_row_id"])
    same = revisions.lines(
        revisions.compare(before, other), other, {"s": ("a", ""), "t": ("a", "")}
    )
    assert same[same["indicator_id"] == "m"].iloc[0]["old_row_id"] == "ob"
    cut = revisions.lines(revisions.compare(before, after), after, broken={"oc"})
    assert pd.isna(cut[cut["indicator_id"] == "m"].iloc[0]["old_row_id"])


def test_money_weighs_by_dollars_and_revisions_twice() -> None:
    deal = {"kind": "deals", "indicator_id": None, "thing_id": "d", "usd": 2.5e9}
    before = state({"row_id": "o8", "cell_id": "c8", "amount": 5.0})
    after = state(
        {"row_id": "o8", "cell_id": "c8", "amount": 10.0}, {**deal, "row_id": "d1", "cell_id": "c9"}
    )
    found = revisions.lines(revisions.compare(before, after), after).set_index("row_id")["weight"]
    assert found["d1"] == pytest.approx(0.5)
    assert found["o8"] == pytest.approx(2 * 0.02)  # one value alone has no range


def test_systems_of_one_list_are_one_line_and_equal_lines_stand_by_row() -> None:
    top = {"kind": "supercomputers", "indicator_id": None, "org_id": "maker", "date": "2026-11"}
    before = state({})
    after = state(
        {},
        {**top, "row_id": "t2", "cell_id": "x2", "thing_id": "2026-11 7"},
        {**top, "row_id": "t1", "cell_id": "x1", "thing_id": "2026-11 3"},
        {**top, "row_id": "t3", "cell_id": "x3", "thing_id": "2026-06 1", "date": "2026-06"},
    )
    found = revisions.lines(revisions.compare(before, after), after)
    assert list(zip(found["row_id"], found["n"], strict=True)) == [("t2", 2), ("t3", 1)]
    gone = revisions.compare(after, before)
    assert set(gone["what"]) == {""}


# A reader's choice --------------------------------------------------------------------------------


def test_a_picked_row_stands_for_its_cell_only() -> None:
    series = pd.DataFrame(
        {
            "indicator_id": ["m", "m"], "entity_id": ["KOR", "JPN"], "period": ["2024", "2024"], "span": [None, None],
            "value": [None, 7.0], "value_text": [None, "7"], "is_headline": [False, True],
            "status": ["disputed", "official"],
            "status_reason": ["", ""], "is_forecast": [False, False], "row_id": ["oa", "ob"], "source_id": ["s", "s"],
            "known_on": [None, None], "rule": ["disputed", "official"],
        }
    )  # fmt: skip
    picked = pd.DataFrame(
        [{"indicator_id": "m", "entity_id": "KOR", "period": "2024", "span": None, "value": 5.0, "value_text": "5",
          "is_forecast": False, "row_id": "oz", "source_id": "s9", "known_on": None, "status": "disputed"}]
    )  # fmt: skip
    out = picks.apply(series, picked)
    shown = out.loc[0, ["value", "row_id", "is_headline", "status", "rule"]].tolist()
    assert shown == [5.0, "oz", True, "reported", "reader"]
    assert out.loc[1].tolist() == series.loc[1].tolist()
    assert series.loc[0, "row_id"] == "oa"
    assert picks.apply(series, picked.assign(period="1999")).equals(series)


@given(st.lists(st.from_regex(r"\Ao[a-z0-9]{6,11}\Z"), max_size=8))
def test_picks_travel_in_the_address(ids: list[str]) -> None:
    wanted = Filters(pick=tuple(sorted(set(ids))))
    found, notes = parse(to_query(wanted), Known())
    assert (found.pick, notes) == (wanted.pick, [])
    assert found.shared().pick == wanted.pick


def test_a_pick_that_is_no_row_is_said() -> None:
    found, notes = parse({"pick": "oabcdef1,<script>,dabcdef1"}, Known())
    assert found.pick == ("oabcdef1",)
    assert [note.kind for note in notes] == ["pick"]


# Addresses ----------------------------------------------------------------------------------------


def test_sources_say_what_they_could_not_use() -> None:
    c, bad = sources.read(
        {"tier": "gossip", "reuse": "open", "page": "x", "year": "1066", "sort": "-published"},
        ["a"],
    )
    assert set(bad) == {"tier", "page", "year"}
    assert (c.reuse, c.sort, c.down, c.page) == ("open", "published", True, 1)
    assert sources.read(c.query(), ["a"]) == (c, [])


def test_changes_read_days_and_builds() -> None:
    today = date(2026, 11, 22)
    c, bad = changes_data.read({}, ["b2", "b1"], today)
    assert (c.since, c.until, c.old, c.new, bad) == (date(2026, 5, 22), today, "b1", "b2", [])
    assert c.query() == {}
    assert c.query(view="builds") == {"view": "builds", "from": "b1", "to": "b2"}
    assert c.query(since=date(2026, 1, 1), how="new") == {"since": "2026-01-01", "how": "new"}
    c, bad = changes_data.read(
        {"since": "2026-12-31", "from": "gone", "how": "eaten"}, ["b2"], today
    )
    assert set(bad) == {"since", "from", "how"}
    c, bad = changes_data.read({"since": "2026-09-01", "until": "2026-03-01"}, [], today)
    assert bad == ["since"]
    assert c.since < c.until == date(2026, 3, 1)


# Feeds --------------------------------------------------------------------------------------------


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_feed_is_well_formed_whatever_the_words(title: str, summary: str) -> None:
    entry = Entry(
        "row/o1", title, date(2026, 1, 2), "https://example.org/?a=1&b=2", summary, "deals"
    )
    made = feed("all", title, "s", [entry], self_url="https://example.org/f", page_url="https://example.org/",
                lang="ja", author="A & B", rights="<r>", updated=date(2026, 1, 1))  # fmt: skip
    root = ET.fromstring(made)  # noqa: S314 - our own
    assert root.tag == f"{{{ATOM}}}feed"
    for name in ("id", "title", "updated"):
        assert root.find(f"{{{ATOM}}}{name}") is not None
        assert root.find(f"{{{ATOM}}}entry/{{{ATOM}}}{name}") is not None
    assert root.findtext(f"{{{ATOM}}}entry/{{{ATOM}}}id") == stable_id("row/o1")
    assert root.findtext(f"{{{ATOM}}}updated") == "2026-01-02T00:00:00Z"


# The written method -------------------------------------------------------------------------------


def test_the_method_is_escaped_and_keeps_its_lists() -> None:
    made = method_text.html("One **bold** `x<y>` line.\n\n- first\n- *second*\n\n1. third").html
    assert made == (
        "<p>One <strong>bold</strong> <code>x&lt;y&gt;</code> line.</p>"
        "<ul><li>first</li><li><em>second</em></li></ul><ol><li>third</li></ol>"
    )


@pytest.mark.parametrize(
    ("published", "end", "said"),
    [("2026", date(2026, 12, 31), ""), ("2026-11", date(2026, 11, 30), "this month"),
     ("2026-11-03", date(2026, 11, 3), "this month"), ("2025", date(2025, 12, 31), "10 months ago")],
)  # fmt: skip
def test_the_age_of_a_source_is_not_told_of_a_year_that_runs(
    published: str, end: date, said: str
) -> None:
    from observatory.i18n import translator

    row = {"published": published, "ends": end}
    assert sources.age(row, date(2026, 11, 22), translator("en")) == said


def test_changes_follow_the_chosen_economies() -> None:
    def change(economy: str, org: str, how: str, n: int) -> changes_data.Change:
        return changes_data.Change({"economy_id": economy, "org_id": org, "how": how, "n": n}, {})

    every = changes_data.News(
        (change("SGP", "", "new", 3), change("", "sea", "revised", 1), change("CHN", "", "new", 5),
         change("", "", "new", 2)),
        {"new": 10, "revised": 1},
    )  # fmt: skip
    some = changes_data.of_economies(every, ("SGP",), {"sea": "SGP"})
    assert [one.n for one in some.changes] == [3, 1]
    assert some.counts == {"new": 3, "revised": 1}
    assert changes_data.of_economies(every, SCOPE, {}) is every


@pytest.mark.parametrize(
    ("spread", "short", "words"),
    [
        (0.0324, "3.2\u00a0%", "3.2\u00a0% apart"),
        (0.26, "26\u00a0%", "26\u00a0% apart"),
        (0.499, "50\u00a0%", "50\u00a0% apart"),
        (0.5, "2 times", "2 times apart"),
        (0.74, "3.8 times", "3.8 times apart"),
        (0.9, "10 times", "10 times apart"),
        (0.999, "1,000 times", "1,000 times apart"),
        # Of nothing, or across zero, there is no multiple.
        (1.0, "100\u00a0%", "100\u00a0% apart"),
        (1.5, "150\u00a0%", "150\u00a0% apart"),
    ],
)
def test_a_wide_gap_is_said_as_a_multiple(spread: float, short: str, words: str) -> None:
    t = translator("en")
    assert (evidence_parts.gap(spread, t), evidence_parts.apart(spread, t)) == (short, words)


@given(st.integers(0, 999_999), st.integers(0, 999_999))
def test_the_wider_gap_is_the_larger_multiple(one: int, other: int) -> None:
    low, high = sorted((one / 1e6, other / 1e6))
    if (multiple := disagree.times(low)) is not None:
        assert multiple <= (disagree.times(high) or 0)
    assert (disagree.times(high) is None) == (high < 0.5)
