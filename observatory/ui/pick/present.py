"""The page of stories: its slides in order, what can be done with each, files and links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode
from zlib import crc32

import streamlit as st

from observatory.cards import states, story
from observatory.cards.filters import to_query
from observatory.cards.markup import Safe, h, icon
from observatory.cards.story import Story, StoryError
from observatory.i18n.languages import KNOWN
from observatory.ui import collect, data, file_links, nav, sink, stage
from observatory.ui.catalogue import piece
from observatory.ui.context import Context
from observatory.ui.html import put
from observatory.views import stories

_PATH: Final = "/present"


def story_of(ctx: Context) -> tuple[Story, str]:
    """The story of this link, and a sentence (a msgid) on what could not be read in it."""
    if text := ctx.filters.get("story"):
        try:
            return story.decode(text), ""
        except StoryError as fault:
            return Story(lang=ctx.lang), str(fault.args[0])
    ready = stories.find(ctx.filters.get("ready"))
    if ready is None:
        return Story(lang=ctx.lang), ""
    economy = ctx.filters.economy or "KOR"
    return piece(ctx, "ready-story", lambda: _ready(ctx, ready, economy), ready.id, economy), ""


def _ready(ctx: Context, ready: stories.Ready, economy: str) -> Story:
    shared = to_query(ctx.filters.shared(), complete=True)
    if ctx.build_id:
        shared["build"] = ctx.build_id

    def run(slug: str, query: Mapping[str, str]) -> Any:
        return collect.page_view(slug, query, theme=ctx.theme)

    return stories.compute(ready, shared, economy, run, ctx.t)


def _say(sentence: str) -> None:
    """A polite note above the story."""
    put(states.banner("info", sentence, warn=True))


def link_to(ctx: Context, changed: Story, slide: int | None = None) -> str:
    """The address of a story on this page; empty, with a note, if it is too long for one."""
    try:
        text = story.encode(changed)
    except StoryError as fault:
        _say(ctx.t(str(fault.args[0])))
        return ""
    query = {"story": text, "ready": "", "economy": "", "fresh": "",
             "slide": str(slide + 1) if slide is not None else ""}  # fmt: skip
    return f"{_PATH}?{urlencode(query)}"


def edited(ctx: Context, asked: str) -> str:
    """The address after an edit named by a button, such as `up:3`; empty if nothing changes."""
    what, _, number = asked.partition(":")
    now, _ = story_of(ctx)
    at = int(number) if number.isdecimal() and len(number) < 4 else -1
    try:
        changed, to = _apply(now, what, at)
    except StoryError as fault:
        _say(ctx.t(str(fault.args[0])))
        return ""
    if changed is None:
        return ""
    # The editor opens when it is asked for, and then goes with its slide.
    opened = what == "edit" or chosen(ctx, now) is not None
    return link_to(ctx, changed, to if opened else None)


def _apply(now: Story, what: str, at: int) -> tuple[Story | None, int | None]:
    if not 0 <= at < len(now.slides):
        return None, None
    match what:
        case "up":
            return story.move(now, at, at - 1), max(at - 1, 0)
        case "down":
            return story.move(now, at, at + 1), min(at + 1, len(now.slides) - 1)
        case "copy":
            return story.duplicate(now, at), at + 1
        case "delete":
            return story.delete(now, at), min(at, len(now.slides) - 2) if len(
                now.slides
            ) > 1 else None
        case "finding":
            return story.retitle(now, at, ""), at
        case "edit":
            return now, at
    return None, None


def chosen(ctx: Context, now: Story) -> int | None:
    """The slide that is being edited, if any."""
    asked = ctx.filters.get("slide") or ""
    at = int(asked) - 1 if asked.isdecimal() and len(asked) < 4 else -1
    return at if 0 <= at < len(now.slides) else None


# Drawing -------------------------------------------------------------------------------------------


def show(ctx: Context) -> None:
    """Draw the page, or the talk itself where the link says so."""
    now, problem = story_of(ctx)
    fresh = ctx.filters.get("fresh") == "1"
    deck = stage.story_deck(ctx, now, fresh=fresh)
    made = deck.slides
    query = to_query(ctx.filters, complete=True)
    back = f"{_PATH}?{urlencode({**{k: v for k, v in query.items() if k != 'present'}, 'present': ''})}"
    newest = f"{_PATH}?{urlencode({**query, 'fresh': '1'})}" if not fresh else ""
    sent = stage.payload(
        ctx, deck, start=ctx.filters.present and bool(made), leave_to=back, fresh=newest
    )
    stage.mount({**sent, "builder": True, "story": _kept(ctx, now)})
    if ctx.filters.present and made:
        return
    if sink.active():
        # Where the page is collected, what only a reader can use is left out.
        put(_list(ctx, now, made) if made else None, _ready_made(ctx))
        return
    if problem:
        put(states.banner("link_off", ctx.t(problem), "", warn=True))
    _actions(ctx, now)
    if not made:
        _nothing(ctx)
    else:
        with st.container(key="pr-main", horizontal=True, gap="large", vertical_alignment="top"):
            with st.container(key="pr-list", width="stretch", gap=None):
                put(_list(ctx, now, made))
            with st.container(key="pr-edit", width=380, gap="small"):
                _editor(ctx, now, made)
    put(_ready_made(ctx))


def _kept(ctx: Context, now: Story) -> dict[str, Any] | None:
    """The story for the browser to keep; ready-made ones are kept once they are changed."""
    if not ctx.filters.get("story") and not ctx.filters.get("ready"):
        return None
    return {
        "title": now.title,
        "lang": now.lang,
        "theme": now.theme,
        "kept": bool(ctx.filters.get("story")),
        "slides": [
            {
                "page": s.page,
                "query": dict(s.query),
                "card": s.card,
                "title": s.title,
                "note": s.note,
            }
            for s in now.slides
        ],
    }


def _actions(ctx: Context, now: Story) -> None:
    t = ctx.t
    with st.container(key="pr-acts", horizontal=True, gap="small", vertical_alignment="center"):
        if now.slides:
            put(
                h("button", icon("fullscreen"), t("Present"), cls="btn primary", type="button",
                  data_stage="0", aria_keyshortcuts="p"),
                width="content",
            )  # fmt: skip
            put(_files(ctx, now), width="content")
            put(h("button", icon("link"), t("Copy a link"), cls="btn", type="button", data_act="link"),
                width="content")  # fmt: skip
            put(_translated(ctx, now), width="content")
            st.download_button(
                t("Save as a file"), story.to_file(now), "story.json", "application/json",
                icon=":material/download:", on_click="ignore", key="pr-save",
            )  # fmt: skip
        with st.popover(
            t("Open a file"), icon=":material/description:", key="pr-load", width="content"
        ):
            _upload(ctx)
        put(h("button", icon("history"), t("Open my own story"), cls="btn", type="button",
              data_story_own="obs.story", hidden=True), width="content")  # fmt: skip


def _translated(ctx: Context, now: Story) -> Safe | None:
    """A way to have all slides in the reader's language, where one of them is in another."""
    if all(slide.query.get("lang", "en") == ctx.lang for slide in now.slides):
        return None
    address = link_to(ctx, story.in_language(now, ctx.lang))
    if not address:
        return None
    label = ctx.t("All slides in {language}", language=KNOWN[ctx.lang].name)
    return h("a", icon("language"), label, cls="btn", href=address, data_go=True)


