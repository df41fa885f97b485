"""A story: slides in the reader's order, each naming a card of a page, as a link and as a file.

A slide holds no numbers. It names a page, every choice of that page's link (language, economies,
weights, currency, day of knowledge, build) and a card on it; `resolve` runs the pages and hands
back the cards. So a deck, a brief and a talk made of one story show the numbers of the screen.

The file is JSON: `{"format": "observatory-story", "version": 1, "title", "lang", "theme",
"slides": [{"page", "query", "card", "title", "note"}]}`. The text of a link is the same with short
names, compressed: `1.` and base64url of zlib of `{"t", "l", "h", "s": [[page, query, card, title,
note]]}`; `0.` is that without zlib, which browsers that cannot compress write.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from observatory.cards.card_model import Card
from observatory.cards.page_view import PageView
from observatory.i18n import N_
from observatory.i18n.languages import match_language

VERSION: Final = 1
FORMAT: Final = "observatory-story"
MAX_SLIDES: Final = 60
MAX_TITLE: Final = 300
MAX_NOTE: Final = 4000
MAX_QUERY: Final = 40
MAX_TEXT: Final = 8000
"""Longest text of a link. Longer stories travel as a file."""
MAX_FILE: Final = 400_000
_MAX_NAME: Final = 40
_MAX_VALUE: Final = 1600
_SLUG: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_CARD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
_NAME: Final = re.compile(rf"[a-z][a-z0-9_]{{0,{_MAX_NAME - 1}}}")
_BODY: Final = re.compile(r"[A-Za-z0-9_-]*")

TOO_LONG: Final = N_("The story is too long for a link; save it as a file.")
TOO_MANY: Final = N_("A story holds at most 60 slides.")
DAMAGED: Final = N_("This is not a whole story: a part of the link or file is missing.")
UNKNOWN: Final = N_("This story was written by a newer version of the observatory.")


class StoryError(ValueError):
    """Text or file that is no story. `args[0]` is a sentence for the reader (a msgid)."""


@dataclass(frozen=True)
class Slide:
    """One card of one page. `title` replaces the computed finding; empty keeps it."""

    page: str
    query: Mapping[str, str]
    card: str
    title: str = ""
    note: str = ""


@dataclass(frozen=True)
class Story:
    """Slides in order. `lang` and `theme` are those of the frame; each slide keeps its own."""

    title: str = ""
    slides: tuple[Slide, ...] = ()
    theme: str = "light"
    lang: str = "en"


# Editing: each returns a new story; a place that is not there changes nothing -----------------


def move(story: Story, at: int, to: int) -> Story:
    """The slide at `at` taken to place `to` (kept within the story)."""
    if not _there(story, at):
        return story
    slides = list(story.slides)
    slide = slides.pop(at)
    slides.insert(max(0, min(to, len(slides))), slide)
    return replace(story, slides=tuple(slides))


def duplicate(story: Story, at: int) -> Story:
    """The slide at `at` once more behind itself. Raises `StoryError` if the story is full."""
    if not _there(story, at):
        return story
    if len(story.slides) >= MAX_SLIDES:
        raise StoryError(TOO_MANY)
    return replace(story, slides=(*story.slides[: at + 1], *story.slides[at:]))


def delete(story: Story, at: int) -> Story:
    """The story without the slide at `at`."""
    if not _there(story, at):
        return story
    return replace(story, slides=story.slides[:at] + story.slides[at + 1 :])


def retitle(story: Story, at: int, title: str) -> Story:
    """Another title for a slide; empty gives the computed finding back."""
    return _change(story, at, lambda slide: replace(slide, title=_line(title)))


def annotate(story: Story, at: int, note: str) -> Story:
    """Another speaker's note for a slide."""
    return _change(story, at, lambda slide: replace(slide, note=note.strip()[:MAX_NOTE]))


def in_language(story: Story, lang: str) -> Story:
    """The story and all its slides in one language; own titles and notes stay as they were written."""
    slides = tuple(replace(one, query={**one.query, "lang": lang}) for one in story.slides)
    return replace(story, slides=slides, lang=lang)


def _there(story: Story, at: int) -> bool:
    return 0 <= at < len(story.slides)


def _change(story: Story, at: int, make: Callable[[Slide], Slide]) -> Story:
    if not _there(story, at):
        return story
    slides = list(story.slides)
    slides[at] = make(slides[at])
    return replace(story, slides=tuple(slides))


def _line(text: str) -> str:
    return " ".join(text.split())[:MAX_TITLE]


# Link and file ---------------------------------------------------------------------------------


def encode(story: Story) -> str:
    """The text of a link. Raises `StoryError` if it would be longer than `MAX_TEXT`."""
    short = {
        "t": story.title,
        "l": story.lang,
        "h": story.theme,
        "s": [[s.page, dict(s.query), s.card, s.title, s.note] for s in story.slides],
    }
    raw = json.dumps(short, ensure_ascii=False, separators=(",", ":")).encode()
    text = f"{VERSION}." + base64.urlsafe_b64encode(zlib.compress(raw, 9)).decode().rstrip("=")
    if len(text) > MAX_TEXT:
        raise StoryError(TOO_LONG)
    return text


