"""Folding of scripts, ranking of names: what is found first, what never breaks, what stays fast."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatory.analysis.search import (
    MAX_QUERY,
    Entry,
    Index,
    Name,
    _Joined,
    ticker_forms,
    weight,
)
from observatory.analysis.search_fold import fold, has_syllables, reading, sound, squash
from observatory.views.search_words import MOST, meant

SCRIPTS = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=32, max_codepoint=0x24F),
        st.characters(min_codepoint=0x3040, max_codepoint=0x30FF),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
        st.characters(min_codepoint=0xFF00, max_codepoint=0xFFEF),
        st.characters(),
    ),
    max_size=300,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ｚ．ＡＩ", "z.ai"), ("臺積電", "台积电"), ("ﾊﾞﾝｸ", "バンク"), ("ばんく", "バンク"),
        ("経済産業省", "經濟產業省"), ("Việt Nam", "viet nam"), ("Đà Nẵng", "da nang"),
        ("コンピューター", "コンピュータ"), ("ﬁnance", "finance"), ("ＮＥＣ", "nec"), ("樂天", "楽天"),
    ],
)  # fmt: skip
def test_forms_of_one_name_fold_alike(one: str, other: str) -> None:
    assert squash(fold(one)) == squash(fold(other))


def test_what_tells_names_apart_stays() -> None:
    assert fold("ハンク") != fold("バンク")
    assert fold("ไทย") != fold("ไท")
    assert fold("910B") != fold("910C")


def test_readings_and_sounds() -> None:
    assert squash(reading("阶跃星辰")) == "jieyuexingchen"
    assert reading("StepFun") == ""
    assert sound(reading("스텝펀")) == sound(fold("StepFun"))
    assert has_syllables("ｿﾌﾄ")
    assert not has_syllables("智谱")


@given(SCRIPTS)
@settings(max_examples=150)
def test_folding_is_done_once_and_for_all(text: str) -> None:
    once = fold(text)
    assert squash(fold(once)) == squash(once)
    assert once == " ".join(once.split())
    reading(text)
    sound(once)


@pytest.mark.parametrize(
    ("ticker", "forms"),
    [
        ("HKEX:2513", {"HKEX:2513", "2513", "2513.HK", "02513.HK"}),
        ("HKEX:0981", {"0981.HK", "981.HK", "00981.HK", "981"}),
        ("TWSE:2330", {"2330.TW", "2330"}),
        ("NASDAQ:BIDU", {"BIDU"}),
        ("strange", {"strange"}),
        (":", {":"}),
    ],
)
def test_a_ticker_is_written_in_several_ways(ticker: str, forms: set[str]) -> None:
    assert forms <= set(ticker_forms(ticker))


def things(*names: str) -> Index:
    return Index([Entry("org", name, (Name(name),)) for name in names])


def first(index: Index, query: str) -> str:
    return index.entries[index.search(query)[0].at].id


def test_the_very_name_goes_before_names_that_begin_with_it() -> None:
    index = things("Samsung Electronics", "Samsung", "Samsung Group")
    assert first(index, "samsung") == "Samsung"
    assert first(index, "samsung e") == "Samsung Electronics"


def test_more_on_file_decides_between_equals() -> None:
    names = (Name("Samsung One"),), (Name("Samsung Two"),)
    index = Index([Entry("org", "a", names[0], 0.1), Entry("org", "b", names[1], 0.9)])
    assert first(index, "samsung") == "b"


def test_slips_are_forgiven_and_nonsense_is_not() -> None:
    index = things("Moonshot AI", "Semiconductor Manufacturing", "Baidu")
    assert first(index, "moonshoot") == "Moonshot AI"
    assert first(index, "semiconducter") == "Semiconductor Manufacturing"
    assert index.search("qqqqzzzz") == []
    assert index.search("") == []
    assert index.search("…!?") == []


def test_a_ticker_is_right_or_wrong() -> None:
    index = Index([Entry("org", "x", (Name("X Corp"), Name("2571.HK", "ticker")))])
    assert index.search("2513.HK") == []
    assert first(index, "2571.hk") == "x"


def test_names_that_only_look_alike_are_left_out_on_demand() -> None:
    index = things("Moonshot AI", "Baidu")
    assert index.search("moonshoot", close=False) == []
    assert index.search("moonshot", close=False) == index.search("moonshot")


def test_a_question_is_asked_in_other_words_too() -> None:
    assert meant("Papers", fold) == [("papers",), ("publication",), ("article",)]
    assert meant("zhipu", fold) == [("zhipu",)]
    assert meant("", fold) == [()]
    # Part of a word is another word; a term of several words stands as a whole.
    assert meant("newspapers", fold) == [("newspapers",)]
    assert ("gdp", "per person") in meant("GDP per capita", fold)
    both = meant("papers per person", fold)
    assert both[0] == ("papers", "per person")
    assert ("publication", "per person") in both
    assert ("papers", "per capita") in both
    assert len(both) <= MOST
    # Traditional signs are those of the words.
    assert len(meant("論文", fold)) > 1


@given(SCRIPTS)
@settings(max_examples=100)
def test_any_question_keeps_its_own_words_first(query: str) -> None:
    found = meant(query, fold)
    assert " ".join(found[0]) == fold(query)
    assert 1 <= len(found) <= MOST


def test_what_was_not_known_is_not_found() -> None:
    index = Index([Entry("org", "x", (Name("Baidu"),), known=date(2025, 1, 1))])
    assert index.search("baidu", as_of=date(2024, 12, 31)) == []
    assert index.search("baidu", as_of=date(2025, 1, 1))
    assert index.search("baidu", kinds=frozenset({"model"})) == []


def test_an_empty_index_answers_nothing() -> None:
    assert Index([]).search("baidu") == []


def test_weight_is_a_share() -> None:
    assert weight(0, 100) == 0
    assert 0 < weight(3, 100) < weight(50, 100) < weight(100, 100) == 1
    assert weight(5, 0) == 0


LARGE = things(*(f"{a} {b} 智能 {c}" for a in ("Alpha", "Beta", "Gamma") for b in ("Two", "Three")
                 for c in range(300)))  # fmt: skip


@given(SCRIPTS)
@settings(max_examples=120)
def test_no_query_breaks_it_or_takes_long(query: str) -> None:
    began = time.perf_counter()
    hits = LARGE.search(query)
    # Far above what it takes (some milliseconds): a bound on the shape, not on the machine.
    assert time.perf_counter() - began < 2
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True) or all(
        hit.likeness < 66 for hit in hits
    )
    assert len({hit.at for hit in hits}) == len(hits)


@pytest.mark.parametrize(
    "query", ["a" * 100_000, "ﷺ" * MAX_QUERY, "é" * 5_000, "\x00\ud800x", "％" * 99]
)
def test_long_and_strange_queries(query: str) -> None:
    began = time.perf_counter()
    LARGE.search(query)
    assert time.perf_counter() - began < 2


@given(st.lists(st.text("ab c", max_size=8), max_size=12), st.text("abc", min_size=1, max_size=3))
def test_looking_in_all_at_once_is_looking_in_each(texts: list[str], part: str) -> None:
    joined = _Joined(texts)
    assert joined.having(part).tolist() == [part in text for text in texts]
    assert joined.having("\n" + part).tolist() == [text.startswith(part) for text in texts]
