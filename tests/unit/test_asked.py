"""Reading a page's own parameters: what is allowed is taken, the rest falls back and is named."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from observatory.cards.filters import Note
from observatory.views.asked import Asked

SORTS = {"date": True, "name": False}


def test_what_is_allowed_is_taken() -> None:
    asked = Asked({"kind": "law", "page": "3", "sort": "-name", "q": " two words "})
    assert asked.one("kind", ("law", "plan")) == "law"
    assert asked.whole("page", 1, 99) == 3
    assert asked.order(SORTS, "-date") == ("name", True)
    assert asked.text("q") == " two words "
    assert asked.bad == []


def test_what_is_not_there_is_the_default_and_no_fault() -> None:
    asked = Asked({"kind": "", "page": None})
    assert asked.one("kind", ("law",), "law") == "law"
    assert asked.whole("page", 1, 99) == 1
    assert asked.order(SORTS, "-date") == ("date", True)
    assert asked.order(SORTS, "") == ("", False)
    assert asked.notes == []


def test_what_cannot_be_used_falls_back_and_is_named_in_order() -> None:
    asked = Asked({"page": "0", "kind": "song", "sort": "--date", "year": "٢٠٢٤"})
    assert asked.whole("page", 1, 99) == 1
    assert asked.one("kind", ("law",)) == ""
    assert asked.order(SORTS, "name") == ("name", False)
    assert asked.whole("year", 1990, 2100, 0) == 0
    assert asked.names == ["page", "kind", "sort", "year"]
    assert asked.pairs[1] == "kind=song"
    assert asked.notes[0] == Note("extra", "page=0")


@given(st.dictionaries(st.sampled_from(["page", "sort", "kind"]), st.text(max_size=400)))
def test_nothing_in_a_link_raises(given_: dict[str, str]) -> None:
    asked = Asked(given_)
    assert 1 <= asked.whole("page", 1, 99) <= 99
    assert asked.order(SORTS, "-date")[0] in SORTS
    assert asked.one("kind", ("law",)) in ("", "law")
    assert all(len(pair) < 100 for pair in asked.pairs)