def decode(text: str) -> Story:
    """The story of a link's text. Raises `StoryError`; never reads more than `MAX_FILE` bytes."""
    if len(text) > MAX_TEXT:
        raise StoryError(TOO_LONG)
    version, dot, body = text.strip().partition(".")
    if not dot or not version.isascii() or not version.isdigit() or not _BODY.fullmatch(body):
        raise StoryError(DAMAGED)
    if int(version) > VERSION:
        raise StoryError(UNKNOWN)
    try:
        raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    except (binascii.Error, ValueError) as fault:
        raise StoryError(DAMAGED) from fault
    if int(version) == 1:
        raw = _inflated(raw)
    found = _json(raw)
    slides = found.get("s")
    if not isinstance(slides, list):
        raise StoryError(DAMAGED)
    if len(slides) > MAX_SLIDES:
        raise StoryError(TOO_MANY)
    return Story(
        _line(_text(found.get("t"))),
        tuple(_slide(*_five(one)) for one in slides),
        _theme(found.get("h")),
        match_language(_text(found.get("l"))) or "en",
    )


def to_file(story: Story) -> bytes:
    """The story as a small file that people can read."""
    whole = {
        "format": FORMAT,
        "version": VERSION,
        "title": story.title,
        "lang": story.lang,
        "theme": story.theme,
        "slides": [
            {"page": s.page, "query": dict(s.query), "card": s.card, "title": s.title,
             "note": s.note}
            for s in story.slides
        ],
    }  # fmt: skip
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def from_file(raw: bytes) -> Story:
    """The story of a file. Raises `StoryError` with a sentence for the reader."""
    found = _json(raw)
    slides = found.get("slides")
    if found.get("format") != FORMAT or not isinstance(slides, list):
        raise StoryError(DAMAGED)
    version = found.get("version")
    if not isinstance(version, int) or version < 1:
        raise StoryError(DAMAGED)
    if version > VERSION:
        raise StoryError(UNKNOWN)
    if len(slides) > MAX_SLIDES:
        raise StoryError(TOO_MANY)
    if not all(isinstance(one, dict) for one in slides):
        raise StoryError(DAMAGED)
    return Story(
        _line(_text(found.get("title"))),
        tuple(
            _slide(*(one.get(name) for name in ("page", "query", "card", "title", "note")))
            for one in slides
        ),
        _theme(found.get("theme")),
        match_language(_text(found.get("lang"))) or "en",
    )


def _inflated(raw: bytes) -> bytes:
    """What was compressed, unless it is more than a story can be."""
    machine = zlib.decompressobj()
    try:
        out = machine.decompress(raw, MAX_FILE + 1)
    except zlib.error as fault:
        raise StoryError(DAMAGED) from fault
    if len(out) > MAX_FILE:
        raise StoryError(TOO_LONG)
    if not machine.eof:
        raise StoryError(DAMAGED)
    return out


def _json(raw: bytes) -> dict[str, Any]:
    if len(raw) > MAX_FILE:
        raise StoryError(TOO_LONG)
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise StoryError(DAMAGED) from fault
    if not isinstance(found, dict):
        raise StoryError(DAMAGED)
    return found


def _five(one: object) -> Sequence[object]:
    if not isinstance(one, list) or len(one) != 5:
        raise StoryError(DAMAGED)
    return one


def _text(value: object) -> str:
    """A text that can be written out again: no lone halves of a sign, no control signs."""
    if not isinstance(value, str):
        return ""
    whole = value.encode("utf-8", "ignore").decode()
    return "".join(ch for ch in whole if ch == "\n" or ch.isprintable())


def _theme(value: object) -> str:
    return "dark" if value == "dark" else "light"


def _slide(page: object, query: object, card: object, title: object, note: object) -> Slide:
    if not isinstance(page, str) or not _SLUG.fullmatch(page):
        raise StoryError(DAMAGED)
    if not isinstance(card, str) or not _CARD.fullmatch(card):
        raise StoryError(DAMAGED)
    if not isinstance(query, dict) or len(query) > MAX_QUERY:
        raise StoryError(DAMAGED)
    kept: dict[str, str] = {}
    for name, value in query.items():
        if not _NAME.fullmatch(name) or not isinstance(value, str) or len(value) > _MAX_VALUE:
            raise StoryError(DAMAGED)
        kept[name] = _text(value)
    return Slide(page, kept, card, _line(_text(title)), _text(note).strip()[:MAX_NOTE])


# Showing -----------------------------------------------------------------------------------------

Collect = Callable[[str, Mapping[str, str]], PageView]


@dataclass(frozen=True)
class Shown:
    """A slide with the page and card it names. `card` None is a hole, and `hole` says why.

    `page`: the page is not there or failed; `card`: the page has no such card any more.
    """

    slide: Slide
    view: PageView | None
    card: Card | None
    hole: str = ""

    @property
    def title(self) -> str:
        """The reader's title, else the computed finding."""
        return self.slide.title or (self.card.title if self.card else self.slide.card)


def resolve(story: Story, collect: Collect) -> list[Shown]:
    """Every slide with its card. A page runs once for all its slides; a failure is a hole."""
    pages: dict[tuple[str, tuple[tuple[str, str], ...]], PageView | None] = {}
    found: list[Shown] = []
    for slide in story.slides:
        key = slide.page, tuple(sorted(slide.query.items()))
        if key not in pages:
            try:
                pages[key] = collect(slide.page, slide.query)
            except Exception:  # noqa: BLE001 - one page that fails leaves the others in the talk
                pages[key] = None
        view = pages[key]
        if view is None:
            found.append(Shown(slide, None, None, "page"))
            continue
        card = view.cards.get(slide.card)
        found.append(Shown(slide, view, card, "" if card is not None else "card"))
    return found
