"""Files of what a link shows: `/export/deck.pptx`, `brief.html`, `brief.pdf`, `card.png`, `card.svg`;
cards for frames on other sites at `/embed/<page>/<card>`.

The query is that of a page with `page=<slug>` beside it, or `story=<text of a story's link>`, or
`ready=<id of a ready-made story>`; `card=<id>` picks one card of a page, `template=<name>` a deck's
template. So a file can be linked,
scripted and made again, and carries the filters of the link.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observatory.api.problems import MEDIA, Problem, shown
from observatory.cards.page_view import PageView
from observatory.cards.story import Shown, Slide, Story, StoryError, decode, resolve
from observatory.db import queries
from observatory.editions import brief, embed, pdf, pictures
from observatory.editions.deck import BadTemplate, DeckSlide, build_deck
from observatory.editions.words import Listed, Shelf
from observatory.i18n import DEFAULT_LANGUAGE, Translator, match_language, translator
from observatory.ui import collect, data, deck_templates, file_names, nav
from observatory.ui.site_address import base
from observatory.ui.style import style_sheet
from observatory.views import receipts, stories
from observatory.views.labels import clean

_LOG: Final = logging.getLogger("observatory.export")
MAX_ADDRESS: Final = 12_000
AT_ONCE: Final = 2
WAIT: Final = 40.0
KEPT: Final = 24
KEPT_BYTES: Final = 60_000_000
TYPES: Final[Mapping[str, str]] = {
    "deck.pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "brief.html": "text/html; charset=utf-8",
    "brief.pdf": "application/pdf",
    "card.png": "image/png",
    "card.svg": "image/svg+xml",
}
EMBED: Final = "embed"
_OWN: Final = frozenset({"page", "story", "ready", "card", "theme", "template"})


@dataclass(frozen=True)
class _Made:
    body: bytes
    name: str


_turns: Final = threading.BoundedSemaphore(AT_ONCE)
_kept: Final[OrderedDict[str, _Made]] = OrderedDict()
_lock: Final = threading.Lock()


async def export(request: Request) -> Response:
    """The file; an error as problem+json with what to do."""
    kind = request.path_params["kind"]
    problem = _refused(kind, request)
    if problem is None:
        try:
            made = await asyncio.to_thread(_make_once, kind, dict(request.query_params))
        except Problem as fault:
            problem = fault
        except Exception:  # noqa: BLE001 - the reader gets a sentence, the log the reason
            _LOG.exception("export %s failed", kind)
            problem = Problem(500, "the file could not be made; the log has the reason")
    if problem is not None:
        headers = {"cache-control": "no-store", **problem.headers}
        return Response(problem.body(), problem.status, headers, MEDIA)
    way = "inline" if kind in ("brief.html", "card.svg", "card.png") else "attachment"
    headers = {
        "content-disposition": f'{way}; filename="{made.name}"',
        "cache-control": "private, max-age=300",
    }
    return Response(made.body, 200, headers, TYPES[kind])


async def embedded(request: Request) -> Response:
    """A card for a frame on another site; errors as a sentence in the frame."""
    page, card = request.path_params["page"], request.path_params["card"]
    query = {**request.query_params, "page": page, "card": card}
    problem = (
        Problem(414, "the address is too long") if len(str(request.url)) > MAX_ADDRESS else None
    )
    if problem is None:
        try:
            made = await asyncio.to_thread(_make_once, EMBED, query)
            return Response(
                made.body, 200, {"cache-control": "public, max-age=300"}, TYPES["brief.html"]
            )
        except Problem as fault:
            problem = fault
        except Exception:  # noqa: BLE001 - the reader gets a sentence, the log the reason
            _LOG.exception("embed failed")
            problem = Problem(500, "the chart could not be drawn; the log has the reason")
    said = f"<!doctype html><title>East Asia AI Observatory</title><p>{escape(problem.detail)}</p>"
    return Response(
        said, problem.status, {"cache-control": "no-store", **problem.headers}, TYPES["brief.html"]
    )


def _refused(kind: str, request: Request) -> Problem | None:
    if kind not in TYPES:
        return Problem(404, f"no file {shown(kind)}; there are {', '.join(TYPES)}")
    if len(str(request.url)) > MAX_ADDRESS:
        return Problem(414, "the address is too long; save the story as a file")
    return None


def _make_once(kind: str, query: dict[str, str]) -> _Made:
    """The file, from those kept while the served build and the template are the same."""
    opened = data.open_build(None)
    if opened is None:
        raise Problem(503, "nothing was built yet", headers={"retry-after": "5"})
    template = ""
    if kind == "deck.pptx":
        template = deck_templates.stamp(deck_templates.chosen(query.get("template", "")))
    key = hashlib.sha256(
        repr((kind, sorted(query.items()), opened.build_id, template)).encode()
    ).hexdigest()
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    if not _turns.acquire(timeout=WAIT):
        raise Problem(503, "busy with other files, come again", headers={"retry-after": "10"})
    try:
        made = _make(kind, query)
    finally:
        _turns.release()
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT or sum(len(one.body) for one in _kept.values()) > KEPT_BYTES:
            _kept.popitem(last=False)
    return made


def _make(kind: str, query: Mapping[str, str]) -> _Made:
    lang = match_language(query.get("lang", "")) or DEFAULT_LANGUAGE
    staged = kind in ("deck.pptx", "card.png", "card.svg")
    # Decks and briefs are for paper and projectors: always light.
    theme = (
        "dark" if query.get("theme") == "dark" and kind.startswith(("card.", EMBED)) else "light"
    )

    def run(slug: str, asked: Mapping[str, str]) -> PageView:
        more = {"present": "1"} if staged else {}
        return collect.page_view(slug, {**asked, **more}, theme=theme)

    if "story" in query or "ready" in query:
        story = _story(query, lang, run)
        found = resolve(story, run)
        return _of_story(kind, story, found, query.get("template", ""), translator(story.lang))
    slug = query.get("page", "")
    if nav.find(slug) is None or not slug:
        raise Problem(
            400, "page= names no page; there are " + ", ".join(p.slug for p in nav.existing())
        )
    try:
        view = run(slug, {name: value for name, value in query.items() if name not in _OWN})
    except collect.NotDrawn as fault:
        raise Problem(
            503, "the page could not be drawn; try it on the site", headers={"retry-after": "5"}
        ) from fault
    return _of_page(kind, view, query)


def _story(
    query: Mapping[str, str], lang: str, run: Callable[[str, Mapping[str, str]], PageView]
) -> Story:
    t = translator(lang)
    if text := query.get("story"):
        try:
            story = decode(text)
        except StoryError as fault:
            raise Problem(400, t(str(fault.args[0]))) from fault
    else:
        ready = stories.find(query.get("ready"))
        if ready is None:
            raise Problem(
                400,
                "ready= names no story; there are " + ", ".join(one.id for one in stories.READY),
            )
        kept = {name: value for name, value in query.items() if name not in {*_OWN, "economy"}}
        story = stories.compute(ready, {**kept, "lang": lang}, query.get("economy", "KOR"), run, t)
    if not story.slides:
        raise Problem(400, t("This story has no slides."))
    return story


def _of_story(kind: str, story: Story, found: list[Shown], template: str, t: Translator) -> _Made:
    there = [
        (one, one.view, one.card) for one in found if one.view is not None and one.card is not None
    ]
    if not there:
        raise Problem(409, t("None of the cards of this story is there any more."))
    shelf = _shelf(story.lang)
    title = story.title or t("Slides")
    build = there[0][1].build_id[:12]
    if kind == "deck.pptx":
        slides = [
            DeckSlide(view, card, one.slide.title, one.slide.note) for one, view, card in there
        ]
        holes = [_hole(one.slide, t) for one in found if one.card is None]
        return _Made(
            _deck(title, slides, shelf, template, story.lang, holes),
            f"observatory-story-{build}.pptx",
        )
    if kind in ("brief.html", "brief.pdf"):
        cards = [
            brief.BriefCard(view, card, one.slide.title, one.slide.note)
            for one, view, card in there
        ]
        html = brief.story_brief(title, cards, shelf, style_sheet(), story.lang)
        return _brief(kind, html, f"observatory-story-{build}", t)
    raise Problem(400, "a picture is of one card: give page= and card=")


def _hole(slide: Slide, t: Translator) -> str:
    return t(
        "Left out: the card {card} of {page}, which is not there any more.",
        card=slide.card,
        page=slide.page,
    )


def _of_page(kind: str, view: PageView, query: Mapping[str, str]) -> _Made:
    t, shelf = translator(view.lang), _shelf(view.lang)
    stem = file_names.stem(view.slug, query, view.build_id, query.get("card", ""))
    stem = f"observatory-{stem}"
    cards = list(view.cards.values())
    if "card" in query:
        cards = [card for card in cards if card.id == query["card"]]
        if not cards:
            raise Problem(
                404, f"no card {shown(query['card'])} here; there are {', '.join(view.cards)}"
            )
    if kind == EMBED:
        scheme: embed.Scheme = (
            "dark"
            if query.get("theme") == "dark"
            else "light"
            if query.get("theme") == "light"
            else "auto"
        )
        return _Made(embed.embed_html(view, cards[0], shelf, scheme).encode(), stem)
    if kind in ("card.png", "card.svg"):
        if "card" not in query:
            raise Problem(400, f"card= is missing; there are {', '.join(view.cards)}")
        return _picture(kind, view, query, stem)
    if kind == "deck.pptx":
        slides = [DeckSlide(view, card) for card in cards if stories.has_content(card)]
        if not slides:
            raise Problem(409, t("This page has no cards under these choices."))
        template = query.get("template", "")
        made = _deck(view.heading.title, slides, shelf, template, view.lang, ())
        return _Made(made, f"{stem}.pptx")
    if "card" in query:
        html = brief.story_brief(
            cards[0].title, [brief.BriefCard(view, cards[0])], shelf, style_sheet(), view.lang
        )
    else:
        html = brief.page_brief(view, shelf, style_sheet())
    return _brief(kind, html, stem, t)


def _picture(kind: str, view: PageView, query: Mapping[str, str], stem: str) -> _Made:
    card = view.cards[query["card"]]
    drawing = pictures.captioned(card, view, _shelf(view.lang))
    if drawing is None:
        raise Problem(
            409, translator(view.lang)("This card has no single picture; take its table.")
        )
    name = f"{stem}.{kind[-3:]}"
    theme: pictures.Theme = "dark" if query.get("theme") == "dark" else "light"
    if kind == "card.svg":
        return _Made(pictures.resolved(drawing, theme).encode(), name)
    return _Made(pictures.png(drawing, theme, 2.0, pictures.background(theme)), name)


def _deck(
    title: str,
    slides: list[DeckSlide],
    shelf: Shelf,
    name: str,
    lang: str,
    holes: Sequence[str],
) -> bytes:
    path = deck_templates.chosen(name)
    try:
        template = path.read_bytes() if path else None
        return build_deck(title, slides, shelf, lang, template=template, holes=holes)
    except (OSError, BadTemplate) as fault:
        which = name or deck_templates.FILE
        said = str(fault) if isinstance(fault, BadTemplate) else "the file cannot be read"
        raise Problem(500, f"the template of decks ({which}) cannot be used: {said}") from fault


def _brief(kind: str, html: str, stem: str, t: Translator) -> _Made:
    if kind == "brief.html":
        return _Made(html.encode(), f"{stem}.html")
    try:
        return _Made(pdf.to_pdf(html), f"{stem}.pdf")
    except pdf.NoPdf as fault:
        instead = t("The HTML brief prints the same from any browser.")
        if fault.reason == "browser":
            said = t("A PDF needs Chromium on the server, and there is none.")
            raise Problem(501, f"{said} {instead}") from fault
        _LOG.exception("the PDF failed")
        raise Problem(500, f"{t('The PDF could not be made.')} {instead}") from fault


def _shelf(lang: str) -> Shelf:
    opened = data.open_build(None)
    names = data.names_of(opened.db, lang) if opened else {}

    def sources(ids: Sequence[str]) -> dict[str, Listed]:
        return source_facts(opened, ids, translator(lang))

    return Shelf(names, base(), sources)


def source_facts(
    opened: data.Opened | None, ids: Sequence[str], t: Translator
) -> dict[str, Listed]:
    """Sources of the served build by id, as lists of sources name them."""
    if opened is None or not ids:
        return {}
    rows = queries.sources_by_id(opened.db, ids).to_dict("records")
    return {
        str(row["source_id"]): Listed(
            clean(row["origin"]) or clean(row["publisher"]), clean(row["title"]), clean(row["url"]),
            receipts.licence(clean(row["licence"]), t),
        )
        for row in rows
    }  # fmt: skip


async def embed_style(request: Request) -> Response:
    """The sheet of embedded cards."""
    return Response(
        style_sheet() + embed.RULES, 200, {"cache-control": "public, max-age=3600"}, "text/css"
    )


ROUTES: Final = (
    Route("/export/{kind}", export, methods=["GET"]),
    Route(embed.STYLE, embed_style, methods=["GET"]),
    Route("/embed/{page}/{card}", embedded, methods=["GET"]),
)
