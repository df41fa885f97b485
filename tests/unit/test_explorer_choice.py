"""The explorer's link: whatever it says gives a state, and every state has a link that gives it again."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.cards.filters import LONG, MAX_EXTRA, Filters, Known, parse
from observatory.db.explorer_fields import TABLES
from observatory.db.queries_explorer import MISSING, Limit
from observatory.i18n import translator
from observatory.ui import nav
from observatory.views.explorer import choice as ec
from observatory.views.explorer import words as explorer_words
from observatory.views.explorer.starts import starts

MEASURES = ("gdp", "population_total")
WHOM = ("JPN", "KOR", "CN-BJ", "zhipu")
PAGE = nav.find("explorer")
PARAMS = PAGE.params if PAGE else ()


def read(query: dict[str, str]) -> tuple[ec.Choice, tuple[tuple[str, str], ...]]:
    return ec.read(query, indicators=MEASURES, entities=WHOM)


def _ends(low: Any, high: Any) -> tuple[Any, Any]:
    return (min(low, high), max(low, high)) if low is not None else (None, high)


def limit_strategy(table: str, field: str) -> st.SearchStrategy[Limit]:
    kind = TABLES[table].fields[field]
    if kind == "text":
        words = st.lists(
            st.from_regex(r"[A-Za-z0-9가-힣漢字]{1,8}", fullmatch=True), min_size=1, max_size=4
        )
        return words.map(lambda found: Limit(field, tuple(found)))
    if kind in ("word", "id", "flag"):
        pool = ["yes", "no", MISSING] if kind == "flag" else ["round", "a-b.c", "KOR", MISSING]
        return st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True).map(
            lambda w: Limit(field, tuple(w))
        )
    ends = (
        st.floats(-1e9, 1e9).map(lambda x: round(x, 3))
        if kind in ("number", "integer")
        else st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31))
    )
    return st.tuples(st.none() | ends, ends).map(lambda pair: Limit(field, (), *_ends(*pair)))


@st.composite
def choices(draw: st.DrawFn) -> ec.Choice:
    table = draw(st.sampled_from(sorted(TABLES)))
    fields = list(TABLES[table].fields)
    columns = tuple(draw(st.lists(st.sampled_from(fields), max_size=6, unique=True)))
    limited = draw(st.lists(st.sampled_from(fields), max_size=4, unique=True))
    observed = table == "observations"
    return ec.Choice(
        table=table,
        columns=() if columns == TABLES[table].shown else columns,
        limits=tuple(draw(limit_strategy(table, field)) for field in limited),
        q=ec.plain(draw(st.text(max_size=30))),
        sort=draw(st.sampled_from(["", fields[0], f"-{fields[-1]}"])),
        page=draw(st.integers(1, 9999)),
        rows=draw(st.sampled_from([25, 50, 100, 200])),
        form=draw(st.sampled_from(["long", "periods", "measures"])) if observed else "long",
        lead=draw(st.booleans()),
        indicators=draw(st.sampled_from([(), ("gdp",), MEASURES])) if observed else (),
        entities=draw(st.sampled_from([(), ("JPN", "zhipu"), ("economies",)])) if observed else (),
        everywhere=draw(st.booleans()),
        picture=draw(st.booleans()),
    )


@given(choices())
def test_a_state_has_a_link_that_gives_it_again(choice: ec.Choice) -> None:
    query = ec.query(choice)
    assert read(query) == (choice, ())
    page = nav.find("explorer")
    assert page is not None
    filters, notes = parse(query, Known(extra=page.params))
    if all(len(value) <= LONG.get(name, MAX_EXTRA) for name, value in query.items()):
        assert notes == []
        assert dict(filters.extra) == query


@given(st.dictionaries(st.sampled_from(PARAMS), st.text(max_size=60), max_size=6))
def test_no_link_breaks_it(query: dict[str, str]) -> None:
    choice, _ = read(query)
    assert read(ec.query(choice)) == (choice, ())
    assert ec.ask(choice, Filters().economies, None).table in TABLES


@pytest.mark.parametrize(
    ("query", "left_out"),
    [
        ({"table": "secrets; DROP TABLE"}, 1),
        ({"columns": "value,password,row_id\""}, 2),
        ({"filter": "value:1..2;value:3..4;nothing:1;known_on:soon..;is_forecast:maybe"}, 4),
        ({"sort": "-(SELECT 1)"}, 1),
        ({"table": "deals", "form": "periods", "indicators": "gdp"}, 2),
        ({"page": "0", "rows": "7", "view": "x", "values": "some", "where": "here", "form": "x"}, 6),
        ({"indicators": "gdp,unknown", "entities": "JPN,nobody"}, 2),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told(query: dict[str, str], left_out: int) -> None:
    assert len(read(query)[1]) == left_out


def test_ranges_take_years_months_and_turned_ends() -> None:
    table = TABLES["deals"]
    found = ec.limit_of(table, "announced", "2026..2025-03")
    assert found == Limit("announced", (), dt.date(2025, 3, 1), dt.date(2026, 12, 31))
    assert ec.limit_of(table, "amount", "9..1") == Limit("amount", (), 1.0, 9.0)
    assert ec.limit_of(table, "amount", "nan..inf") is None
    assert ec.limit_of(table, "amount", "5") == Limit("amount", (), 5.0, 5.0)


def test_named_entities_set_the_chosen_economies_aside() -> None:
    asked = ec.ask(ec.Choice(entities=("zhipu",)), ("JPN",), None)
    assert (asked.entities, asked.economies) == (("zhipu",), None)
    asked = ec.ask(ec.Choice(entities=("provinces",)), ("JPN",), None)
    assert asked.economies == ("JPN",)
    assert asked.limits == (Limit("entity_kind", ("province",)),)
    assert ec.ask(ec.Choice(table="sources"), ("JPN",), None).economies is None


def test_every_table_and_column_has_a_name() -> None:
    t = translator("en")
    fields = {name for table in TABLES.values() for name in table.fields}
    assert fields <= set(explorer_words.NAMES)
    assert set(TABLES) == set(explorer_words.TABLE_NAMES)
    for table in TABLES.values():
        assert set(table.shown) <= set(table.fields)
        heads = [explorer_words.name(name, t) for name in table.shown]
        assert len(set(heads)) == len(heads), table.id


def test_starting_points_are_links_that_hold() -> None:
    for label, query in starts(translator("en")):
        found = {key: values[-1] for key, values in parse_qs(urlsplit("?" + query).query).items()}
        _, bad = ec.read(
            found, indicators=[*MEASURES, "gdp_usd_bn_imf", "internet_users_pct"], entities=WHOM
        )
        assert bad == (), label
        assert re.fullmatch(r"[\w=&:;.,_-]+", query)


def test_the_measure_of_other_pages_is_one_of_the_measures() -> None:
    def asked(query: dict[str, str]) -> tuple[ec.Choice, tuple[tuple[str, str], ...]]:
        filters, notes = parse(query, Known(indicators=MEASURES, extra=PARAMS))
        assert notes == []
        return read(dict(ec.with_measure(dict(filters.extra), filters.indicator)))

    assert asked({"indicator": "gdp"}) == (ec.Choice(indicators=("gdp",)), ())
    both = ("population_total", "gdp")
    assert asked({"indicator": "gdp", "indicators": "population_total"})[0].indicators == both
    assert asked({"indicator": "gdp", "indicators": "gdp"})[0].indicators == ("gdp",)
    # A table without measures cannot use it and says so.
    assert asked({"indicator": "gdp", "table": "deals"})[1] == (("indicators", "gdp"),)


def test_the_page_reads_the_measure_of_other_pages() -> None:
    assert PAGE is not None
    assert PAGE.subject == "indicator"
    # What does not exist is said by the frame, on every page that reads it.
    _, notes = parse({"indicator": "no_such"}, Known(indicators=MEASURES, extra=PARAMS))
    assert [(note.kind, note.value) for note in notes] == [("indicator", "no_such")]
