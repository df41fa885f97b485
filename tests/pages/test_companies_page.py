"""The directory: choices of the URL, facets, order, the list, and the page itself."""

from __future__ import annotations

import csv
import datetime as dt
import re
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.cards.filters import Known, parse
from observatory.cards.markup import Safe
from observatory.db.connect import Database
from observatory.i18n import LANGUAGES, translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.ui import find, nav
from observatory.ui.pick import companies as pick_companies
from observatory.views.directory import page as directory
from observatory.views.directory import rows as directory_list
from observatory.views.directory.page import Choice, Field
from tests.pages.opened import no_slip, open_page, told, words

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
TODAY = dt.date(2026, 11, 22)
EN = translator("en")
PARAMS = next(page.params for page in nav.ALL if page.slug == "companies")


@pytest.fixture(scope="module")
def whole(db: Database) -> Field:
    return directory.field(db, directory.rows_of(db, None, TODAY), None, SCOPE)


def table_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


# Choices of the URL -------------------------------------------------------------------------------


def test_every_parameter_is_declared() -> None:
    full = Choice("智谱", "chips", "lab", "yes", ("models", "deals"), True, "worth", True, 3)
    query = parse_qs(urlsplit(directory.address(full, page=3)).query)
    assert set(query) == set(PARAMS)


CHOICES = st.builds(
    Choice,
    q=st.sampled_from(["", "智谱", "Z.ai", "sk (hynix)"]),
    layer=st.sampled_from(["", *directory.LAYERS, directory.NO_LAYER]),
    kind=st.sampled_from(["", *directory.KINDS]),
    listed=st.sampled_from(["", "yes", "no"]),
    has=st.sets(st.sampled_from(directory.HAS)).map(
        lambda chosen: tuple(x for x in directory.HAS if x in chosen)
    ),
    everywhere=st.booleans(),
    page=st.integers(1, 40),
)


@given(CHOICES, st.sampled_from(["", *directory.SORTS]), st.booleans())
def test_an_address_reads_back(choice: Choice, sort: str, down: bool) -> None:
    wanted = Choice(choice.q, choice.layer, choice.kind, choice.listed, choice.has,
                    choice.everywhere, sort, down if sort else True, choice.page)  # fmt: skip
    query = parse_qs(urlsplit(directory.address(wanted, page=wanted.page)).query)
    filters, notes = parse(query, Known(extra=PARAMS))
    found, bad = directory.read(dict(filters.extra))
    assert (found, bad, notes) == (wanted, [], [])


@given(st.dictionaries(st.sampled_from(PARAMS), st.text(max_size=60)))
def test_reading_never_raises(extra: dict[str, str]) -> None:
    choice, _ = directory.read(extra)
    assert choice.page >= 1
    assert choice.order in directory.SORTS


def test_what_cannot_be_used_is_said() -> None:
    extra = {"layer": "x", "kind": "y", "listed": "perhaps", "has": "models,gold", "sort": "-z",
             "page": "-1", "where": "moon"}  # fmt: skip
    choice, bad = directory.read(extra)
    assert choice == Choice(has=("models",))
    assert len(bad) == 7
    shown = directory_list.notes(bad, EN)
    assert shown is not None
    assert shown.html.count("obs-banner") == 3


def test_a_typed_name_starts_the_list_again() -> None:
    filters, _ = parse({"page": "3", "sort": "-worth", "layer": "chips"}, Known(extra=PARAMS))
    typed = pick_companies.with_query(filters, " <b>智谱</b> & co ")
    assert dict(typed.extra) == {"layer": "chips", "q": "b 智谱 /b co"}
    assert dict(pick_companies.with_query(typed, "").extra) == {"layer": "chips"}


# What fits ----------------------------------------------------------------------------------------


def test_counts_are_those_of_the_files(whole: Field) -> None:
    """Recomputed from data/ without the database."""
    orgs = {row["org_id"]: row for row in table_of("organizations.csv")}
    assert {row["org_id"] for row in whole.rows} == set(orgs)
    inside = [org for org, row in orgs.items() if row["economy_id"] in SCOPE]
    assert len(directory.fits(whole, Choice())) == len(inside)
    chips = [org for org in inside if orgs[org]["stack_layer"] == "chips"]
    assert directory.facet(whole, Choice(), "layer")["chips"] == len(chips)
    makers: dict[str, int] = {}
    for row in table_of("technology/models.csv"):
        makers[row["org_id"]] = makers.get(row["org_id"], 0) + 1
    for row in whole.rows:
        assert row["n_models"] == makers.get(row["org_id"], 0), row["org_id"]
    deals: dict[str, set[str]] = {}
    for row in table_of("capital/deals.csv"):
        deals.setdefault(row["org_id"], set()).add(row["deal_id"])
    for row in table_of("capital/deal_parties.csv"):
        if row["party_kind"] == "organization":
            deals.setdefault(row["party_id"], set()).add(row["deal_id"])
    for row in whole.rows:
        assert row["n_deals"] == len(deals.get(row["org_id"], ())), row["org_id"]


