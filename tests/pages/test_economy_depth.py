"""The profile in depth: strengths and gaps, likeness, language, titles with peaks, missing measures."""

from __future__ import annotations

import datetime as dt
from statistics import median

import pandas as pd
import pytest

from observatory.analysis.cross_section import usable
from observatory.db import queries
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views.economy import gaps as economy_gaps
from observatory.views.economy import language as economy_language
from observatory.views.economy import moves as economy_moves
from observatory.views.economy import page as economy
from observatory.views.economy import peers as economy_peers
from observatory.views.economy import standing as economy_standing
from observatory.views.economy import strengths as economy_strengths
from observatory.views.economy import trend_words as economy_trend_words
from observatory.views.measures import Catalogue

TODAY = dt.date(2026, 11, 21)


def standing(
    catalogue: Catalogue, code: str, peers: tuple[str, ...] = SCOPE
) -> tuple[economy_standing.Standing, economy_standing.Field]:
    field = economy_standing.field_of(catalogue, economy_standing.members_of(code, peers))
    return economy_standing.standing(catalogue, code, field), field


def test_every_pillar_and_context_has_its_measures(catalogue: Catalogue) -> None:
    place, _ = standing(catalogue, "KOR")
    assert [pillar.id for pillar in place.pillars][-1] == "context"
    assert len(place.pillars) == 8
    shown = {line.item.id for line in place.all_lines}
    assert shown == set(catalogue.headline_ids)
    assert not {line.item.pillar for line in place.lines} & {"context"}
    assert place.pillars[-1].rank is None


@pytest.mark.parametrize("code", ["KOR", "PHL", "IND"])
def test_strengths_and_gaps_hold_to_the_rule(catalogue: Catalogue, code: str) -> None:
    place, field = standing(catalogue, code)
    best, last = economy_strengths.found_in(catalogue, place, field)
    assert best or last
    lines = {line.item.id: line for line in place.lines}
    for one in (*best, *last):
        line = lines[one.indicator]
        assert (one.rank, one.base) == (line.rank, line.base)
        frame = field.sections[one.indicator].frame
        others = frame[frame["entity_id"] != code]["value"].tolist()
        assert one.median == pytest.approx(median(others))
        assert len(others) == one.others
        same = int((frame["value"] == one.value).sum())
        quarter = (one.base - one.rank - (same - 1) / 2) / (one.base - 1)
        assert quarter >= 0.75 if one in best else quarter <= 0.25
    assert "context" not in {one.pillar for one in (*best, *last)}


def test_peers_change_strengths_and_a_comparator_has_none(catalogue: Catalogue) -> None:
    place, field = standing(catalogue, "USA")
    assert economy_strengths.found_in(catalogue, place, field) == ((), ())
    card = economy_strengths.card(catalogue, place, field)
    assert card.empty is not None
    assert "comparator" in card.empty.reason
    alike = economy_peers.group(catalogue, "VNM")
    place, field = standing(catalogue, "VNM", alike)
    best, last = economy_strengths.found_in(catalogue, place, field)
    assert all(one.base <= len(alike) for one in (*best, *last))


@pytest.mark.parametrize("code", SCOPE + COMPARATORS)
def test_likeness_proposes_six_others_with_links_by_id(catalogue: Catalogue, code: str) -> None:
    found = economy_peers.nearest(catalogue, code)
    assert len(found) == 6
    assert code not in found
    note = economy_peers.alike_note(catalogue, code)
    assert note is not None
    assert f"economy={code}&amp;economies=" in note.html
    assert note.html.count("/economy?economy=") == 7
    # no marker of a slot is left over
    assert not any("\ue000" <= char <= "\uf8ff" for char in note.html)


def test_likeness_is_silent_where_sizes_are_unknown(db: Database) -> None:
    early = Catalogue(db, translator("en"), dt.date(2005, 1, 1))
    assert economy_peers.alike_note(early, "KOR") is None
    assert economy_peers.group(early, "KOR") == ()


@pytest.mark.parametrize("code", ["CHN", "HKG", "SGP", "IDN", "PHL", "IND", "CAN", "ARE"])
def test_language_cards_say_something_or_why_not(catalogue: Catalogue, code: str) -> None:
    share = economy_language.share_card(catalogue, code)
    tests = economy_language.boards_card(catalogue, code)
    assert share.title
    assert tests.title
    for card in (share, tests):
        if card.empty is not None:
            assert card.empty.reason
        else:
            assert card.table is not None
            assert card.table.row_ids()


def test_a_board_is_led_by_its_highest_score(catalogue: Catalogue, db: Database) -> None:
    found = economy_language.boards(catalogue, "KOR")
    assert len(found) > 5
    assert [economy_language.is_vendor(one) for one in found] == sorted(
        economy_language.is_vendor(one) for one in found
    )
    for one in found:
        assert one.n >= 5
        rows = one.frame
        if one.leader is not None and str(rows["higher_is_better"].iloc[0]) != "False":
            assert one.leader["score"] == rows["score"].max()
        if not rows["comparable_over_time"].iloc[0]:
            assert rows["period"].nunique() == 1


