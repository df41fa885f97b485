"""Filters and the URL: ids, round trip, and a polite answer to anything else."""

from __future__ import annotations

import datetime as dt
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.cards.filters import (
    FIRST_YEAR,
    LAST_YEAR,
    MAX_SHOWN,
    Filters,
    Known,
    canonical,
    parse,
    parse_period,
    to_query,
)
from observatory.i18n import LANGUAGES
from observatory.model.scope import COMPARATORS, PRESETS, SCOPE
from observatory.ui import tools
from observatory.ui.context import Context

KNOWN = Known(orgs={"zhipu", "sk-hynix"}, extra=("events", "map"))
NAMES = (
    *("economies", "period", "currency", "lang", "as_of", "build", "economy", "org"),
    *("indicator", "receipt", "present", "events", "other"),
)


def test_nothing_in_the_url_gives_the_defaults() -> None:
    assert parse({}) == (Filters(), [])
    assert to_query(Filters()) == {}


def test_a_full_query_is_read() -> None:
    found, notes = parse(
        {
            "economies": ["jpn,KOR,jpn"],
            "period": ["2019..2026"],
            "currency": ["usd"],
            "lang": ["ja-JP"],
            "as_of": ["2026-03-01"],
            "economy": ["kor"],
            "org": ["zhipu"],
            "events": ["on"],
        },
        KNOWN,
    )
    assert notes == []
    assert found == Filters(
        economies=("JPN", "KOR"),
        period=(2019, 2026),
        currency="USD",
        lang="ja",
        as_of=dt.date(2026, 3, 1),
        economy="KOR",
        org="zhipu",
        extra=(("events", "on"),),
    )


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_are_written_by_their_id(preset: str) -> None:
    found, notes = parse({"economies": preset})
    assert notes == []
    assert found.preset == preset
    assert set(found.economies) == set(PRESETS[preset])


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("economy", "XYZ", "KOR"),
        ("economies", "XYZ", "all13"),
        ("period", "yesterday", None),
        ("period", "1..2", None),
        ("currency", "shells", None),
        ("lang", "tlh", "en"),
        ("as_of", "2026-13-01", None),
        ("as_of", "٢٠٢٦-٠١-٠١", None),
        ("org", "'; drop table core.observations", None),
        ("org", "no-such-firm", None),
        ("receipt", "../../etc/passwd", None),
        ("build", "a b", None),
        ("economy", "K" * 100_000, "KOR"),
    ],
)
def test_a_bad_value_gives_one_note_and_the_default(
    name: str, value: str, shown: str | None
) -> None:
    found, notes = parse({name: value}, KNOWN)
    assert [(note.kind, note.shown) for note in notes] == [(name, shown)]
    assert len(notes[0].value) <= MAX_SHOWN
    assert found == Filters()


def test_good_economies_survive_a_bad_one() -> None:
    found, notes = parse({"economies": "KOR,XYZ"})
    assert found.economies == ("KOR",)
    assert [note.value for note in notes] == ["XYZ"]


def test_equal_choices_are_equal_values() -> None:
    assert canonical(["SGP", "CHN", "SGP"]) == canonical(["CHN", "SGP"]) == ("CHN", "SGP")


def test_years_in_the_wrong_order_are_turned() -> None:
    assert parse_period("2026..2019") == (2019, 2026)


def test_a_permalink_names_every_shared_choice() -> None:
    query = to_query(Filters(), complete=True)
    assert query == {"economies": "all13", "currency": "original", "lang": "en"}


years = st.one_of(st.none(), st.integers(FIRST_YEAR, LAST_YEAR))


