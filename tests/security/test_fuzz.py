"""Nonsense in addresses: the link codec and real pages take any of it.

FUZZ_TIMES and FUZZ_PAGES say how often; `make fuzz` asks for a million and three thousand.
"""

from __future__ import annotations

import html
import logging
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, parse_qsl

import pytest

from observatory.cards.filters import MAX_SHOWN, Filters, Known, parse, to_query
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.ui import collect, nav, state

TIMES: Final = int(os.environ.get("FUZZ_TIMES", "20000"))
PAGES: Final = int(os.environ.get("FUZZ_PAGES", "60"))
KNOWN: Final = Known(
    orgs={"org-one", "org-two"}, extra=("events", "map", "view", "measure", "sort")
)
SEED: Final = 20261122
NAMES: Final = (
    *sorted(state.OWN),
    "events",
    "map",
    "view",
    "measure",
    "sort",
    "other",
    "",
    "__proto__",
)
GOOD: Final = (
    "en ja ko zh-Hans zh-Hant en-GB xx USD original 1 0 true on off all core east_asia_core 2019..2026 ..2020 "
    "2024.. 2026-03-01 2020-01-01 2026-02-30 KOR kor JPN,KOR CHN,XXX,KOR INT USA org-one org-two nobody "
    "firms_using ai_user_share_microsoft o123abc456 abcdef123456 table map list share population gdp -score"
).split()
SIGNS: Final = (
    "abcXYZ019 .,;:_-+=/\\\"'`<>(){}[]%&?#@!|~^$*\t\n\r\x00\x1b\x7f\xa0"
    "\u200b\u200d\u202e\u2066\ufeff\ufffd\ud800\udfff日本한국中Åé́ אب０１９²½Ⅷ🇰🇷🙂"
)
EDGE: Final = ("../../etc/passwd", "<script>alert(1)</script>", "' OR 1=1 --", "{{7*7}}", "%s%n", "=1+1", "NaN",
               "-1", "1e309", "9" * 400, "A" * 301, "a" * 5000, ",", ",,,", "..", "...", "None", "null",
               "\u202etxt.exe")  # fmt: skip


def value(draw: random.Random) -> str:
    """A good value, a broken one, or signs at random."""
    kind = draw.random()
    if kind < 0.35:
        return draw.choice(GOOD)
    if kind < 0.5:
        return draw.choice(EDGE)
    if kind < 0.75:
        text = draw.choice(GOOD)
        at = draw.randrange(len(text) + 1)
        cut = draw.choice(("", text[at:], text[at + 1 :]))
        return text[:at] + draw.choice(SIGNS) + cut
    return "".join(draw.choices(SIGNS, k=draw.randrange(40)))


def queries(times: int, seed: int, names: tuple[str, ...] = NAMES) -> Iterator[dict[str, object]]:
    """Query strings as the app gets them: texts, or lists of texts."""
    draw = random.Random(seed)  # noqa: S311
    for _ in range(times):
        query: dict[str, object] = {}
        for _ in range(draw.randrange(1, 5)):
            name = draw.choice(names)
            query[name] = (
                [value(draw) for _ in range(draw.randrange(3))]
                if draw.random() < 0.1
                else value(draw)
            )
        yield query


def test_the_link_codec_takes_anything() -> None:
    """The state is whole, can be written and read back, and notes hold short printable text."""
    noted = 0
    for query in queries(TIMES, SEED):
        found, notes = parse(query, KNOWN)
        noted += len(notes)
        assert type(found) is Filters
        assert found.economies, query
        assert set(found.economies) <= {*SCOPE, *COMPARATORS}, query
        for note in notes:
            assert len(note.value) <= MAX_SHOWN, query
            assert note.value.isprintable(), query
        written = to_query(found)
        assert parse(written, KNOWN) == (found, []), query
    assert noted > TIMES / 20, "the strings should be bad often enough to matter"


def test_lines_of_raw_bytes_too() -> None:
    draw = random.Random(SEED + 1)  # noqa: S311
    for _ in range(TIMES // 10):
        raw = bytes(draw.choices(range(256), k=draw.randrange(60))).decode("latin-1")
        found, _ = parse(
            parse_qs(f"economies={raw}&{raw}&lang={raw}", keep_blank_values=True), KNOWN
        )
        assert found.economies


Links = dict[str, list[dict[str, str]]]


def links_of_pages(failed: list[str]) -> Links:
    """Slug -> the queries that links anywhere on the pages lead there with; each page by itself too."""
    slugs = {nav.path_of(page): page.slug for page in nav.existing()}
    links: Links = {page.slug: [{}] for page in nav.existing()}
    for page in nav.existing():
        # What earlier pages link to has a subject: a company, a measure, a model.
        try:
            view = collect.page_view(page.slug, links[page.slug][-1])
        except collect.NotDrawn as fault:
            failed.append(f"/{page.slug}: {fault}")
            continue
        shown = html.unescape(
            " ".join(part.html.html for part in view.parts if part.html is not None)
        )
        for path, query in re.findall(r'href="(/[a-z]*)\?([^"#]+)"', shown):
            if path in slugs:
                links[slugs[path]].append(dict(parse_qsl(query)))
    return links


def bent(draw: random.Random, page: nav.Page, links: Links) -> dict[str, str]:
    """A link to a page that somebody changed: values of other links, of other names, nonsense."""
    query = dict(draw.choice(links[page.slug]))
    names = (
        *query,
        *page.params,
        *page.params,
        "economies",
        "period",
        "as_of",
        "currency",
        "lang",
        "economy",
        "org",
    )
    for _ in range(draw.randrange(1, 4)):
        name = draw.choice(names)
        others = [one for one in draw.choice(tuple(links.values())) if one]
        other = draw.choice(others) if others else {}
        same = [one[name] for one in links[page.slug] if name in one]
        kind = draw.random()
        if kind < 0.35 and same:
            query[name] = draw.choice(same)
        elif kind < 0.55 and other:
            query[name] = draw.choice(tuple(other.values()))
        else:
            query[name] = value(draw)
    return query


@pytest.mark.slow
def test_real_pages_take_anything(
    shipped: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Links of the pages, bent: no page, card or piece of one fails, and most show something else."""
    monkeypatch.setenv("OBSERVATORY_VAR", str(shipped))
    # How fast pages are is measured elsewhere; a busy machine is no failure of a page.
    monkeypatch.setattr(collect, "TIMEOUT", 600.0)
    draw = random.Random(SEED + 2)  # noqa: S311
    failed: list[str] = []
    shown: set[tuple[str, ...]] = set()
    caplog.set_level(logging.ERROR)
    links = links_of_pages(failed)
    pages = nav.existing()
    assert sum(map(len, links.values())) > 500
    for number in range(PAGES):
        page = pages[number % len(pages)]
        query = bent(draw, page, links)
        try:
            view = collect.page_view(page.slug, query)
            shown.add((page.slug, *map(str, view.parts)))
        except collect.NotDrawn as fault:
            failed.append(f"/{page.slug} {query!r}: {fault}")
        # Pieces that readers open later, and whatever else stands in for what failed, say so here.
        said = [f"{one.getMessage()}: {(one.exc_info or ('', ''))[1]!r}" for one in caplog.records]
        failed += [f"/{page.slug} {query!r}: {words}" for words in said]
        caplog.clear()
        if number % 250 == 249:
            with capsys.disabled():
                print(f"\n{number + 1} pages, {len(shown)} different, {len(failed)} failed",
                      *failed[-3:], sep="\n", flush=True)  # fmt: skip
    assert failed == []
    assert len(shown) > PAGES / 3