def test_chinese_is_counted_once_and_said_so(catalogue: Catalogue) -> None:
    china = economy_language.share_card(catalogue, "CHN")
    taiwan = economy_language.share_card(catalogue, "TWN")
    assert "counted once" in taiwan.subtitle
    assert "counted once" not in china.subtitle
    assert taiwan.table is not None
    assert china.table is not None
    assert taiwan.table.row_ids() == china.table.row_ids()


def test_titles_name_a_peak_that_the_newest_step_hides(catalogue: Catalogue) -> None:
    item, t = catalogue.indicators["ai_private_funding_cset_2021usd"], catalogue.t

    def title(old: float, new: float) -> str:
        one = economy_moves.Move(item, old, new, "2023", "2024", 12, 1.0, 5e9, "2021")
        return economy_trend_words.title(one, t)

    assert title(2e9, 3e9).endswith(", still below its peak of 2021")
    assert title(3e9, 2e9).endswith(", further below its peak of 2021")
    assert "peak" not in title(4e9, 4.9e9)


def test_the_line_on_events_does_not_deny_unchecked_ones(catalogue: Catalogue) -> None:
    t = catalogue.t
    for code in SCOPE + COMPARATORS:
        said = " ".join(str(gap.text) for gap in economy_gaps._thin(catalogue, code, TODAY, t))
        frame = queries.events(catalogue.db, dt.date(1990, 1, 1), TODAY, None, [code])
        frame = frame[pd.to_datetime(frame["date_start"]).dt.date <= TODAY]
        assert ("No dated event" in said) == (not len(frame)), code
        if "what happened since may be missing" in said:
            vague = frame["date_precision"].isin(("year", "fiscal_year", "half"))
            checked = frame[~vague & (frame["status"] != "unchecked")]
            assert (
                pd.to_datetime(frame["date_end"]).max() == pd.to_datetime(checked["date_end"]).max()
            )


@pytest.mark.parametrize(
    "gone",
    [
        ("ai_user_share_microsoft", "epoch_notable_models", "gov_ai_readiness_score"),
        ("gdp_usd_bn_imf", "population_total", "gdp_per_capita_usd"),
        ("top500_systems", "top500_rmax_pflops", "common_crawl_language_share"),
        ("github_developers", "rd_expenditure_pct_gdp", "electricity_carbon_intensity",
         "epoch_h100e_operational", "papers_iclr", "ai_private_funding_cset_2021usd"),
    ],
)  # fmt: skip
def test_without_some_measures_the_other_cards_stand(db: Database, gone: tuple[str, ...]) -> None:
    thin = Catalogue(db, translator("en"))
    for key in gone:
        thin.indicators.pop(key)
    place, field = standing(thin, "KOR")
    assert not {line.item.id for line in place.all_lines} & set(gone)
    cards = [
        economy.scorecard(thin, place),
        economy.strengths(thin, place, field),
        *economy.trends(thin, "KOR", place.members, "light", ("policy",)),
        economy.supercomputers(thin, "KOR"),
        economy.supercomputers(thin, "DEU"),
        economy.language(thin, "KOR"),
    ]
    assert all(card.title for card in cards)
    assert economy.strip(thin, "KOR") is not None
    assert economy.deck(thin, place)
    assert economy_gaps.gaps(thin, place, TODAY)


def test_without_output_nobody_is_alike_and_the_profile_stands(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    thin = Catalogue(db, translator("en"))
    none = thin.denominators("gdp").iloc[0:0]
    monkeypatch.setattr(thin, "denominators", lambda _: none)
    assert economy_peers.sizes(thin).empty
    assert economy.alike_note(thin, "KOR") is None
    assert economy.group(thin, "KOR") == ()


def test_no_trend_is_told_across_a_break(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = economy_moves.choose(catalogue, "KOR")
    assert before
    series = usable(catalogue.headline_series)
    own = series[(series["entity_id"] == "KOR") & (series["indicator_id"] == before[0].item.id)]
    last = own.sort_values(["period_end", "period"]).iloc[-1]["row_id"]
    monkeypatch.setattr(economy_moves, "broken", lambda _: frozenset([last]))
    after = economy_moves.choose(catalogue, "KOR")
    # The newest value stands alone after its break: there is no step to tell.
    assert before[0].item.id not in {move.item.id for move in after}


def test_a_tile_says_where_the_profile_compares_at_another_period(catalogue: Catalogue) -> None:
    place, _ = standing(catalogue, "KOR")
    line = next(line for line in place.all_lines if line.item.id == "rd_expenditure_pct_gdp")
    assert line.value is not None
    said = f"compared below at {line.period}: {line.value:.1f}"
    assert said in str(economy.strip(catalogue, "KOR", place)).replace("\u00a0", " ")
    assert "compared below" not in str(economy.strip(catalogue, "KOR"))
