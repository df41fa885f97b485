"""The stage: slides made on the server ahead of a talk, sent once, shown by the browser alone."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

import orjson
import streamlit as st

from observatory.cards.card_model import Card
from observatory.cards.filters import to_query
from observatory.cards.markup import Safe, h
from observatory.cards.page_view import PageView
from observatory.cards.story import Shown, Slide, Story, resolve
from observatory.i18n import Translator, translator
from observatory.ui import collect, data, nav, sink
from observatory.ui.card import foot, registry
from observatory.ui.context import Context
from observatory.ui.html import put
from observatory.ui.shared import Shared
from observatory.ui.style import ASSETS
from observatory.views import slides

SCRIPTS: Final = ("stage_fit.js", "stage.js")


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component(
        "observatory_stage",
        js="\n".join((ASSETS / name).read_text("utf-8") for name in SCRIPTS),
        isolate_styles=False,
    )


def staged(query: Mapping[str, str]) -> dict[str, str]:
    """A page's query for the stage: no receipt open, charts planned for a slide."""
    kept = {name: value for name, value in query.items() if name != "receipt"}
    return {**kept, "present": "1"}


def page_slides(ctx: Context) -> list[Shown]:
    """The cards of the page that this run's link shows, in reading order."""
    query = to_query(ctx.filters, complete=True)
    query.pop("present", None)
    view = collect.page_view(ctx.page, staged(query), theme=ctx.theme)
    # The dialogs of the page find its cards here, as they would had it been drawn.
    registry().update(view.cards)
    cards = [part.card for part in view.parts if part.card is not None]
    shown = [Shown(Slide(ctx.page, query, card.id), view, card) for card in cards]
    return shown or [_cover(view, query)]


def _cover(view: PageView, query: Mapping[str, str]) -> Shown:
    """A page without cards is one slide with its title."""
    head = view.heading
    card = Card(id="page", title=head.title, body=h("p", head.text, cls="stg-empty"))
    return Shown(Slide(view.slug, query, card.id), view, card)


def slide_parts(shown: Shown, t: Translator) -> list[dict[str, Any]]:
    """A slide as the script of the stage takes it, in parts where a card needs several."""
    view, card = shown.view, shown.card
    own = translator(view.lang) if view else t
    base = {
        "lang": own.html_lang,
        "page": shown.slide.page,
        "card": shown.slide.card,
        "title": shown.title,
        "note": shown.slide.note,
        "mark": _mark(view, own),
    }
    if view is None or card is None:
        return [{**base, "computed": "", "sub": "", "body": slides.hole(shown, t).html, "foot": ""}]
    faces = slides.faces(card, own)
    opened = data.open_build(view.build_id)
    known = view.query.get("as_of")
    rows, count = slides.receipts(card, lambda ids: _lines(opened, ids, known), own)
    source: Safe | None = foot(card, own)
    rest = count - len(rows)
    every = {
        **base,
        "computed": card.title,
        "foot": source.html if source else "",
        "said": card.alt if card.alt != card.title else "",
        "receipts": rows,
        "rest": own.n("{n} more value in the card's table", "{n} more values in the card's table", rest)
        if rest > 0 else "",
    }  # fmt: skip
    return [
        {**every, "sub": made.sub or card.subtitle, "body": made.body.html, "beyond": made.beyond,
         "part": f"({at}/{len(faces)})" if len(faces) > 1 else ""}
        for at, made in enumerate(faces, 1)
    ]  # fmt: skip


def _numbered(made: Mapping[str, Any], **own: object) -> dict[str, Any]:
    """The slide with its place among the parts of its card in the title."""
    slide = {**made, **own}
    part = slide.pop("part", "")
    return {**slide, "title": f"{slide['title']} {part}"} if part else slide


def _lines(
    opened: data.Opened | None, ids: Sequence[str], as_of: str | None
) -> list[dict[str, Any]]:
    if opened is None or not ids:
        return []
    day = dt.date.fromisoformat(as_of) if as_of else None
    return data.lines_of(opened.db, ids, day)


def _mark(view: PageView | None, t: Translator) -> str:
    name = t("East Asia AI Observatory")
    if view is None:
        return name
    if known := view.query.get("as_of"):
        return f"{name} · {t.date(dt.date.fromisoformat(known))}"
    return f"{name} · {t.date(view.data_date)}" if view.data_date else name


