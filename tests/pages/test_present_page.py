"""The page of stories and the stage, without a browser: what is sent, edits, bad links, holes."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from streamlit.testing.v1 import AppTest

from observatory.cards import story
from observatory.cards.filters import Filters
from observatory.cards.story import Slide, Story
from observatory.ui import nav, stage
from observatory.ui.context import Context
from observatory.ui.pick import present as pick_present

KOR = Slide(
    "economy", {"economy": "KOR", "lang": "ja", "currency": "USD"}, "language", "", "Say it."
)


def _open(
    monkeypatch: pytest.MonkeyPatch, slug: str = "present", **query: str
) -> tuple[AppTest, list[Any]]:
    sent: list[Any] = []
    # As the browser reads it.
    monkeypatch.setattr(stage, "mount", lambda told: sent.append(orjson.loads(orjson.dumps(told))))
    app = AppTest.from_file(str(nav.ROOT / "app.py"), default_timeout=120)
    app.query_params.update(query)
    app.run()
    if slug != nav.home().slug:
        app.switch_page(f"pages/{slug}.py").run()
    assert not app.exception
    return app, sent


def _html(app: AppTest) -> str:
    return "".join(str(node.proto.body) for node in app.get("html"))


def test_a_story_is_listed_and_sent_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Story(
        "Talk", (KOR, Slide("ipo", {}, "ipo-raised", "My <b>title</b>"), Slide("ipo", {}, "gone"))
    )
    app, sent = _open(monkeypatch, story=story.encode(own))
    slides = sent[-1]["slides"]
    assert not sent[-1]["open"]
    assert [slide["card"] for slide in slides] == ["language", "ipo-raised", "gone"]
    assert (slides[0]["lang"], slides[0]["note"]) == ("ja", "Say it.")
    assert slides[0]["receipts"], "values with their sources stand in the notes"
    assert slides[1]["title"] == "My <b>title</b>"
    assert slides[1]["computed"] != slides[1]["title"]
    assert "no longer" in slides[2]["body"]
    shown = _html(app)
    assert "My &lt;b&gt;title" in shown
    assert 'data-story="down:0"' in shown
    assert sent[-1]["story"]["kept"] is True
    assert "All slides in English" in shown, "one of them is in Japanese"


def test_a_story_of_one_language_offers_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    own = story.in_language(Story("Talk", (KOR,)), "en")
    app, sent = _open(monkeypatch, story=story.encode(own))
    assert sent[-1]["slides"][0]["lang"] == "en"
    assert "All slides in" not in _html(app)


def test_the_stage_of_a_story_opens_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    app, sent = _open(monkeypatch, story=story.encode(Story("", (KOR,))), present="1")
    assert sent[-1]["open"]
    assert "present=" in sent[-1]["exit"]
    assert "<footer" not in _html(app)


@pytest.mark.parametrize("text", ["1.abc", "nonsense", "9.AAAA", "1." + "A" * 500])
def test_a_bad_link_is_a_sentence_and_an_empty_story(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    app, sent = _open(monkeypatch, story=text)
    assert sent[-1]["slides"] == []
    assert "obs-banner" in _html(app)
    assert "Ready-made stories" in _html(app)


@pytest.mark.parametrize(
    "query",
    [
        {"ready": "region", "economies": "SGP", "lang": "ko"},
        {"ready": "economy", "economy": "MYS", "as_of": "2020-01-01"},
        {"ready": "moon"},
    ],
)
def test_ready_made_stories_under_hard_choices(
    monkeypatch: pytest.MonkeyPatch, query: dict[str, str]
) -> None:
    _, sent = _open(monkeypatch, **query)
    assert all(slide["body"] and slide["title"] for slide in sent[-1]["slides"])
    if query["ready"] == "moon":
        assert sent[-1]["slides"] == []
    assert sent[-1]["story"] is None or sent[-1]["story"]["kept"] is False


@pytest.mark.parametrize(("slug", "query"), [
    ("briefing", {"lang": "zh-Hant"}),
    ("economy", {"economy": "KOR", "as_of": "2020-01-01"}),
    ("companies", {"q": "nobody has this name"}),
    ("flows", {"group": "rounds"}),
])  # fmt: skip
def test_any_page_goes_on_the_stage(
    monkeypatch: pytest.MonkeyPatch, slug: str, query: dict[str, str]
) -> None:
    app, sent = _open(monkeypatch, slug, **query, present="1")
    made = sent[-1]
    assert made["open"]
    assert made["slides"]
    assert all(slide["title"] for slide in made["slides"])
    assert set(app.session_state["obs.cards"]) >= {
        s["card"] for s in made["slides"] if s["card"] != "page"
    }


def _ctx(own: Story, **extra: str) -> Context:
    return Context(
        Filters(extra=tuple({"story": story.encode(own), **extra}.items())), page="present"
    )


def _after(own: Story, edit: str) -> Story:
    from urllib.parse import parse_qs, urlsplit

    address = pick_present.edited(_ctx(own), edit)
    return story.decode(parse_qs(urlsplit(address).query)["story"][0]) if address else own


def test_edits_of_buttons_change_the_link() -> None:
    own = Story("", tuple(Slide("economy", {}, name, "T" + name) for name in "abc"))

    def cards(edit: str) -> str:
        return "".join(slide.card for slide in _after(own, edit).slides)

    assert cards("up:1") == "bac"
    assert cards("down:0") == "bac"
    assert cards("copy:2") == "abcc"
    assert cards("delete:0") == "bc"
    assert _after(own, "finding:1").slides[1].title == ""
    for nothing in ("up:9", "up:-1", "up:", "dance:0", "", "up:99999999999"):
        assert cards(nothing) == "abc"
