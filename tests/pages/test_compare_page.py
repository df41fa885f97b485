"""The comparison: runs for any link, says what its data say, and opens what numbers are made of."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

import pandas as pd
import pytest

from observatory.analysis.cross_section import usable
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views.compare import dots as compare_dots
from observatory.views.compare import over_time as compare_time
from observatory.views.compare import page as compare
from observatory.views.compare import parts as compare_parts
from observatory.views.compare import table as compare_table
from observatory.views.compare import words as compare_words
from observatory.views.compare.choice import Choice
from observatory.views.compare.data import Comparison
from observatory.views.measures import Catalogue
from tests.pages.opened import INFINITE, no_slip, told, words

ROOT = Path(__file__).resolve().parents[2]
EVERYONE = SCOPE + COMPARATORS
MARKS = re.compile(r"[\ue000\ue001]")
TRIO = ("KOR", "JPN", "SGP")


# The catalogue is kept beside its comparison, so that its id is not given away.
_FOUND: dict[tuple[object, ...], tuple[Catalogue, Comparison]] = {}


def found_of(
    catalogue: Catalogue,
    codes: tuple[str, ...] = TRIO,
    per: str = "",
    group: tuple[str, ...] = SCOPE,
) -> Comparison:
    key = (id(catalogue), codes, per, group)
    if key not in _FOUND:
        found = compare.compare(catalogue, codes, compare.members_of(group), per)
        _FOUND[key] = (catalogue, found)
    return _FOUND[key][1]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"with": "KOR,USA,GBR,FRA,DEU,ISR", "per": "gdp", "index": "2020", "log": "1"},
        {"with": "HKG,TWN", "per": "population", "events": "1", "measure": "top500_rmax_pflops"},
        {"with": "CHN,IND", "lang": "ja", "economies": ",".join(EVERYONE), "present": "1"},
        {"economies": "PHL", "period": "2024..2025", "as_of": "2026-03-01"},
        {"as_of": "2005-01-01", "per": "gdp", "index": "2015"},
    ],
)
def test_page_runs(db: Database, query: dict[str, str]) -> None:
    said = no_slip(told("compare", **query))
    assert not INFINITE.search(said)
    assert not MARKS.search(said)


def test_a_bad_link_gives_notes_and_a_page(db: Database) -> None:
    said = told("compare", **{"with": "KOR,nowhere", "index": "1900", "per": "head"})
    assert "no economy we know" in said
    assert "A comparison needs two economies" in said
    assert "no base year" in said


def test_wins_are_counted_among_values_of_one_period(catalogue: Catalogue) -> None:
    found = found_of(catalogue)
    counted = dict.fromkeys(TRIO, 0)
    total = 0
    for row in found.rows:
        if row.item.pillar == "context" or row.item.higher_is_better is None:
            continue
        values = {c: line for c, line in row.lines.items() if line.kind in ("ranked", "shown")}
        periods = [line.period for line in values.values()]
        period = max(periods, key=lambda p: (periods.count(p), p), default="")
        same = {c: line.value for c, line in values.items() if line.period == period}
        if len(same) < 2:
            continue
        total += 1
        best = (max if row.item.higher_is_better else min)(same.values())
        first = [c for c, value in same.items() if value == best]
        if len(first) == 1:
            counted[first[0]] += 1
    assert counted == found.wins
    assert len(found.contested) == total
    assert str(total) in compare_words.deck(catalogue, found)


def _published(indicator: str, economy: str, period: str) -> set[float]:
    """Values in the curated files."""
    out: set[float] = set()
    for path in (ROOT / "data" / "observations").glob("*.csv"):
        with path.open(encoding="utf-8") as file:
            out |= {
                float(row["value"])
                for row in csv.DictReader(file)
                if (row["indicator_id"], row["entity_id"], row["period"])
                == (indicator, economy, period)
                and row["value"]
            }
    return out


def test_differences_are_those_of_the_files(catalogue: Catalogue) -> None:
    told = compare_words.differences(found_of(catalogue))
    assert len(told) == compare_words.SHOWN
    assert [one.weight for one in told] == sorted((one.weight for one in told), reverse=True)
    for one in told:
        assert one.high_value in _published(one.indicator, one.high, one.period)
        assert one.low_value in _published(one.indicator, one.low, one.period)
        assert one.high_value > one.low_value
        assert {one.high, one.low} <= set(TRIO)
        series = usable(catalogue.series(one.indicator))
        own = series[series["entity_id"].isin(TRIO) & (series["period"] == one.period)]["value"]
        assert (one.high_value, one.low_value) == (own.max(), own.min())


def test_ranks_are_those_of_the_profile_and_stay_when_others_are_compared(
    catalogue: Catalogue,
) -> None:
    first, second = found_of(catalogue), found_of(catalogue, ("KOR", "USA"))
    for one, other in zip(first.rows, second.rows, strict=True):
        assert one.id == other.id
        a, b = one.lines["KOR"], other.lines["KOR"]
        assert (a.rank, a.base, a.value, a.kind) == (b.rank, b.base, b.value, b.kind)
    assert all(row.lines["USA"].kind != "ranked" for row in second.rows)
    assert second.unranked == ("USA",)
    switched = found_of(catalogue, ("KOR", "USA"), group=EVERYONE)
    assert any(row.lines["USA"].kind == "ranked" for row in switched.rows)


@pytest.mark.parametrize("per", ["population", "gdp"])
def test_divided_values_are_their_parts(catalogue: Catalogue, per: str) -> None:
    found = found_of(catalogue, ("KOR", "TWN"), per)
    divided = [row for row in found.rows if row.relative]
    assert len(divided) > 10
    assert not {"population_total", "gdp_usd_bn_imf", "ai_user_share_microsoft"} & {
        r.id for r in divided
    }
    frame = compare_parts.values(catalogue, found, [(row, "KOR") for row in divided])
    frame = frame[frame["status"] != ""]
    factor = 1e6 if per == "population" else 1.0
    wanted = frame["own_value"] / frame["base_value"] * factor
    pd.testing.assert_series_equal(
        frame["value"].astype(float), wanted.astype(float), check_names=False
    )
    assert frame["base_row_id"].str.startswith("o").all()
    assert (frame["value_row"] == "").all()
    for row in frame.head(4).to_dict("records"):
        assert row["own_value"] in _published(row["indicator_id"], "KOR", row["period"])


def test_a_divided_number_opens_the_table_and_the_table_its_parts(catalogue: Catalogue) -> None:
    found = found_of(catalogue, TRIO, "population")
    card = compare_table.card(catalogue, found)
    assert card.body is not None
    html = str(getattr(card.body, "html", ""))
    assert 'data-act="table" data-card="ranks"' in html
    assert card.table is not None
    assert {"row_id", "base_row_id"} <= {column.row_id for column in card.table.columns}


def test_every_cell_of_the_table_has_a_receipt_or_a_reason(catalogue: Catalogue) -> None:
    found = found_of(catalogue, ("HKG", "PHL", "TWN"))
    html = str(getattr(compare_table.card(catalogue, found).body, "html", ""))
    cells = re.findall(r'<td class="r[^"]*"[^>]*>(.*?)</td>', html)
    assert len(cells) == 3 * len(found.rows)
    for cell in cells:
        assert "data-receipt=" in cell or "none on file" in cell, cell
    said = " ".join(str(gap.text) for gap in compare.gaps(catalogue, found))
    assert "of the 13" in said or "leaves it out" in said


def test_a_disputed_cell_has_a_receipt_and_takes_no_part(db: Database) -> None:
    thin = Catalogue(db, translator("en"))
    frame = thin.headline_series.copy()
    mine = (frame["indicator_id"] == "papers_iclr") & (frame["entity_id"] == "KOR")
    assert mine.any()
    frame.loc[mine, ["low", "high"]] = [300.0, 400.0]
    frame.loc[mine, "value"] = None
    frame.loc[mine, "is_headline"] = False
    frame.loc[mine, "status"] = "disputed"
    thin.headline_series = frame
    for per in ("", "gdp"):
        found = found_of(thin, TRIO, per)
        row = next(row for row in found.rows if row.id == "papers_iclr")
        assert row.lines["KOR"].kind == "disputed"
        assert "KOR" not in row.same_period
        assert "KOR" not in set(row.section.frame["entity_id"])
        assert "papers_iclr" not in {
            one.indicator
            for one in compare_words.differences(found, 40)
            if "KOR" in (one.high, one.low)
        }
        card = compare_table.card(thin, found)
        assert card.vintage
        assert "disputed" in words(str(getattr(card.body, "html", "")))
        assert all(one.body is not None for one in compare.pillar_cards(thin, found))
        assert compare.pillars_card(thin, found).sources
        assert any("Disputed" in gap.lead for gap in compare.gaps(thin, found))


def test_an_index_starts_at_100_and_names_who_has_no_base(catalogue: Catalogue) -> None:
    found = found_of(catalogue, ("KOR", "JPN", "SGP", "VNM"))
    row = next(row for row in found.rows if row.id == "epoch_notable_models")
    based, missing = compare_time.drawn(catalogue, row, found.economies, 2020)
    assert missing
    own = usable(row.series)
    have = set(own[own["period"] == "2020"]["entity_id"])
    assert not have & set(missing)
    at = based[based["period"] == "2020"]
    assert at["value"].tolist() == [100.0] * len(at)
    choice = Choice(("KOR", "JPN"), index=2020, measure="epoch_notable_models")
    card = compare.line_card(catalogue, found, choice, "light", ())
    assert "2020 = 100" in card.subtitle
    assert all(catalogue.name(code) in card.subtitle for code in missing)


def test_the_default_measure_is_one_that_most_hold_over_time(catalogue: Catalogue) -> None:
    found = found_of(catalogue)
    key = compare_time.default_measure(found)
    row = next(row for row in found.rows if row.id == key)
    assert compare_time.long_enough(row, TRIO) == list(TRIO)
    assert row.item.pillar != "context"


def test_each_pillar_has_a_plot_or_says_why_not(catalogue: Catalogue, db: Database) -> None:
    cards = compare.pillar_cards(catalogue, found_of(catalogue))
    assert len(cards) == 8
    assert all(card.body is not None for card in cards)
    early = Catalogue(db, translator("en"), dt.date(2005, 1, 1))
    cards = compare_dots.pillar_cards(early, found_of(early))
    assert len(cards) == 1
    assert cards[0].empty is not None


@pytest.mark.parametrize(
    "gone", [("gdp_usd_bn_imf", "population_total"), ("epoch_notable_models", "papers_iclr")]
)
def test_without_some_measures_the_comparison_stands(db: Database, gone: tuple[str, ...]) -> None:
    thin = Catalogue(db, translator("en"))
    for key in gone:
        thin.indicators.pop(key)
    found = found_of(thin)
    assert not {row.id for row in found.rows} & set(gone)
    choice = Choice(TRIO)
    cards = [
        compare.pillars_card(thin, found), compare.words_card(thin, found), compare.table_card(thin, found),
        compare.line_card(thin, found, choice, "light", ("policy",)), compare.leads_card(thin, found, choice),
        *compare.pillar_cards(thin, found),
    ]  # fmt: skip
    assert all(card.title for card in cards)
    assert len({card.id for card in cards}) == len(cards)


def test_the_title_counts_no_pillar_that_rests_on_one_measure(db: Database) -> None:
    t = translator("en")
    catalogue = Catalogue(db, t)
    found = found_of(catalogue, ("KOR", "JPN"))
    card = compare.pillars_card(catalogue, found)
    solid = {
        pillar: sum(row.contested for row in found.of(pillar)) >= 2 for pillar in found.positions
    }
    assert not solid["models"], "the case that this is about"
    told_of = re.search(r"(.+) ahead in (\d) of (\d) pillars$", card.title)
    assert told_of is not None
    assert int(told_of[3]) == sum(solid.values())
    names = compare_dots.labels.pillar("models", t)
    assert f"Not counted, fewer than two measures of the same period: {names}" in str(card.subtitle)
    every = compare.pillars_card(catalogue, found_of(catalogue, ("KOR", "JPN", "SGP")))
    assert "Not counted" not in str(every.subtitle)
    assert "counts a pillar" in str(every.method)
