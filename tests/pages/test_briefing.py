"""The Briefing: every group and language, maps, windows, days of knowledge; titles recomputed;
and the receipts of all three pages."""

from __future__ import annotations

import csv
import datetime as dt
import html
import random
import re
from pathlib import Path

import pytest

from observatory.db import queries_compute
from observatory.db.connect import Database
from observatory.db.frames import records
from observatory.i18n import LANGUAGES, translator
from observatory.model.pillars import LEAD, MAP_MEASURE
from observatory.model.scope import PRESETS, SCOPE
from observatory.model.time import parse_period
from observatory.views import receipts
from observatory.views.briefing import findings as briefing_findings
from observatory.views.briefing import news as briefing_news
from observatory.views.briefing import page as briefing
from observatory.views.calendar import data as calendar_data
from observatory.views.compute.top500 import one_system
from observatory.views.measures import Catalogue
from observatory.views.overview import page as overview
from tests.pages.opened import SLIP, no_slip, shown, unpacked, words

ROOT = Path(__file__).resolve().parents[2]
TODAY = dt.date(2026, 11, 21)
RECEIPT = re.compile(r'data-receipt="([^"]*)"')
TILE = re.compile(r'<(button|div)\b[^>]*class="tile"[^>]*>')


def receipts_on(text: str) -> list[str]:
    return list(dict.fromkeys(RECEIPT.findall(text)))


def complete(slug: str = "briefing", /, **query: str) -> str:
    """A page's HTML, after asking that nothing failed and nothing reads as a missing value."""
    found = unpacked(shown(slug, **query))
    no_slip(words(found), "None on file")
    assert 'class="obs-foot"' in found
    return found


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_every_group_and_every_language(db: Database, lang: str) -> None:
    """Every group in English; in each other language two of them, others in the next one."""
    turn = list(LANGUAGES).index(lang)
    for index, preset in enumerate(PRESETS):
        if lang != "en" and (index - turn) % len(PRESETS) > 1:
            continue
        page = complete(economies=preset, lang=lang)
        tiles = TILE.findall(page)
        assert len(tiles) == len(LEAD)
        found = receipts_on(page)
        assert len(found) > 10, preset
        assert receipts.receipt(db, found[0], translator(lang))


@pytest.mark.parametrize(
    "query",
    [
        {"map": "papers_iclr", "since": "1"},
        {"map": "top500_rmax_pflops", "since": "12", "economies": "asean6"},
        {"map": "epoch_notable_models", "since": "6", "period": "2019..2022"},
        {"map": "no_such_measure", "since": "99"},
        {"economies": "KOR", "currency": "USD"},
        {"economies": "PHL,VNM", "lang": "ko", "since": "1"},
        {"economies": ",".join((*SCOPE, "USA", "ARE"))},
    ],
)
def test_maps_windows_and_own_choices(query: dict[str, str]) -> None:
    assert len(TILE.findall(complete(**query))) == len(LEAD)


def test_every_headline_measure_can_be_put_on_the_map(catalogue: Catalogue) -> None:
    for index, item in enumerate(briefing.map_choices(catalogue)):
        members = PRESETS["asean6"] if index % 3 == 0 else SCOPE
        card = briefing.map_card(catalogue, members, item.id)
        body = card.body.html if card.body is not None else ""
        assert card.title, item.id
        assert card.empty is not None or "data-receipt" in html.unescape(body), item.id
        said = words(f"{card.title} {card.subtitle} {card.caveat} {html.unescape(body)}")
        assert not SLIP.search(said), (item.id, SLIP.search(said))


@pytest.mark.parametrize(
    ("day", "lang"),
    [
        ("2010-01-01", "en"),
        ("2020-06-30", "ja"),
        ("2024-12-31", "en"),
        ("2026-03-01", "ja"),
        ("2026-03-01", "en"),
    ],
)
def test_as_known_on_an_earlier_day(db: Database, day: str, lang: str) -> None:
    page = complete(as_of=day, lang=lang)
    assert len(TILE.findall(page)) == len(LEAD)
    if day == "2010-01-01":
        # Before any data no tile names a leader.
        assert not re.search(r'<button[^>]*class="tile"', page)
    limit = dt.date.fromisoformat(day)
    for row_id in receipts_on(page):
        found = receipts.receipt(db, row_id, translator(lang), limit)
        assert found is not None, row_id
        known = found["source"]["known_on"]
        assert not known or dt.date.fromisoformat(known) <= limit, row_id


def test_every_tile_carries_the_receipt_of_what_it_shows(
    db: Database, catalogue: Catalogue
) -> None:
    t = catalogue.t
    for members in PRESETS.values():
        strip = briefing.strip(catalogue, members).html
        ids = re.findall(r'class="tile"[^>]*data-receipt="([^"]+)"', strip)
        assert len(ids) == strip.count('<button class="tile"')
        for row_id in ids:
            found = receipts.receipt(db, row_id, t)
            assert found is not None
            assert found["status"] not in {"disputed", "unchecked", "superseded"}
            assert html.escape(found["entity_name"]) in strip