def _files(ctx: Context, now: Story) -> Safe | None:
    """The story as slides and as a brief; a story too long for a link has none."""
    try:
        text = story.encode(now)
    except StoryError:
        return None
    return h("div", *file_links.story_links(text, ctx.t), cls="row-btns")


def _upload(ctx: Context) -> None:
    t = ctx.t
    given = st.file_uploader(t("A story that was saved from this page"), type=["json"],
                             max_upload_size=1, key="pr-file")  # fmt: skip
    if given is None:
        return
    try:
        found = story.from_file(given.getvalue())
    except StoryError as fault:
        _say(t(str(fault.args[0])))
        return
    if st.session_state.get("pr-opened") == given.file_id:
        return
    st.session_state["pr-opened"] = given.file_id
    go_to(ctx, found, None)


def go_to(ctx: Context, changed: Story, slide: int | None) -> None:
    """Show another story in place of this one."""
    address = link_to(ctx, changed, slide)
    if address:
        from observatory.ui.desk import go

        go(ctx, address)


def _list(ctx: Context, now: Story, made: list[dict[str, Any]]) -> Safe:
    at = chosen(ctx, now)
    rows = [
        _row(ctx, slide["of"], place, slide, len(now.slides), current=slide["of"] == at)
        for place, slide in enumerate(made)
        if not place or made[place - 1]["of"] != slide["of"]
    ]
    return h("ol", *rows, cls="pr-list", aria_label=ctx.t("Slides"))