@st.composite
def states(draw: st.DrawFn) -> Filters:
    start, end = draw(years), draw(years)
    if start is not None and end is not None and start > end:
        start, end = end, start
    period = None if start is None and end is None else (start, end)
    day = st.dates(dt.date(2000, 1, 1), dt.date(LAST_YEAR, 12, 31))
    chosen = draw(st.sets(st.sampled_from(SCOPE + COMPARATORS), min_size=1))
    row = st.text(string.ascii_lowercase + string.digits, min_size=6, max_size=20)
    found = Filters(
        economies=canonical(chosen),
        period=period,
        currency=draw(st.sampled_from(["original", "USD"])),
        lang=draw(st.sampled_from(list(LANGUAGES))),
        as_of=draw(st.none() | day),
        build=draw(st.none() | st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9_-]{0,20}\Z")),
        economy=draw(st.none() | st.sampled_from(SCOPE + COMPARATORS)),
        org=draw(st.none() | st.sampled_from(["zhipu", "sk-hynix"])),
        receipt=draw(st.none() | row.map(lambda text: "o" + text)),
        present=draw(st.booleans()),
        extra=draw(st.sampled_from([(), (("events", "on"),), (("events", "1"), ("map", "gdp"))])),
    )
    # A preset is kept in its own order.
    return parse(to_query(found), KNOWN)[0] if found.preset else found


def test_half_a_sign_is_left_out_of_what_was_typed() -> None:
    found, _ = parse({"map": "a\udfffb", "receipt": "\ud800"}, KNOWN)
    assert dict(found.extra)["map"] == "ab"
    assert found.receipt is None


@given(states(), st.booleans())
def test_parse_reads_back_what_to_query_wrote(state: Filters, complete: bool) -> None:
    assert parse(to_query(state, complete=complete), KNOWN) == (state, [])


@given(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.one_of(st.text(max_size=400), st.lists(st.text(max_size=80), max_size=4), st.none()),
    )
)
def test_any_garbage_gives_a_working_state(query: dict[str, object]) -> None:
    found, notes = parse(query, KNOWN)
    assert found.economies
    assert all(len(note.value) <= MAX_SHOWN and note.value.isprintable() for note in notes)
    again, none = parse(to_query(found), KNOWN)
    assert (again, none) == (found, [])


def test_a_piece_that_rests_on_no_group_is_shared_by_all_groups() -> None:
    own = Context(
        filters=Filters(economies=("KOR", "JPN"), currency="USD", lang="ja"), build_id="b"
    )
    every = Context(filters=Filters(lang="ja"), build_id="b")
    alone = own.regardless("economies", "currency")
    assert alone.cache_key() == every.cache_key() != own.cache_key()
    assert own.regardless("economies").filters.currency == "USD"
    assert own.filters.economies == ("KOR", "JPN")


YEARS = st.none() | st.integers(FIRST_YEAR, LAST_YEAR)


@given(YEARS, YEARS)
def test_the_years_slider_says_what_the_link_says(start: int | None, end: int | None) -> None:
    if start is not None and end is not None and start > end:
        start, end = end, start
    period = None if start is None and end is None else (start, end)
    ends, years = tools.span_of(period, 2027)
    assert ends[0] <= years[0] <= years[1] <= ends[1]
    assert start is None or years[0] == start
    assert end is None or years[1] == end
    # Nobody moved it: the link stays, but for a limit where the slider ends anyway.
    again = tools.period_of(years, ends, 2027) or (None, None)
    assert again[0] == (None if (start or years[0]) == ends[0] == tools.FIRST else years[0])
    assert again[1] == (None if (end or years[1]) == ends[1] == 2027 else years[1])


def test_the_slider_is_short_unless_the_link_is_not() -> None:
    assert tools.span_of(None, 2027) == ((2000, 2027), (2000, 2027))
    assert tools.span_of((2003, 2010), 2027) == ((2000, 2027), (2003, 2010))
    assert tools.span_of((1950, 1960), 2027) == ((1950, 2027), (1950, 1960))
    assert tools.span_of((2030, None), 2027) == ((2000, 2030), (2030, 2030))
    assert tools.period_of((2000, 2027), (2000, 2027), 2027) is None
    assert tools.period_of((2003, 2027), (2000, 2027), 2027) == (2003, None)
    # A year outside that the link asked for is a limit, also at the slider's end.
    assert tools.period_of((1950, 2027), (1950, 2027), 2027) == (1950, None)
