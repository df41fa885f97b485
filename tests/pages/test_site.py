"""The static edition: its numbers are the app's, its links lead somewhere, its pages are small."""

from __future__ import annotations

import json
import posixpath
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.site.build import MARK, Occupied, Report, build_site
from observatory.site.plan import Leaf, Plan, plan, relative
from observatory.site.render import MOST
from observatory.ui import collect

LANGS = ("en", "ja")
BASE = "https://observatory.example"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    out = tmp_path_factory.mktemp("edition") / "site"
    report = build_site(
        out, LANGS, base=BASE, economies=["KOR", "SGP"], orgs=["zhipu", "naver"],
        indicators=["internet_users_pct", "gdp_usd_bn_imf"],
    )  # fmt: skip
    return out, report


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_every_page_is_there_in_every_language(made: tuple[Path, Report]) -> None:
    folder, report = made
    assert report.failed == {}
    assert report.pages == dict.fromkeys(LANGS, 10)
    assert len(pages(folder)) == 21
    mark = json.loads((folder / MARK).read_text(encoding="utf-8"))
    assert mark["build_id"] == report.build_id


def test_no_page_is_heavy(made: tuple[Path, Report]) -> None:
    for page in pages(made[0]):
        assert page.stat().st_size <= MOST, page.name


def test_links_and_files_are_there(made: tuple[Path, Report]) -> None:
    folder = made[0]
    for page in pages(folder):
        text = page.read_text(encoding="utf-8")
        targets = re.findall(r'(?:href|src|data-receipts|data-search)="([^"]*)"', text)
        assert targets
        for target in map(unescape, targets):
            if target.startswith(("https://", "http://", "#", "data:")):
                continue
            assert "?" not in target, (page, target)
            path = folder / posixpath.normpath(
                posixpath.join(page.parent.relative_to(folder).as_posix(), unquote(target))
            )
            assert path.is_file(), (page, target)


def test_its_numbers_are_those_of_the_app(made: tuple[Path, Report]) -> None:
    text = (made[0] / "ja/economy/KOR.html").read_text(encoding="utf-8")
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
    view = collect.page_view("economy", {"economy": "KOR", "lang": "ja"})
    for card in view.cards.values():
        assert " ".join(card.title.split()) in words
    shown = set(re.findall(r'data-receipt="([a-z0-9]+)"', text))
    bodies = " ".join(part.html.html for part in view.parts if part.html is not None)
    assert set(re.findall(r'data-receipt="([a-z0-9]+)"', bodies)) <= shown
    assert len(shown) > 100


def test_every_number_has_its_receipt(made: tuple[Path, Report]) -> None:
    folder = made[0]
    for page in pages(folder / "en"):
        ids = set(re.findall(r'data-receipt="([a-z0-9]+)"', page.read_text(encoding="utf-8")))
        script = page.with_name(f"{page.stem}.receipts.js").read_text(encoding="utf-8")
        found = json.loads(script.removeprefix("observatoryReceipts(").rstrip().removesuffix(");"))
        assert ids == set(found), page
        assert all(row[6] for row in found.values()), "each names its source"


def test_what_is_left_out_is_named(made: tuple[Path, Report]) -> None:
    text = (made[0] / "en/index.html").read_text(encoding="utf-8")
    for name in ("Compare", "Scorecard", "Data explorer"):
        assert name in text


def test_a_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Occupied):
        build_site(tmp_path, ("en",), economies=["KOR"], orgs=[], indicators=[])
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


WHOLE = plan(["en", "ko"], ["KOR"], ["naver"], ["gdp"], ["region"], BASE)


@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("/economy?economy=KOR", "../economy/KOR.html"),
        ("/company?org=naver&lang=ko", "../../ko/company/naver.html"),
        ("/company?org=unknown", f"{BASE}/company?org=unknown&lang=en"),
        ("/compare?with=KOR,JPN", f"{BASE}/compare?with=KOR%2CJPN&lang=en"),
        ("#trends", "#trends"),
    ],
)
def test_links_of_the_app(target: str, leads: str) -> None:
    assert WHOLE.link(target, Leaf("company", "naver", "en")) == leads


def test_without_a_live_site_a_link_leads_nowhere() -> None:
    alone = Plan(WHOLE.leaves)
    assert alone.link("/compare?with=KOR", Leaf("company", "naver", "en")) == ""
    assert alone.link("/economy?economy=KOR", Leaf("company", "naver", "en"))


@given(st.sampled_from(WHOLE.leaves), st.sampled_from(WHOLE.leaves))
def test_ways_between_files(here: Leaf, there: Leaf) -> None:
    way = posixpath.join(posixpath.dirname(here.file), relative(here.file, there.file))
    assert posixpath.normpath(way) == there.file


@pytest.mark.parametrize("bad", ["../etc", "a/b", "", "a b", ".x"])
def test_an_id_that_is_no_file_name_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="cannot be the name of a file"):
        plan(["en"], [bad], [], [], [])
