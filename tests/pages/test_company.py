"""The company profile: every organisation through the builders, a sample through the page."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

import pytest

from observatory.cards.card_model import Card
from observatory.cards.markup import Safe
from observatory.cards.table import card_table
from observatory.db import queries
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.views.company import figures as company_figures
from observatory.views.company import head as company_head
from observatory.views.company import listing as company_listing
from observatory.views.company import money as company_money
from observatory.views.company import page as company
from observatory.views.company import record as company_record
from observatory.views.company import standing as company_standing
from observatory.views.company import strip as company_strip
from observatory.views.company.data import Company, load
from observatory.views.ipo import stage as ipo_stage
from tests.pages.opened import SLIP, no_slip, told, words

ROOT = Path(__file__).resolve().parents[2]
TODAY = dt.date(2026, 11, 21)
LANGUAGES = ("zh-Hans", "zh-Hant", "ja", "ko")
RICH = (
    "zhipu", "minimax", "alibaba", "kuaishou", "samsung-electronics", "softbank-group", "fujitsu",
    "rebellions", "stepfun", "sakana-ai", "smic", "tsmc", "baidu", "cn-cac", "weride", "kioxia",
)  # fmt: skip


def every_org(db: Database) -> list[str]:
    return [str(org) for org in queries.organizations(db, None)["org_id"]]


def wanted(db: Database, step: int) -> list[str]:
    """The rich ones and every so many-th of all; all of them with OBSERVATORY_ALL_ORGS=1."""
    everyone = every_org(db)
    if os.environ.get("OBSERVATORY_ALL_ORGS"):
        return everyone
    return list(dict.fromkeys((*RICH, *everyone[::step])))


def opened(db: Database, org: str, as_of: dt.date | None = None) -> Company:
    return load(db, org, as_of, TODAY)


def card_text(card: Card) -> str:
    body = card.body
    shown = body if isinstance(body, str) else body.html if isinstance(body, Safe) else ""
    table = card_table(card.table, card.title, "not known").html if card.table else ""
    return words(f"{card.title} {card.subtitle} {card.caveat} {card.alt} {shown} {table}")


def head_text(c: Company, lang: str) -> str:
    t = translator(lang)
    around = company.Surroundings(t)
    parts = [
        c.name(t).main,
        company_head.deck(c, t),
        company_head.identity_line(c, around).html,
        company_strip.strip(c, t).html,
        card_text(company_head.names_card(c, around)),
        *(f"{gap.lead} {gap.text}" for gap in company_record.gaps(c, t)),
    ]
    return words(" ".join(parts))


def whole_page(c: Company, lang: str) -> str:
    t = translator(lang)
    around = company.Surroundings(t)
    parts = [head_text(c, lang)]
    contents = company.contents(c, t)
    parts.append(words(contents.html) if contents else "")
    keys = [key for section in company.sections(c, t) for row in section.rows for key in row]
    for key in [*keys, company.beside(c)]:
        card = company.card(c, key, around)
        if card is not None:
            parts.append(card_text(card))
    return " ".join(parts)


def test_head_is_never_blank(db: Database) -> None:
    """Title, a sentence, a fact, a source and the gaps, without an empty value."""
    for org in wanted(db, 4):
        c = opened(db, org)
        text = head_text(c, "en")
        assert not SLIP.search(text), (org, SLIP.search(text))
        t = translator("en")
        assert c.name(t).main
        assert company_head.deck(c, t).endswith("."), org
        strip = company_strip.strip(c, t).html
        assert strip.count('class="tile"') >= 1, org
        assert strip.count("data-receipt") == strip.count('class="tile"'), org
        assert company_head.names_card(c, company.Surroundings(t)).sources, org
        assert c.peers, org
        assert company_record.gaps(c, t), org


def test_every_card_of_rich_and_poor(db: Database) -> None:
    for org in wanted(db, 11):
        text = whole_page(opened(db, org), "en")
        assert not SLIP.search(text), (org, SLIP.search(text))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_other_languages(db: Database, lang: str) -> None:
    for org in (*RICH[:8], *every_org(db)[LANGUAGES.index(lang) :: 90]):
        text = whole_page(opened(db, org), lang)
        assert not SLIP.search(text), (org, SLIP.search(text))


def test_early_days(db: Database) -> None:
    """Before anything was known the page says so; nothing known later leaks in."""
    for org in ("zhipu", "samsung-electronics", "cn-cac", "sakana-ai"):
        day = dt.date(2021, 1, 1)
        c = opened(db, org, day)
        assert not c.models
        assert not c.deals
        text = whole_page(c, "en")
        assert not SLIP.search(text)
        day = dt.date(2026, 1, 15)
        c = opened(db, org, day)
        for row in (*c.models, *c.deals, *c.observations, *c.stages):
            assert row["known_on"] <= day


def test_disputed_sums_have_no_winner(db: Database) -> None:
    c = opened(db, "alibaba")
    around = company.Surroundings(translator("en"))
    text = card_text(company_money.spent_card(c, around))
    assert "CN¥380 bn" in text
    assert "CN¥3.8 tn" in text
    assert "units slip" in text
    assert any("sources disagree" in gap.text for gap in company_record.gaps(c, around.t))


def test_contradicted_values_are_never_drawn(db: Database) -> None:
    c = opened(db, "baidu")
    drawn = {row["row_id"] for rows in company_figures.series(c).values() for row in rows}
    wrong = [row for row in c.observations if row["status_reason"] == "do_not_chart"]
    assert wrong
    assert not drawn & {row["row_id"] for row in wrong}
    text = card_text(company_figures.others_card(c, company.Surroundings(translator("en"))))
    assert "contradicted by better evidence" in text


def test_the_unit_below_a_title_is_that_of_the_drawn_numbers(db: Database) -> None:
    c = opened(db, "sk-hynix")
    around = company.Surroundings(translator("en"))
    said = [
        company_figures.series_card(c, key, around).subtitle for key in company_figures.series(c)
    ]
    assert any(", ₩, " in one for one in said)
    assert not any("million" in one for one in said)


def test_lines_hold_one_length_of_period(db: Database) -> None:
    for org in ("samsung-electronics", "baidu", "tsmc", "smic", "alibaba"):
        for rows in company_figures.series(opened(db, org)).values():
            assert len({(row["indicator_id"], row["period_precision"]) for row in rows}) == 1
            assert not {row["status"] for row in rows} & {"unchecked", "disputed", "superseded"}


def test_attempts_of_one_company_stay_apart(db: Database) -> None:
    rounds = company_listing.attempts(opened(db, "kioxia"))
    assert len(rounds) == 2
    assert all(len({row["ipo_id"] for row in rows}) == 1 for rows in rounds)
    weride = company_listing.attempts(opened(db, "weride"))
    assert {rows[0]["exchange"] for rows in weride} == {"HKEX", "NASDAQ"}


def test_a_rumour_moves_nobody() -> None:
    day = dt.date(2026, 1, 1)
    rows = [
        {"stage": stage, "period_start": when, "period_end": when, "known_on": when,
         "status": "reported", "row_id": f"i{stage}"}
        for stage, when in (("planned", day), ("rumoured", TODAY))
    ]  # fmt: skip
    now = ipo_stage.stands(rows, TODAY)
    assert now is not None
    assert now["stage"] == "planned"
    assert ipo_stage.stands(rows, day - dt.timedelta(days=1)) is None
    assert company_listing.stale(rows, TODAY) is None
    assert company_listing.stale(rows[:1], TODAY) == day


def test_weak_sources_stay_out_of_the_head(db: Database) -> None:
    t = translator("en")
    for org in RICH:
        strip = company_strip.strip(opened(db, org), t).html
        tiles = re.findall(r"st st-(\w+)", strip)
        assert not {"unchecked", "disputed"} & set(tiles), org


def test_places_respect_the_direction(db: Database) -> None:
    for org in ("zhipu", "alibaba", "deepseek"):
        for row in opened(db, org).standing:
            better = row["score"] - row["top_score"]
            assert (better <= 0) if row["higher_is_better"] else (better >= 0)
            assert 1 <= row["board_place"] <= row["board_size"]
            assert company_standing.group_of(row, "CHN") in company_standing.GROUPS


def test_page_of_sixteen_organisations(db: Database) -> None:
    """Cards of more of them are looked at above, without a page around them."""
    everyone = every_org(db)
    names = queries.organizations(db, None).set_index("org_id")["name"]
    for org in list(dict.fromkeys((*RICH[::2], *everyone[7::90])))[:16]:
        shown = told("company", org=org)
        assert not SLIP.search(shown), (org, SLIP.search(shown))
        assert str(names[org]).replace("&", "&amp;").replace("'", "&#x27;") in shown, org
        assert "What this page does not know" in shown, org


@pytest.mark.parametrize("org", [None, "nobody-knows-it", "'; drop", "x" * 100_000])
def test_without_a_known_organisation(db: Database, org: str | None) -> None:
    shown = told("company", **({} if org is None else {"org": org}))
    assert "organisations on file" in shown
    if org is not None:
        assert "is no organisation we know" in shown


def test_page_in_japanese_on_an_early_day(db: Database) -> None:
    no_slip(told("company", org="zhipu", lang="ja", as_of="2025-06-30"))