@lru_cache(maxsize=8)
def _words(t: Translator) -> dict[str, Any]:
    return {
        "label": t("Slides"),
        "wait": t("Preparing the slides"),
        "keys": t("Moving between slides"),
        "place": t("Slide {n} of {all}: {title}", n="{n}", all="{all}", title="{title}"),
        "prev": t("Previous"),
        "next": t("Next"),
        "overview": t("All slides"),
        "notes": t("Speaker's notes"),
        "black": t("Black screen"),
        "full": t("Full screen"),
        "leave": t("Leave"),
        "newer": t("Newer data are there: reload"),
        "more": t("{n} more rows are on the page", n="{n}"),
        "one": t("One more row is on the page"),
        "cut": t("The rest of this picture is on the page"),
        "heads": slides.receipt_heads(t),
        "computed": t("Computed finding:"),
        "nonote": t("No note for this slide"),
        "after": t("Next:"),
        "last": t("This is the last slide"),
        "blocked": t("The browser kept the window of the notes closed; allow it for this site."),
    }


class Deck(NamedTuple):
    """Slides as the script of the stage takes them, as JSON too, and a name for exactly these."""

    slides: list[dict[str, Any]]
    text: bytes
    id: str


def deck_of(made: list[dict[str, Any]]) -> Deck:
    """Slides with what is sent of them."""
    text = orjson.dumps(made)
    return Deck(made, text, hashlib.sha256(text).hexdigest()[:16])


_MADE: Final = Shared(400)
_DECKS: Final = Shared(64)
"""Some 0.3 MB each: what readers look at now."""


def _made(
    ctx: Context, page: str, query: tuple[tuple[str, str], ...], card: str
) -> list[dict[str, Any]]:
    """A slide of a story without the reader's words; kept while the served build is the same."""

    def run(slug: str, asked: Mapping[str, str]) -> PageView:
        return collect.page_view(slug, staged(asked), theme=ctx.theme)

    def make() -> list[dict[str, Any]]:
        story = Story(slides=(Slide(page, dict(query), card),))
        return slide_parts(resolve(story, run)[0], ctx.t)

    found: list[dict[str, Any]] = _MADE.get(
        (ctx.build_id, ctx.lang, ctx.theme, page, query, card), make
    )
    return found


def story_deck(ctx: Context, story: Story, *, fresh: bool = False) -> Deck:
    """The slides of a story. `fresh` takes the newest data in place of the story's own.

    `of` is the slide of the story that one shows: cards of several charts take several slides.
    """
    key = (ctx.build_id, ctx.lang, ctx.theme, fresh, orjson.dumps(story))
    found: Deck = _DECKS.get(key, lambda: deck_of(_story_slides(ctx, story, fresh)))
    return found


def _story_slides(ctx: Context, story: Story, fresh: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for at, slide in enumerate(story.slides):
        query = tuple(
            sorted((n, v) for n, v in slide.query.items() if not (fresh and n == "build"))
        )
        found += [
            _numbered(
                one,
                of=at,
                own=bool(slide.title),
                title=slide.title or one["title"],
                note=slide.note,
            )
            for one in _made(ctx, slide.page, query, slide.card)
        ]
    return found


def payload(
    ctx: Context, deck: Deck, *, start: bool, leave_to: str, fresh: str = ""
) -> dict[str, Any]:
    """Everything a talk needs. `start` opens the stage; `fresh` is a link to the newest data."""
    now = data.open_build(None)
    return {
        "id": deck.id,
        "open": start,
        "slides": orjson.Fragment(deck.text),
        "words": _words(ctx.t),
        "exit": leave_to,
        "fresh": fresh,
        "newest": now.build_id if now else "",
    }


def mount(sent: Mapping[str, Any]) -> None:
    """Send slides to the browser, as bytes: Streamlit looks into all that is none, twice a run."""
    if sink.active():
        return
    with st.container(key="obs-stage"):
        _component()(key="obs-stage-js", data=orjson.dumps(dict(sent)))


def _link(path: str, query: Mapping[str, str]) -> str:
    kept = {name: value for name, value in query.items() if value and name != "present"}
    # Named empty: a link keeps what it does not name, and this one leaves the stage.
    return f"{path}?{urlencode({**kept, 'present': ''})}"


def present_page(ctx: Context) -> None:
    """The stage over the page of this link, card by card."""
    info = nav.find(ctx.page)
    path = nav.path_of(info) if info else "/"
    query = to_query(ctx.filters, complete=True)
    free = {name: value for name, value in query.items() if name != "build"}
    fresh = f"{path}?{urlencode(free)}" if ctx.filters.build else ""
    shown = page_slides(ctx)
    made = deck_of([_numbered(part) for one in shown for part in slide_parts(one, ctx.t)])
    if shown[0].view is not None:
        # The stage covers the page; for who cannot see, and without a script, its title stays.
        put(h("h1", shown[0].view.heading.title, cls="sr"))
    mount(payload(ctx, made, start=True, leave_to=_link(path, query), fresh=fresh))
