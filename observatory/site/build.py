"""Writing the static edition: every page of the plan, in a folder that replaces the old one whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import orjson

from observatory.cards.story import resolve
from observatory.db import queries
from observatory.editions.brief import ASSETS as BRIEF_ASSETS
from observatory.editions.pictures import FONT_FILES
from observatory.editions.words import Shelf
from observatory.i18n import LANGUAGES, translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.site.plan import Leaf, Plan, plan
from observatory.site.render import Rendered, render_home, render_page, render_story
from observatory.ui import collect, data, nav
from observatory.ui.style import style_sheet
from observatory.views import stories

ASSETS: Final = Path(__file__).parent / "assets"
MARK: Final = "edition.json"
HERE: Final = frozenset({"briefing", "economy", "company", "indicator"})
"""Pages of the app that the edition has; every other is named on its first page."""


class Occupied(Exception):
    """The folder holds something that is no static edition."""


class NothingBuilt(Exception):
    """There is no build to draw from."""


@dataclass
class Report:
    """What was written: pages and numbers by language, shortened pages, pages that failed."""

    folder: Path
    build_id: str
    pages: dict[str, int] = field(default_factory=dict)
    numbers: int = 0
    shortened: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    largest: int = 0


def build_site(
    out: Path, langs: Sequence[str] = tuple(LANGUAGES), *, base: str = "", jobs: int = 1,
    orgs: Sequence[str] | None = None, indicators: Sequence[str] | None = None,
    economies: Sequence[str] | None = None,
) -> Report:  # fmt: skip
    """Write the edition. Lists of ids limit it; None takes all.

    Raises Occupied, NothingBuilt, OSError. A page that cannot be drawn is left out and reported.
    """
    opened = data.open_build(None)
    if opened is None:
        raise NothingBuilt("nothing was built yet; run: python -m etl build")
    if out.exists() and any(out.iterdir()) and not (out / MARK).is_file():
        raise Occupied(f"{out} holds something else than a static edition; choose another folder")
    every_org = [str(one) for one in queries.organizations(opened.db, None)["org_id"]]
    every_indicator = [str(one) for one in queries.indicators(opened.db)["indicator_id"]]
    ready = [one.id for one in stories.READY if not one.economy]
    whole = plan(
        langs,
        list(SCOPE + COMPARATORS) if economies is None else economies,
        every_org if orgs is None else orgs,
        every_indicator if indicators is None else indicators,
        ready,
        base,
    )
    draft = out.with_name(f".{out.name}-{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        report = Report(out, opened.build_id)
        _assets(draft, langs)
        found = list(_render(whole, draft, jobs, report))
        _homes(whole, draft, found, report)
        _searches(whole, draft, found, opened.db)
        mark = {"build_id": report.build_id, "pages": report.pages, "failed": report.failed}
        (draft / MARK).write_bytes(orjson.dumps(mark, option=orjson.OPT_INDENT_2))
        (draft / "index.html").write_text(_front(langs), encoding="utf-8")
        if out.exists():
            shutil.rmtree(out)
        draft.rename(out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return report


def _assets(folder: Path, langs: Sequence[str]) -> None:
    target = folder / "assets"
    (target / "fonts").mkdir(parents=True)
    faces = []
    for family, name in (("Inter", "inter-latin"), ("Source Serif 4", "source-serif-4-latin")):
        shutil.copyfile(FONT_FILES / f"{name}.woff2", target / "fonts" / f"{name}.woff2")
        faces.append(
            f"@font-face{{font-family:'{family}';font-weight:200 900;font-display:swap;"
            f"src:url(fonts/{name}.woff2) format('woff2')}}"
        )
    for licence in FONT_FILES.glob("OFL-*.txt"):
        shutil.copyfile(licence, target / "fonts" / licence.name)
    sheets = [
        style_sheet(),
        (BRIEF_ASSETS / "brief.css").read_text("utf-8"),
        (ASSETS / "site.css").read_text("utf-8"),
    ]
    (target / "site.css").write_text("".join(faces) + "\n".join(sheets), encoding="utf-8")
    shutil.copyfile(ASSETS / "site.js", target / "site.js")
    for lang in langs:
        words = orjson.dumps(_words(lang)).decode().replace("<", "\\u003c")
        (target / f"words-{lang}.js").write_text(
            f"window.observatoryWords={words};\n", encoding="utf-8"
        )


def _words(lang: str) -> dict[str, Any]:
    t = translator(lang)
    return {
        "receipt": t("Receipt"),
        "close": t("Close"),
        "nothing": t("Nothing found"),
        "missing": t("This file is missing from the copy at hand."),
        "fields": [
            t("Measure"), t("Whom"), t("Period"), t("Value"), t("Unit"), t("Status"), t("Source"),
            t("Publisher"), "", t("Place in the source"), t("Published"), t("Read on"), t("Licence"), t("Note"),
        ],
    }  # fmt: skip


def _render(whole: Plan, folder: Path, jobs: int, report: Report) -> Iterator[tuple[Leaf, str]]:
    """Write every page but the first ones; yields what was written with its title."""
    leaves = [leaf for leaf in whole.leaves if leaf.kind != "home"]
    if jobs <= 1:
        results: Iterable[tuple[Leaf, dict[str, Any]]] = (
            _one(leaf, whole, folder) for leaf in leaves
        )
        yield from _noted(results, report)
        return
    with ProcessPoolExecutor(jobs) as pool:
        results = pool.map(_one, leaves, [whole] * len(leaves), [folder] * len(leaves), chunksize=8)
        yield from _noted(results, report)


def _noted(
    results: Iterable[tuple[Leaf, dict[str, Any]]], report: Report
) -> Iterator[tuple[Leaf, str]]:
    for leaf, made in results:
        if fault := made.get("fault"):
            report.failed[leaf.file] = fault
            continue
        report.pages[leaf.lang] = report.pages.get(leaf.lang, 0) + 1
        report.numbers += made["numbers"]
        report.largest = max(report.largest, made["size"])
        if made["shortened"]:
            report.shortened.append(leaf.file)
        yield leaf, made["title"]


def _one(leaf: Leaf, whole: Plan, folder: Path) -> tuple[Leaf, dict[str, Any]]:
    """Draw and write one page; a fault is handed back in words."""
    try:
        made = _drawn(leaf, whole)
    except (collect.NotDrawn, ValueError) as fault:
        return leaf, {"fault": str(fault)}
    size = _write(made, folder)
    return leaf, {
        "title": made.title, "numbers": made.numbers, "size": size, "shortened": made.shortened,
    }  # fmt: skip


def _write(made: Rendered, folder: Path) -> int:
    path = folder / made.leaf.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(made.html, encoding="utf-8")
    (path.parent / f"{made.leaf.id}.receipts.js").write_text(made.receipts, encoding="utf-8")
    return len(made.html.encode())


def _lines(ids: Sequence[str]) -> list[dict[str, Any]]:
    opened = data.open_build(None)
    return data.lines_of(opened.db, ids, None) if opened else []


def _shelf(lang: str, base: str) -> Shelf:
    opened = data.open_build(None)
    return Shelf(data.names_of(opened.db, lang) if opened else {}, base)


def _drawn(leaf: Leaf, whole: Plan) -> Rendered:
    shelf = _shelf(leaf.lang, whole.base)
    if leaf.kind != "story":
        view = collect.page_view(leaf.kind, leaf.query)
        return render_page(leaf, view, whole, shelf, _lines)
    ready = stories.find(leaf.id)
    assert ready is not None  # noqa: S101 - the plan names ready-made stories only
    t = translator(leaf.lang)
    story = stories.compute(ready, {"lang": leaf.lang}, SCOPE[0], collect.page_view, t)
    return render_story(leaf, story.title, resolve(story, collect.page_view), whole, shelf, _lines)


def _homes(whole: Plan, folder: Path, found: Sequence[tuple[Leaf, str]], report: Report) -> None:
    for leaf in whole.leaves:
        if leaf.kind != "home":
            continue
        t = translator(leaf.lang)
        heads = {
            "economy": t("Economies"),
            "story": t("Stories"),
            "indicator": t("Measures"),
            "company": t("Companies"),
        }
        groups: dict[str, list[tuple[Leaf, str]]] = {head: [] for head in heads.values()}
        for one, title in found:
            if one.lang == leaf.lang:
                groups[heads[one.kind]].append((one, title))
        for entries in groups.values():
            entries.sort(key=lambda entry: entry[1].casefold())
        omitted = [
            t(page.title) for page in nav.existing() if page.slug not in HERE and page.listed
        ]
        view = collect.page_view("briefing", leaf.query)
        made = render_home(
            leaf, view, groups, omitted, whole, _shelf(leaf.lang, whole.base), _lines
        )
        report.largest = max(report.largest, _write(made, folder))
        report.pages[leaf.lang] = report.pages.get(leaf.lang, 0) + 1
        report.numbers += made.numbers


def _searches(whole: Plan, folder: Path, found: Sequence[tuple[Leaf, str]], db: Any) -> None:
    """Names of all pages by language, with the other names that readers may type."""
    orgs = queries.organizations(db, None)
    others: Mapping[tuple[str, str], str] = {
        ("company", str(row["org_id"])): " ".join(
            str(row[name])
            for name in ("name", "native_name", "tickers")
            if isinstance(row.get(name), str)
        )
        for row in orgs.to_dict("records")
    }
    for lang in dict.fromkeys(leaf.lang for leaf in whole.leaves):
        rows = [
            [title, f"{leaf.id} {others.get((leaf.kind, leaf.id), '')}", leaf.file]
            for leaf, title in found
            if leaf.lang == lang
        ]
        text = orjson.dumps(rows).decode().replace("<", "\\u003c")
        (folder / "assets" / f"search-{lang}.js").write_text(
            f"observatorySearch({text});\n", encoding="utf-8"
        )


def _front(langs: Sequence[str]) -> str:
    """The way into the languages, for browsers that open the folder."""
    links = "".join(
        f'<li><a href="{lang}/index.html" lang="{lang}">{LANGUAGES[lang].name}</a></li>'
        for lang in langs
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<title>East Asia AI Observatory</title>"
        '<link rel="stylesheet" href="assets/site.css"></head>'
        f'<body><main class="brief"><h1>East Asia AI Observatory</h1><ul>{links}</ul></main></body></html>'
    )
