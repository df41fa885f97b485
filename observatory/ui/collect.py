"""Running a page without a reader, to get what it shows as a value.

A page is a thin script over views; run under a script context whose messages go nowhere, it
leaves its parts in a list (`observatory.ui.sink`). So a deck, a brief, an embed and the static
edition are made of the very cards of the screen, for any link, with no second composition of a
page to keep in step.
"""

from __future__ import annotations

import runpy
import threading
from collections.abc import Mapping
from typing import Any, Final

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException
from streamlit.runtime.scriptrunner_utils.script_run_context import (
    ScriptRunContext,
    add_script_run_ctx,
)
from streamlit.runtime.state import SafeSessionState, SessionState

from observatory.cards.filters import parse
from observatory.cards.page_view import PageView, Part
from observatory.charts.room import STAGE, within
from observatory.i18n import DEFAULT_LANGUAGE
from observatory.ui import data, nav, sink
from observatory.ui.card import clear_registry, failed
from observatory.ui.context import Context, set_context
from observatory.ui.state import write
from observatory.ui.visit import context_of, known_of

TIMEOUT: Final = 120.0


class NoSuchPage(LookupError):
    """No page has this slug."""


class NotDrawn(RuntimeError):
    """The page or one of its cards failed, or there is no build to draw from."""


def page_view(slug: str, query: Mapping[str, str], *, theme: str = "light") -> PageView:
    """What `/slug?query` shows.

    Bad parameters fall back as on the screen. With `present=1` charts are planned for a stage
    (`observatory.charts.room`), else for the page. Raises `NoSuchPage`, and `NotDrawn` if the page
    failed: nobody should present a page with a hole that the screen would have owned up to.
    """
    info = nav.find(slug)
    if info is None:
        raise NoSuchPage(slug)
    box: dict[str, Any] = {}

    def run() -> None:
        try:
            add_script_run_ctx(threading.current_thread(), _quiet_context())
            box["view"] = _run(info, dict(query), theme)
        except BaseException as fault:  # noqa: BLE001 - handed to the caller's thread
            box["fault"] = fault

    thread = threading.Thread(target=run, name=f"collect-{info.slug}", daemon=True)
    thread.start()
    thread.join(TIMEOUT)
    if thread.is_alive():
        raise NotDrawn(f"{info.slug}: took longer than {TIMEOUT:.0f} s")
    if fault := box.get("fault"):
        if isinstance(fault, NotDrawn):
            raise fault
        raise NotDrawn(f"{info.slug}: {fault}") from fault
    found: PageView = box["view"]
    return found


def _drop(message: ForwardMsg) -> None:
    """Nobody looks."""


def _quiet_context() -> ScriptRunContext:
    main = str(nav.ROOT / "app.py")
    context = ScriptRunContext(
        session_id="collect",
        _enqueue=_drop,
        query_string="",
        session_state=SafeSessionState(SessionState(), lambda: None),
        uploaded_file_mgr=MemoryUploadedFileManager("/none"),
        main_script_path=main,
        user_info={},
        fragment_storage=MemoryFragmentStorage(),
        pages_manager=PagesManager(main),
    )
    context.reset()
    return context


def _run(info: nav.Page, query: Mapping[str, str], theme: str) -> PageView:
    opened = data.open_build(query.get("build"))
    if opened is None:
        raise NotDrawn("there is no build to draw from")
    filters, _ = parse(query, known_of(opened, info.slug), default_lang=DEFAULT_LANGUAGE)
    ctx = context_of(filters, opened, info.slug, theme=theme, default_lang=DEFAULT_LANGUAGE)
    st.session_state["obs.extra"] = tuple(info.params)
    write(filters)
    set_context(ctx)
    clear_registry()
    PagesManager.uses_pages_directory = False
    with sink.collecting() as parts, within(STAGE if filters.present else None):
        try:
            # The project's own page file, the same that the navigation runs.
            runpy.run_path(str(info.file), run_name="__page__")
        except StopException:
            pass
        except RerunException as asked:
            raise NotDrawn(f"{info.slug}: the page asked to run again") from asked
    return _view(info, ctx, parts, theme)


def _view(info: nav.Page, ctx: Context, parts: list[Part], theme: str) -> PageView:
    holes = [part.card for part in parts if part.card is not None and failed(part.card)]
    if holes:
        raise NotDrawn(f"{info.slug}: {', '.join(card.id for card in holes)} could not be drawn")
    return PageView(
        slug=info.slug,
        path=nav.path_of(info),
        query=ctx.permalink_query(),
        lang=ctx.lang,
        theme=theme,
        build_id=ctx.build_id,
        data_date=ctx.data_date,
        parts=tuple(parts),
    )
