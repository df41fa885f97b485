"""Pieces as one message, what sessions share, figures made plain once, the style sheet as a file."""

from __future__ import annotations

import threading
import time
from typing import Any

import plotly.graph_objects as go
import plotly.io
import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from observatory.charts.ready import ready
from observatory.ui import style
from observatory.ui.shared import Shared


def pieces() -> None:
    import streamlit as st

    from observatory.cards.markup import h
    from observatory.ui import flow
    from observatory.ui.html import put

    with flow.columns([3, 1]) as (left, right):
        with right:
            put(h("p", "right"))
        with left:
            put(h("p", "one"))
            put(h("p", "two <"))
    with flow.columns([1, 1]) as (left, right):
        with left:
            put(h("p", "above"))
            flow.keep(lambda: st.caption("no html"))
            put(h("p", "below"))
        with right:
            put(h("p", "beside"))
    with flow.block():
        put(h("p", "a"))
        with flow.columns([1, 1]) as (left, _), left:
            put(h("p", "b"))
        put(h("p", "c"))
    put(h("p", "alone"))


def test_html_of_columns_is_one_message_and_what_is_none_gets_columns_of_its_own() -> None:
    app = AppTest.from_function(pieces).run()
    assert not app.exception
    bodies = [str(element.proto.body) for element in app.get("html")]
    assert bodies[0] == (
        '<div class="obs-cols"><div class="obs-col" style="--part:75.0000%"><div><p>one</p></div>'
        '<div><p>two &lt;</p></div></div><div class="obs-col" style="--part:25.0000%"><div>'
        "<p>right</p></div></div></div>"
    )
    assert bodies[1:4] == ["<p>above</p>", "<p>below</p>", "<p>beside</p>"]
    assert [caption.value for caption in app.caption] == ["no html"]
    assert len(app.columns) == 2
    assert bodies[4].startswith(
        '<div class="obs-flow"><div><p>a</p></div><div><div class="obs-cols">'
    )
    assert bodies[5:] == ["<p>alone</p>"]


def broken() -> None:
    from observatory.cards.markup import h
    from observatory.ui import flow
    from observatory.ui.html import put

    try:
        with flow.columns([1, 1]) as (left, _), left:
            put(h("p", "was there"))
            int("no number")
    except ValueError:
        put(h("p", "after"))


def test_what_was_drawn_before_a_fault_is_shown() -> None:
    bodies = [
        str(element.proto.body) for element in AppTest.from_function(broken).run().get("html")
    ]
    assert len(bodies) == 2
    assert "was there" in bodies[0]
    assert bodies[1] == "<p>after</p>"


def test_a_value_is_made_once_while_others_wait() -> None:
    made: list[int] = []

    def make() -> str:
        time.sleep(0.05)
        made.append(1)
        return "x"

    kept = Shared(2)
    found: list[Any] = []
    threads = [threading.Thread(target=lambda: found.append(kept.get("k", make))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["x"] * 6
    assert made == [1]


def test_keys_differ_by_kind_faults_are_not_kept_and_the_least_used_goes() -> None:
    kept = Shared(2)
    assert [kept.get(("n", key), lambda key=key: repr(key)) for key in (1, True)] == ["1", "True"]
    assert kept.get(("n", 1), lambda: "again") == "1"
    with pytest.raises(ZeroDivisionError):
        kept.get("bad", lambda: 1 // 0)
    assert kept.get("bad", lambda: "good now") == "good now"
    assert len(kept) == 2
    assert kept.get(("n", True), lambda: "anew") == "anew"


def test_a_figure_in_plain_form_is_sent_as_the_figure_would_be() -> None:
    figure = go.Figure([go.Scatter(x=[1, 2], y=[3.5, None], name="a")], {"title": {"text": "<b>"}})
    once = ready(figure)
    assert once.to_dict() is once.to_dict()
    assert plotly.io.to_json(once.to_dict(), validate=False) == plotly.io.to_json(figure)
    assert ready("<svg/>") == "<svg/>"


def test_the_style_sheet_is_a_file_that_browsers_keep() -> None:
    from observatory.ui.server import app

    assert style.link_tag() == b""
    with TestClient(app) as client:
        page = client.get("/economy", headers={"accept": "text/html"}).text
        assert page.count(f'<link rel="stylesheet" href="./{style.style_path()}" />') == 1
        sheet = client.get("/" + style.style_path())
        assert sheet.text == style.style_sheet()
        assert sheet.headers["cache-control"].endswith("immutable")
        other = client.get("/app/static/style/0123456789abcdef.css")
        assert (other.text, other.headers["cache-control"]) == (sheet.text, "no-store")
    assert style.link_tag() == b""
