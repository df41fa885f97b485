"""Files at /export/: the numbers of the screen, the filters of the link, polite refusals."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from pptx import Presentation
from pptx.util import Pt
from starlette.applications import Starlette
from starlette.testclient import TestClient

from observatory.cards.story import Slide, Story, encode
from observatory.charts.palette import palette
from observatory.editions.native import native_chart
from observatory.i18n import translator
from observatory.ui import collect, data, deck_templates, export_routes, file_links

CHOSEN = {"economies": "KOR,JPN,SGP,VNM,IND", "lang": "ja", "as_of": "2026-10-01"}


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=list(export_routes.ROUTES)))


def deck_of(client: TestClient, **query: str) -> object:
    answer = client.get("/export/deck.pptx", params=query)
    assert answer.status_code == 200, answer.text
    return Presentation(io.BytesIO(answer.content))


def texts(slide: object) -> str:
    shapes = slide.shapes  # type: ignore[attr-defined]
    return "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)


def test_deck_holds_the_numbers_of_the_screen_in_editable_charts(client: TestClient) -> None:
    deck = deck_of(client, page="economies", **CHOSEN)
    view = collect.page_view("economies", {**CHOSEN, "present": "1"})
    charts = {}
    for slide in deck.slides:  # type: ignore[attr-defined]
        for shape in slide.shapes:
            if shape.has_chart:
                charts[slide.shapes.title.text] = shape
    t = translator("ja")
    expected = {card.title: made for card in view.cards.values()
                if (made := native_chart(card, palette("light"), t))}  # fmt: skip
    assert len(expected) >= 2
    assert set(charts) == set(expected)
    for title, shape in charts.items():
        made, chart = expected[title], shape.chart
        drawn_series = list(chart.plots[0].series)
        # One more carries the names of periods that are no dates.
        assert len(drawn_series) == len(made.series) + bool(made.printed)
        for one, drawn in zip(made.series, drawn_series, strict=False):
            values = list(drawn.values)
            assert values == list(one.values if made.kind == "line" else one.values[::-1])
        # "Edit data" works: the values stand in a workbook inside the file.
        assert chart.part.chart_workbook.xlsx_part is not None
        described = shape._element.nvGraphicFramePr.cNvPr.get("descr")
        assert title in described


def test_deck_carries_choices_sources_and_status(client: TestClient) -> None:
    deck = deck_of(client, page="economies", currency="USD", **CHOSEN)
    slides = list(deck.slides)  # type: ignore[call-overload]
    told = texts(slides[1]) + slides[1].notes_slide.notes_text_frame.text
    build = collect.page_view("economies", {}).build_id
    assert build[:12] in told
    assert "2026年10月1日" in told
    assert "as_of=2026-10-01" in told
    assert "economies=JPN%2CKOR%2CSGP%2CVNM%2CIND" in told
    assert "lang=ja" in told
    assert len(slides[1].notes_slide.notes_text_frame.text.splitlines()) >= 5


def test_east_asian_text_has_its_fonts(client: TestClient) -> None:
    deck = deck_of(client, page="economies", **CHOSEN)
    xml = deck.slides[1].shapes.title._element.xml  # type: ignore[attr-defined]
    assert 'typeface="Yu Gothic"' in xml
    assert 'lang="ja-JP"' in xml


def test_type_on_slides_is_never_tiny(client: TestClient) -> None:
    for slide in deck_of(client, ready="third-way", lang="en").slides:  # type: ignore[attr-defined]
        for shape in slide.shapes:
            if shape.has_text_frame:
                sizes = [run.font.size for p in shape.text_frame.paragraphs for run in p.runs]
                assert all(size is None or size >= Pt(12) for size in sizes)


def test_a_story_keeps_titles_notes_and_names_what_is_gone(client: TestClient) -> None:
    query = {"economies": "asean6", "lang": "en"}
    story = Story(
        "My talk",
        (
            Slide("economies", query, "ranks", "Who is ahead", "Say it slowly."),
            Slide("economies", query, "no-such-card"),
        ),
    )
    deck = deck_of(client, story=encode(story))
    slides = list(deck.slides)  # type: ignore[call-overload]
    assert slides[0].shapes.title.text == "My talk"
    assert "no-such-card" in texts(slides[0])
    assert slides[1].shapes.title.text == "Who is ahead"
    notes = slides[1].notes_slide.notes_text_frame.text
    assert notes.startswith("Say it slowly.")
    view = collect.page_view("economies", {**query, "present": "1"})
    assert view.cards["ranks"].title in notes


def test_brief_is_one_file_with_the_numbers_of_the_screen(client: TestClient) -> None:
    answer = client.get(
        "/export/brief.html", params={"page": "economy", "economy": "VNM", "lang": "ko"}
    )
    assert answer.status_code == 200
    html = answer.text
    assert len(answer.content) < 10_000_000
    outside = re.findall(
        r'(?:src|href)="(?!data:|https?://|#)([^"]*)"|url\((?!["\']?data:)([^)]*)\)', html
    )
    assert not [found for found in outside if any(found)]
    assert "<script" not in html
    assert "data-act" not in html
    view = collect.page_view("economy", {"economy": "VNM", "lang": "ko"})
    words = unescape(re.sub(r"<[^>]+>", "", html))
    for card in view.cards.values():
        assert card.title in words
    assert view.build_id[:12] in words
    assert 'lang="ko"' in html
    opened = data.open_build(None)
    assert opened is not None
    ids = {str(one) for card in view.cards.values() if card.table is not None
           and "source_id" in card.table.frame for one in card.table.frame["source_id"].dropna()}  # fmt: skip
    single = [one for one in ids if "; " not in one]
    listed = export_routes.source_facts(opened, single, translator("ko"))
    assert len(listed) > 20
    section = unescape(re.sub(r"<[^>]+>", "", html[html.index("bf-sources") :]))
    for one in listed.values():
        assert one.said in section
        assert one.licence
    assert html.count("<svg") >= len([c for c in view.cards.values() if c.is_figure])


def test_brief_of_hostile_titles_stays_text(client: TestClient) -> None:
    story = Story(
        '<script>alert(1)</script>"}@import',
        (Slide("economies", {}, "ranks", "<b>x</b>", "</style>"),),
    )
    html = client.get("/export/brief.html", params={"story": encode(story)}).text
    assert "<script" not in html
    assert "<b>x</b>" not in html
    assert html.count("</style>") == 1


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_pictures(client: TestClient, lang: str) -> None:
    query = {"page": "economies", "card": "ranks", "lang": lang}
    svg = client.get("/export/card.svg", params=query)
    assert svg.status_code == 200
    view = collect.page_view("economies", {"lang": lang, "present": "1"})
    words = unescape(re.sub(r"<[^>]+>", "", svg.text))
    assert view.cards["ranks"].title.replace(" ", "") in words.replace(" ", "")
    assert "var(" not in svg.text
    png = client.get("/export/card.png", params=query)
    assert png.content.startswith(b"\x89PNG")
    assert len(png.content) > 20_000


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("nothing", 404, "deck.pptx"),
        ("deck.pptx?page=nowhere", 400, "names no page"),
        ("deck.pptx?story=1.zz", 400, "whole story"),
        ("deck.pptx?ready=none", 400, "region"),
        ("card.png?page=economies", 400, "card= is missing"),
        ("card.png?page=economies&card=none", 404, "there are"),
        ("card.png?page=scorecard&card=ranks", 409, "table"),
        ("brief.html?page=economies&" + "x=" + "y" * 13_000, 414, "too long"),
    ],
)
def test_refusals_say_what_to_do(client: TestClient, path: str, status: int, said: str) -> None:
    answer = client.get(f"/export/{path}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]


def test_without_a_browser_a_pdf_is_refused_in_words(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_NO_BROWSER", "1")
    answer = client.get("/export/brief.pdf", params={"page": "economies", "lang": "en"})
    assert answer.status_code == 501
    assert "HTML brief" in answer.json()["detail"]


def test_a_template_that_is_none_is_named(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv(deck_templates.FILE, f"{tmp_path}/company.pptx")
    answer = client.get("/export/deck.pptx", params={"page": "economies"})
    assert answer.status_code == 500
    assert deck_templates.FILE in answer.json()["detail"]


def test_a_company_template_gives_master_and_theme(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    company = Presentation()
    company.slides.add_slide(company.slide_layouts[0]).shapes.title.text = "Company cover"
    company.save(f"{tmp_path}/company.pptx")
    monkeypatch.setenv(deck_templates.FILE, f"{tmp_path}/company.pptx")
    deck = deck_of(client, page="economies", lang="en")
    assert deck.slide_width == company.slide_width  # type: ignore[attr-defined]
    assert "Company cover" not in "".join(texts(slide) for slide in deck.slides)  # type: ignore[attr-defined]


def test_presenters_choose_among_the_templates_of_the_operator(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wide = Presentation()
    wide.slide_width = 9_144_000
    wide.slide_height = 5_000_000
    wide.save(tmp_path / "acme.pptx")
    (tmp_path / "broken.pptx").write_bytes(b"PK no slides")
    (tmp_path / "two words.pptx").write_bytes(b"")
    monkeypatch.setenv(deck_templates.FOLDER, str(tmp_path))
    assert list(deck_templates.offered()) == ["acme", "broken"]
    deck = deck_of(client, page="economies", card="ranks", lang="en", template="acme")
    assert (deck.slide_width, deck.slide_height) == (9_144_000, 5_000_000)  # type: ignore[attr-defined]
    for name, status, said in (
        ("broken", 500, "no PowerPoint file"),
        ("../broken", 400, "acme, broken"),
        ("none", 400, "names no template"),
    ):
        query = {"page": "economies", "card": "ranks", "template": name}
        answer = client.get("/export/deck.pptx", params=query)
        assert answer.status_code == status
        assert said in answer.json()["detail"]
        assert str(tmp_path) not in answer.text
    links = "".join(link.html for link in file_links.story_links("text", translator("en")))
    assert "template=acme" in links
    assert "PowerPoint: acme" in links


def _said(kind: str, body: bytes) -> str:
    """The words of a file and the addresses in it."""
    if kind == "deck.pptx":
        slides = Presentation(io.BytesIO(body)).slides
        return "\n".join(texts(one) + one.notes_slide.notes_text_frame.text
                         for one in slides if one.has_notes_slide)  # fmt: skip
    return unquote(unescape(re.sub(r"<(?!a |/a)[^>]+>", "", body.decode())))


RANKS = (
    "economies",
    "ranks",
    {**CHOSEN, "currency": "USD"},
    ("米ドル", "2026年10月1日", "ベトナム"),
)
WEIGHTS = ("scorecard", "methods", {"lang": "ja", "w": "talent:30"}, ("w=talent:30",))


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        *((kind, RANKS) for kind in ("deck.pptx", "brief.html", "card.svg", "embed")),
        *((kind, WEIGHTS) for kind in ("deck.pptx", "brief.html", "embed")),
    ],
)
def test_every_file_carries_what_was_chosen(
    client: TestClient, kind: str, asked: tuple[str, str, dict[str, str], tuple[str, ...]]
) -> None:
    page, card, query, words = asked
    address = f"/embed/{page}/{card}" if kind == "embed" else f"/export/{kind}"
    own = {} if kind == "embed" else {"page": page, "card": card}
    answer = client.get(address, params={**query, **own})
    assert answer.status_code == 200
    said = _said(kind, answer.content)
    assert collect.page_view(page, {}).build_id[:12] in said
    if kind == "embed":
        # A frame leads back to the page with the choices in its address; codes stand in their order.
        rest = {name: value for name, value in query.items() if name != "economies"}
        assert all(f"{name}={value}" in said for name, value in rest.items())
        return
    assert all(word in said for word in words)