def _row(
    ctx: Context, at: int, place: int, slide: Mapping[str, Any], count: int, *, current: bool
) -> Safe:
    """A slide of the story; `place` is that of its first part in the talk."""
    t = ctx.t
    info = nav.find(str(slide["page"]))

    def button(what: str, shape: str, label: str, *, off: bool = False) -> Safe:
        return h("button", icon(shape), type="button", cls="btn", data_story=f"{what}:{at}",
                 title=label, aria_label=f"{label} ({at + 1})", disabled=off)  # fmt: skip

    where = t(info.title) if info else str(slide["page"])
    said = [where]
    if slide["own"] and slide["computed"]:
        said.append(t("own title"))
    if slide["note"]:
        said.append(t("with a note"))
    return h(
        "li",
        h("span", str(at + 1), cls="pr-no"),
        h("button", h("span", cls="pr-thumb", data_thumb=str(place)), type="button", cls="pr-show",
          data_stage=str(place), aria_label=t("Present from slide {n}", n=at + 1)),
        h("div", h("p", str(slide["title"]), cls="pr-title", lang=str(slide["lang"])),
          h("p", " · ".join(said), cls="small muted"),
          h("div",
            button("edit", "article", t("Title and note")),
            button("up", "arrow_upward", t("Earlier"), off=at == 0),
            button("down", "arrow_downward", t("Later"), off=at == count - 1),
            button("copy", "content_copy", t("Duplicate")),
            button("delete", "close", t("Take out")),
            cls="pr-btns"),
          cls="pr-said"),
        cls="on" if current else None,
    )  # fmt: skip


def _editor(ctx: Context, now: Story, made: list[dict[str, Any]]) -> None:
    t = ctx.t
    at = chosen(ctx, now)
    _title_of_story(ctx, now, at)
    if at is None:
        put(h("p", t("Choose “Title and note” at a slide to write its title or what you want to say."),
              cls="small muted"))  # fmt: skip
        return
    slide, drawn = now.slides[at], next(one for one in made if one["of"] == at)
    put(h("h2", t("Slide {n}", n=at + 1), cls="pr-h2"))
    # A widget keeps what was typed by its key: a slide whose words were changed elsewhere needs another.
    key = f"{at}-{crc32(repr((slide.page, slide.card, slide.title, slide.note)).encode()):x}"
    title = st.text_input(
        t("Title"), slide.title, max_chars=story.MAX_TITLE, key=f"pr-t-{key}",
        placeholder=str(drawn["computed"]),
        help=t("Empty: the finding that is computed from the data."),
    )  # fmt: skip
    if slide.title and drawn["computed"]:
        put(h("p", t("Computed finding:"), " ", h("span", str(drawn["computed"]), lang=str(drawn["lang"])),
              " ", h("button", t("Use it"), type="button", cls="num", data_story=f"finding:{at}"),
              cls="small ink2"))  # fmt: skip
    note = st.text_area(t("Speaker's note"), slide.note, max_chars=story.MAX_NOTE, height=170,
                        key=f"pr-n-{key}")  # fmt: skip
    source = nav.find(slide.page)
    if source is not None:
        put(h("a", t("Open its page"), cls="go small", data_go=True,
              href=f"{nav.path_of(source)}?{urlencode(dict(slide.query))}"))  # fmt: skip
    changed = story.annotate(story.retitle(now, at, title), at, note)
    if changed != now:
        go_to(ctx, changed, at)


def _title_of_story(ctx: Context, now: Story, at: int | None) -> None:
    title = st.text_input(ctx.t("Title of the story"), now.title, max_chars=120,
                          key=f"pr-name-{crc32(now.title.encode()):x}")  # fmt: skip
    changed = Story(" ".join(title.split()), now.slides, now.theme, now.lang)
    if changed != now:
        go_to(ctx, changed, at)


def _nothing(ctx: Context) -> None:
    t = ctx.t
    put(
        h(
            "div",
            h("p", h("b", t("No slides yet"))),
            h("p", t(
                "On any page choose “Add to story” under a chart or table, then come back here. Or begin"
                " with a ready-made story."
            )),
            cls="pr-none",
        )
    )  # fmt: skip


def _ready_made(ctx: Context) -> Safe:
    t = ctx.t
    names = data.economy_names(ctx)
    chosen_economy = ctx.filters.economy or "KOR"
    tiles: list[Safe] = []
    for one in stories.READY:
        if one.economy:
            links = [
                h("a", names.get(code, code), href=_begin(one.id, code), data_go=True,
                  aria_current="true" if ctx.filters.get("ready") == one.id and code == chosen_economy
                  else None)
                for code in ctx.filters.economies
            ]  # fmt: skip
            way: Safe = h(
                "p", *(part for link in links for part in (link, " ")), cls="pr-ecos small"
            )
        else:
            way = h(
                "a", icon("add"), t("Begin with it"), href=_begin(one.id), data_go=True, cls="btn"
            )
        tiles.append(
            h("div", h("h3", t(one.title)), h("p", t(one.about), cls="sub"), way, cls="pr-tile")
        )
    head = h("div", h("h2", t("Ready-made stories"), id="ready"), cls="sec")
    words = h(
        "p", t("Computed from the data under your choices; change them as you like."), cls="deck"
    )
    return h("div", head, words, h("div", *tiles, cls="pr-tiles"))


def _begin(ready: str, economy: str = "") -> str:
    query = {"ready": ready, "economy": economy, "story": "", "slide": "", "fresh": ""}
    return f"{_PATH}?{urlencode(query)}"