def test_facets_say_what_a_click_gives(whole: Field) -> None:
    start = Choice(layer="models", has=("deals",))
    for which in ("layer", "kind", "listed"):
        for value, n in directory.facet(whole, start, which).items():
            target = directory.address(start, **{which: value})
            asked = {name: part[0] for name, part in parse_qs(urlsplit(target).query).items()}
            chosen, _ = directory.read(asked)
            assert len(directory.fits(whole, chosen)) == n
    for what, n in directory.facet(whole, start, "has").items():
        has = tuple(x for x in directory.HAS if x in start.has or x == what)
        assert len(directory.fits(whole, Choice(layer="models", has=has))) == n


def test_every_organisation_is_reachable(whole: Field) -> None:
    everyone = directory.fits(whole, Choice(everywhere=True))
    assert len(everyone) == len(whole.rows) == len(table_of("organizations.csv"))
    last = directory_list.pages(len(everyone))
    seen: set[str] = set()
    for page in range(1, last + 1):
        body = directory_list.listing(
            whole, Choice(everywhere=True, sort="name", down=False, page=page), EN
        ).body
        assert isinstance(body, Safe)
        seen |= set(re.findall(r'href="/company\?org=([^"&]+)"', body.html))
    assert seen == {row["org_id"] for row in whole.rows}


def test_a_page_too_far_is_the_last(whole: Field) -> None:
    card = directory_list.listing(whole, Choice(page=999), EN)
    assert "to 6" in card.subtitle
    assert card.empty is None


@pytest.mark.parametrize("sort", directory.SORTS)
@pytest.mark.parametrize("down", [True, False])
def test_missing_values_stand_last_either_way(whole: Field, sort: str, down: bool) -> None:
    c = Choice(sort=sort, down=down)
    rows = directory.ordered(whole, c, directory.fits(whole, c), EN)
    assert len(rows) == len(directory.fits(whole, c))
    if sort == "worth":
        values = [row["worth_usd"] for row in rows]
        known = [value for value in values if value is not None]
        assert values[: len(known)] == sorted(known, reverse=down)
    body = directory_list.listing(whole, c, EN).body
    assert isinstance(body, Safe)
    if sort not in ("size", "match"):
        assert body.html.count(f'aria-sort="{"descending" if down else "ascending"}"') == 1


def test_names_find_their_organisation(db: Database) -> None:
    rows = directory.rows_of(db, None, TODAY)
    for query, first in (("智譜", "zhipu"), ("moonshoot", "moonshot-ai"), ("2513.HK", "zhipu")):
        found = directory.matches(find.finder(db), query)
        f = directory.field(db, rows, found, SCOPE)
        shown = directory.ordered(f, Choice(q=query), directory.fits(f, Choice(q=query)), EN)
        assert shown[0]["org_id"] == first
    assert directory.matches(find.finder(db), "") is None


def test_weak_rows_give_no_worth_and_no_news(whole: Field, db: Database) -> None:
    from observatory.db import queries

    for row in whole.rows[::3]:
        for key in ("worth_row", "news_row", "stage_row"):
            if row[key]:
                cell = queries.cell_of_row(db, row[key], None)
                state = cell[cell["row_id"] == row[key]]["status"]
                assert not set(state.astype(str)) & {"unchecked", "superseded"}, row[key]


# The page -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cards_in_every_language(whole: Field, lang: str) -> None:
    t = translator(lang)
    card = directory_list.picture(whole, Choice(), t)
    assert card is not None
    assert card.table is not None
    body = directory_list.listing(whole, Choice(), t).body
    assert isinstance(body, Safe)
    for text in (words(body.html), directory_list.deck(whole, Choice(), t),
                 words(directory_list.facets(whole, Choice(), t).html)):  # fmt: skip
        assert not re.search(r"\b(nan|None|NaT)\b", text)


def test_the_picture_adds_up(whole: Field) -> None:
    card = directory_list.picture(whole, Choice(), EN)
    assert card is not None
    assert card.table is not None
    frame = card.table.frame
    layers = [name for name in frame.columns if name not in ("economy", "all")]
    assert (frame[layers].sum(axis=1) == frame["all"]).all()
    assert frame["all"].sum() == len(directory.fits(whole, Choice()))
    assert f"of the {frame['all'].sum()} organisations on file" in card.title


def test_few_economies_have_no_leader(db: Database, whole: Field) -> None:
    few = directory.field(db, whole.rows, None, ("KOR", "JPN"))
    card = directory_list.picture(few, Choice(), EN)
    assert card is not None
    assert "has" not in card.title


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, "Directory of organisations"),
        ({"economies": "KOR"}, "43 organisations"),
        ({"economies": "PHL", "layer": "chips"}, "No organisation fits"),
        ({"as_of": "2020-01-01"}, "No organisation"),
        ({"q": "智譜"}, "Zhipu AI"),
        ({"q": "qqqqzzz"}, "No organisation named like"),
        ({"layer": "gold", "page": "x"}, "could not be used"),
        ({"lang": "ko", "where": "all", "page": "14"}, "661"),
        ({"economies": ",".join(COMPARATORS)}, "organisations"),
        ({"present": "1"}, "organisations"),
    ],
)
def test_page_over_hard_cases(db: Database, query: dict[str, str], said: str) -> None:
    assert said in no_slip(told("companies", **query))


def test_a_warm_rerun_is_quick(db: Database) -> None:
    app = open_page("companies")
    app.run()
    times = []
    for _ in range(5):
        began = time.perf_counter()
        app.run()
        times.append(time.perf_counter() - began)
    # The budget is 60 ms on a quiet machine; AppTest and shared cores get a generous bound.
    assert min(times) < 0.4
