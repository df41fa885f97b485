"""Stories: what goes into a link or a file comes out again, and hostile text ends in a sentence."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from observatory.cards import story as st
from observatory.cards.card_model import Card
from observatory.cards.page_view import PageView, Part
from observatory.cards.story import Slide, Story, StoryError

words = some.text(
    some.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Cn", "Co")),
    max_size=40,
)
names = some.from_regex(r"[a-z][a-z0-9_]{0,11}", fullmatch=True)
slides = some.builds(
    Slide,
    page=some.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True),
    query=some.dictionaries(names, words, max_size=6),
    card=some.from_regex(r"[A-Za-z0-9][A-Za-z0-9.-]{0,20}", fullmatch=True),
    title=words,
    note=words,
)
stories = some.builds(
    Story,
    title=words,
    slides=some.lists(slides, max_size=8).map(tuple),
    theme=some.sampled_from(["light", "dark"]),
    lang=some.sampled_from(["en", "zh-Hans", "zh-Hant", "ja", "ko"]),
)


@given(stories)
def test_a_story_survives_link_and_file(story: Story) -> None:
    assert st.decode(st.encode(story)) == story
    assert st.from_file(st.to_file(story)) == story


@given(stories)
def test_a_link_without_compression_reads_the_same(story: Story) -> None:
    packed = st.encode(story).removeprefix("1.")
    raw = zlib.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    plain = "0." + base64.urlsafe_b64encode(raw).decode().rstrip("=")
    if len(plain) <= st.MAX_TEXT:
        assert st.decode(plain) == story


SENTENCES = (st.TOO_LONG, st.TOO_MANY, st.DAMAGED, st.UNKNOWN)


def _read(make: Callable[[], Story]) -> Any:
    """The story, or the sentence that says why there is none."""
    try:
        return make()
    except StoryError as fault:
        return fault.args[0]


@settings(max_examples=300)
@given(some.one_of(some.text(max_size=200), some.from_regex(r"[01]\.[A-Za-z0-9_-]{0,120}")))
def test_any_text_is_a_story_or_a_sentence(text: str) -> None:
    found = _read(lambda: st.decode(text))
    assert found in SENTENCES or st.decode(st.encode(found)) == found


json_values = some.recursive(
    some.one_of(
        some.none(), some.booleans(), some.integers(), some.floats(), some.text(max_size=9)
    ),
    lambda inner: some.lists(inner, max_size=5) | some.dictionaries(some.text(max_size=5), inner),
    max_leaves=20,
)


@given(json_values)
def test_any_json_file_is_a_story_or_a_sentence(value: object) -> None:
    whole = {"format": st.FORMAT, "version": 1, "slides": value}
    for raw in (json.dumps(value).encode(), json.dumps(whole).encode()):
        found = _read(lambda raw=raw: st.from_file(raw))
        assert found in SENTENCES or st.from_file(st.to_file(found)) == found


def _packed(raw: bytes) -> str:
    return "1." + base64.urlsafe_b64encode(zlib.compress(raw, 9)).decode().rstrip("=")


def test_a_decompression_bomb_is_refused_after_a_story_s_length() -> None:
    bomb = _packed(b'{"t":"' + b"a" * 5_000_000 + b'"}')
    assert len(bomb) <= st.MAX_TEXT
    with pytest.raises(StoryError, match="too long"):
        st.decode(bomb)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", st.DAMAGED),
        ("1.", st.DAMAGED),
        ("7.abc", st.UNKNOWN),
        ("1.%%%", st.DAMAGED),
        ("x" * 9000, st.TOO_LONG),
        (_packed(b"[1,2]"), st.DAMAGED),
        (_packed(b"[" * 100_000), st.DAMAGED),
        (_packed(b'{"s":[["../etc",{},"x","",""]]}'), st.DAMAGED),
        (_packed(b'{"s":[["economy",{"a b":"1"},"x","",""]]}'), st.DAMAGED),
        (_packed(b'{"s":[["economy",{},"<script>","",""]]}'), st.DAMAGED),
        (
            _packed(b'{"s":' + json.dumps([["a", {}, "b", "", ""]] * 61).encode() + b"}"),
            st.TOO_MANY,
        ),
    ],
)
def test_bad_links_say_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(StoryError) as fault:
        st.decode(text)
    assert fault.value.args[0] == said


def test_a_cut_link_is_no_story() -> None:
    text = st.encode(Story("Talk", (Slide("economy", {"economy": "KOR"}, "scorecard"),)))
    for end in range(2, len(text), 7):
        with pytest.raises(StoryError):
            st.decode(text[:end])


def test_a_story_too_long_for_a_link_goes_into_a_file() -> None:
    note = "".join(chr(0x4E00 + n * 37 % 20_000) for n in range(4000))
    story = Story("Long", tuple(Slide("economy", {}, "scorecard", "", note[n:]) for n in range(6)))
    with pytest.raises(StoryError, match="save it as a file"):
        st.encode(story)
    assert st.from_file(st.to_file(story)) == story


def test_twenty_slides_fit_a_link() -> None:
    query = {"lang": "zh-Hant", "economies": "KOR,JPN,TWN,SGP", "currency": "USD",
             "build": "0123456789abcdef", "as_of": "2026-03-01", "w": "talent:30,papers_icml:2"}  # fmt: skip
    one = Slide("scorecard", query, "ranks", "A title of my own for this slide", "Say this slowly.")
    many = tuple(replace(one, card=f"card-{n}", note=f"{one.note} {n}") for n in range(20))
    assert len(st.encode(Story("Talk", many))) < 1500


# Editing -------------------------------------------------------------------------------------------


def _letters(story: Story) -> str:
    return "".join(slide.card for slide in story.slides)


def _of(letters: str) -> Story:
    return Story(slides=tuple(Slide("economy", {}, letter) for letter in letters))


def test_editing_a_story() -> None:
    story = _of("abc")
    assert _letters(st.move(story, 0, 2)) == "bca"
    assert _letters(st.move(story, 2, -5)) == "cab"
    assert _letters(st.move(story, 9, 0)) == "abc"
    assert _letters(st.duplicate(story, 1)) == "abbc"
    assert _letters(st.delete(story, 1)) == "ac"
    assert _letters(st.delete(story, -1)) == "abc"
    assert st.retitle(story, 1, "  two\nlines ").slides[1].title == "two lines"
    assert st.retitle(st.retitle(story, 1, "mine"), 1, "") == story
    assert st.annotate(story, 0, "one\ntwo").slides[0].note == "one\ntwo"


@given(stories)
def test_a_story_goes_into_another_language_whole(story: Story) -> None:
    told = st.in_language(story, "ja")
    assert told.lang == "ja"
    assert all(slide.query["lang"] == "ja" for slide in told.slides)
    back = tuple(replace(a, query=b.query) for a, b in zip(told.slides, story.slides, strict=True))
    assert replace(told, slides=back, lang=story.lang) == story


def test_a_full_story_takes_no_more() -> None:
    full = _of("x" * st.MAX_SLIDES)
    with pytest.raises(StoryError):
        st.duplicate(full, 0)


@given(some.text("abcdefgh", max_size=8), some.integers(-3, 9), some.integers(-3, 9))
def test_moving_loses_and_invents_no_slide(letters: str, at: int, to: int) -> None:
    assert sorted(_letters(st.move(_of(letters), at, to))) == sorted(letters)


# Showing -------------------------------------------------------------------------------------------


def test_resolving_names_holes_and_runs_each_page_once() -> None:
    asked: list[str] = []

    def collect(slug: str, query: object) -> PageView:
        asked.append(slug)
        if slug == "gone":
            raise LookupError(slug)
        return PageView(slug, f"/{slug}", {}, "en", "light", "b1", None,
                        (Part("card", card=Card("kept", "The finding")),))  # fmt: skip

    story = Story(slides=(
        Slide("economy", {"economy": "KOR"}, "kept"),
        Slide("economy", {"economy": "KOR"}, "lost"),
        Slide("gone", {}, "kept", "My title"),
    ))  # fmt: skip
    shown = st.resolve(story, collect)
    assert [one.hole for one in shown] == ["", "card", "page"]
    assert [one.title for one in shown] == ["The finding", "lost", "My title"]
    assert asked == ["economy", "gone"]