def leaders(indicator: str, members: tuple[str, ...]) -> list[tuple[str, float]]:
    """Economies and values of the newest period that eight of the thirteen hold, largest first.

    Straight from the curated files, by other means than the page's own.
    """
    held: dict[str, dict[str, float]] = {}
    for file in sorted((ROOT / "data" / "observations").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if row["indicator_id"] == indicator:
                    values = held.setdefault(row["period"], {})
                    assert row["entity_id"] not in values
                    values[row["entity_id"]] = float(row["value"])
    wide = [period for period, values in held.items() if len(set(values) & set(SCOPE)) >= 8]
    chosen = held[max(wide, key=lambda period: parse_period(period).end)]
    return sorted(
        ((economy, value) for economy, value in chosen.items() if economy in members),
        key=lambda pair: -pair[1],
    )


@pytest.mark.parametrize("indicator", [MAP_MEASURE, "gov_ai_readiness_score"])
@pytest.mark.parametrize("preset", ["all13", "asean6"])
def test_titles_are_findings(catalogue: Catalogue, indicator: str, preset: str) -> None:
    members = PRESETS[preset]
    (leader, value), (second, other) = leaders(indicator, members)[:2]
    title = briefing.map_card(catalogue, members, indicator).title
    item = catalogue.indicators[indicator]
    assert value > other
    wanted = [
        item.short,
        catalogue.name(leader),
        f"{round(value, 1):g}",
        catalogue.name(second),
        f"{round(other, 1):g}",
    ]
    places = [title.find(part) for part in wanted]
    assert -1 not in places, (title, wanted)
    assert places == sorted(places), title


def test_findings_say_what_their_numbers_say(db: Database, catalogue: Catalogue) -> None:
    cards = briefing_findings.findings(catalogue, SCOPE)
    assert len(cards) == len({card.title for card in cards}) == 3
    for card in cards:
        assert card.receipt
        found = receipts.receipt(db, card.receipt, catalogue.t)
        assert found is not None
        assert found["entity_name"].removeprefix("the ") in card.title
        assert card.table is not None
        assert card.receipt in card.table.row_ids()


def test_news_is_never_from_the_future(catalogue: Catalogue) -> None:
    since = briefing_news.since_day("12", TODAY)
    for day in (dt.date(2020, 1, 1), TODAY):
        past = briefing_news.news(catalogue, SCOPE, since, day).html
        coming = briefing_news.ahead(catalogue, SCOPE, day).html
        assert not set(receipts_on(past)) & set(receipts_on(coming))


def test_a_plan_whose_day_has_passed_is_no_news(catalogue: Catalogue) -> None:
    """Its source wrote a year before the day: nobody has said since that it came to pass."""
    since = briefing_news.since_day("1", TODAY)
    assert (
        "Suspension of the October 2025 controls"
        not in briefing_news.news(catalogue, SCOPE, since, TODAY).html
    )
    silent = {
        item.row_id
        for item in calendar_data.agenda_of(catalogue.db, None, TODAY)
        if item.place == "passed"
    }
    for code in SCOPE:
        told = briefing_news.news(catalogue, [code], dt.date(2015, 1, 1), TODAY).html
        assert not silent & set(receipts_on(told)), code


@pytest.mark.parametrize(("lang", "most"), [("en", 200), ("zh-Hant", 60)])
def test_receipts_of_the_three_pages_open(db: Database, lang: str, most: int) -> None:
    found: dict[str, None] = {}
    for page, query in (
        ("briefing", {}),
        ("economy", {"economy": "KOR"}),
        ("economy", {"economy": "IDN"}),
        ("company", {"org": "zhipu"}),
        ("company", {"org": "samsung-electronics"}),
    ):
        on_page = receipts_on(complete(page, lang=lang, **query))
        assert len(on_page) > 20, (page, query)
        found.update(dict.fromkeys(on_page))
    ids = sorted(found)
    sample = random.Random(20261122).sample(ids, min(most, len(ids)))  # noqa: S311
    t = translator(lang)
    for row_id in sample:
        receipt = receipts.receipt(db, row_id, t)
        assert receipt is not None, row_id
        assert receipt["source"]["title"], row_id
        said = " ".join(
            str(receipt.get(key, "")) for key in ("title", "value_text_exact", "period")
        )
        assert said.strip(), row_id
        assert not SLIP.search(said), (row_id, said)


@pytest.mark.parametrize("measure", [MAP_MEASURE, "github_developers", "epoch_notable_models"])
def test_the_map_has_the_colour_classes_of_the_page_of_economies(
    catalogue: Catalogue, measure: str
) -> None:
    choice, _ = overview.read_choice(catalogue, {"measure": measure}.get)
    shown = overview.picture(overview.field(catalogue, measure, ""), choice, SCOPE)
    fills = []
    for card in (briefing.map_card(catalogue, SCOPE, measure), overview.map_card(shown)):
        drawn = html.unescape(str(card.body)).partition("</svg>")[0]
        fills.append(re.findall(r'<rect[^>]*fill="var\(--(seq-\d)\)"', drawn))
    assert len(fills[0]) > 5
    assert fills[0] == fills[1]


def test_a_rise_that_is_one_system_says_so(catalogue: Catalogue) -> None:
    systems = queries_compute.listed_systems(catalogue.db, None)
    for edition, code in (("2026-06", "CHN"), ("2025-11", "CHN"), ("2026-06", "JPN")):
        listed = systems[(systems["list_date"] == edition) & (systems["economy_id"] == code)]
        total, best = float(listed["rmax_pflops"].sum()), float(listed["rmax_pflops"].max())
        said = one_system(catalogue, records(listed), code, total)
        assert bool(said) == (best > 0.5 * total)
        if said:
            assert str(listed.loc[listed["rmax_pflops"].idxmax(), "system"]) in said
            assert f"{100 * best / total:.0f}" in said
    found = next(
        card for card in briefing_findings.findings(catalogue, SCOPE) if "TOP500" in card.title
    )
    assert "One system, LineShine, makes 92\xa0% of the sum of China" in str(found.subtitle)
