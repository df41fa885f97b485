"""The Python interface: what it answers, and what it says of a wrong question."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import observatory
from observatory.db.connect import NoBuild
from observatory.library import Observatory

USERS = "internet_users_pct"


@pytest.fixture(scope="module")
def obs(built: Path) -> Observatory:
    return observatory.open(built)


def test_a_number_leads_to_its_receipt(obs: Observatory) -> None:
    row = obs.headlines(USERS, "KOR").iloc[-1]
    receipt = obs.receipt(row["row_id"])
    assert float(receipt["value_text_exact"].replace(",", "").split()[0]) == pytest.approx(
        row["value"]
    )
    assert receipt["source"]


def test_headlines_are_the_chosen_observations(obs: Observatory) -> None:
    told = obs.observations(USERS, ["KOR", "JPN"]).set_index("row_id")["value"]
    chosen = obs.headlines(USERS, ["KOR", "JPN"])
    chosen = chosen[chosen["value"].notna()]
    assert len(chosen) > 10
    assert (told.loc[chosen["row_id"]].to_numpy() == chosen["value"].to_numpy()).all()
    assert set(chosen["entity_id"]) == {"KOR", "JPN"}


def test_groups_and_words_of_economies(obs: Observatory) -> None:
    assert set(obs.headlines(USERS, "asean6")["entity_id"]) <= {
        "SGP",
        "VNM",
        "IDN",
        "MYS",
        "THA",
        "PHL",
    }
    with pytest.raises(KeyError, match="no economy 'XYZ'"):
        obs.headlines(USERS, ["KOR", "XYZ"])


def test_a_wrong_id_is_answered_with_near_ones(obs: Observatory) -> None:
    with pytest.raises(KeyError, match=USERS):
        obs.headlines("internet_user_pct")
    with pytest.raises(KeyError, match=r"no table 'deal'; there are .*deals"):
        obs.table("deal")
    with pytest.raises(KeyError, match="no row 'ozzzzzz'"):
        obs.receipt("ozzzzzz")


def test_as_known_on_a_day(built: Path, obs: Observatory) -> None:
    day = dt.date(2025, 6, 30)
    then = observatory.open(built, as_of="2025-06-30")
    policies = then.table("policies")
    assert 0 < len(policies) < len(obs.table("policies"))
    assert (pd.to_datetime(policies["known_on"]).dt.date <= day).all()
    history = obs.table("policies", history=True)
    starts = pd.to_datetime(history["valid_from"]).dt.date
    ends = pd.to_datetime(history["valid_to"]).dt.date
    assert len(policies) == int(((starts <= day) & (ends.isna() | (ends > day))).sum())
    with pytest.raises(ValueError, match="as_of: 'yesterday'"):
        observatory.open(built, as_of="yesterday")


def test_tables_explain_themselves(obs: Observatory) -> None:
    assert obs.tables["meaning"].notna().all()
    for table in obs.tables["table"]:
        assert obs.columns(table)["meaning"].str.len().gt(0).all(), table


def test_charts(obs: Observatory) -> None:
    lines = obs.chart(USERS, ["KOR", "JPN"])
    drawn = {
        str(value)
        for trace in lines.data
        for value in (trace.customdata if trace.customdata is not None else ())
    }
    assert drawn & set(obs.headlines(USERS, ["KOR", "JPN"])["row_id"])
    bars = obs.chart(USERS, kind="bar", theme="dark")
    assert len(bars.data[0].x) == obs.compare(USERS).n
    with pytest.raises(ValueError, match="neither"):
        obs.chart(USERS, kind="pie")  # type: ignore[arg-type]


def test_other_languages(built: Path) -> None:
    japanese = observatory.open(built, lang="ja")
    assert japanese.headlines(USERS, "KOR")["label"].iloc[0] == "韓国"
    with pytest.raises(ValueError, match="lang: 'fr'"):
        observatory.open(built, lang="fr")


def test_a_single_file_opens_too(built: Path, tmp_path: Path, obs: Observatory) -> None:
    found = next(built.glob("observatory-*.duckdb"))
    copy = shutil.copyfile(found, tmp_path / "observatory.duckdb")
    alone = observatory.open(copy)
    assert alone.build_id == obs.build_id
    assert alone.headlines(USERS).equals(obs.headlines(USERS))
    with pytest.raises(duckdb.Error, match="read-only"):
        alone.db.select("CREATE TABLE core.mine (a INTEGER)", {})


def test_no_build_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoBuild, match="python -m etl build"):
        observatory.open(tmp_path)
    (tmp_path / "some.duckdb").write_text("no database", encoding="utf-8")
    with pytest.raises(NoBuild, match=r"some\.duckdb is no database of the observatory"):
        observatory.open(tmp_path / "some.duckdb")
