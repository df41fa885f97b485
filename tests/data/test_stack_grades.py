"""Grades of the stack worked out a second time, from `data/` alone: csv, yaml and plain Python."""

from __future__ import annotations

import calendar
import csv
import re
from collections import defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path
from statistics import median_low
from typing import Any

import pytest
import yaml

from observatory.db.connect import Databases
from observatory.i18n import translator
from observatory.views.measures import Catalogue
from observatory.views.stack.data import LAYERS, Stack

DATA = Path(__file__).resolve().parents[2] / "data"
THIRTEEN = "CHN JPN KOR TWN HKG SGP IND VNM IDN MYS PHL THA AUS".split()
OTHERS = "USA GBR FRA DEU CAN ISR ARE".split()
PATHS = {
    "chips": "technology", "clusters": "technology", "models": "technology", "benchmark_results": "technology",
    "ipo_events": "capital", "deals": "capital", "policies": "policy",
}  # fmt: skip
CELL = {
    "chips": ("chip_id", ""), "clusters": ("cluster_id", ""), "models": ("model_id", ""), "policies": ("policy_id", ""),
    "ipo_events": ("event_id", "raise_amount"), "deals": ("deal_id", "amount"),
    "benchmark_results": ("benchmark_id model_name as_of", "score"),
}  # fmt: skip
DATES = {"ipo_events": "stage_date", "deals": "announced", "models": "released", "chips": "released",
         "policies": "date", "clusters": "date", "benchmark_results": "as_of"}  # fmt: skip
FIRST = {"policies": "policy_id"}
DOLLARS = {"amount": "amount_usd_m", "raise_amount": "raise_usd_m"}
TIERS = ["official", "filing", "dataset", "paper", "press", "secondary"]
Row = dict[str, Any]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def ends(text: str) -> date | None:
    """Last day of a period as the files write it."""
    text = re.split(r"/|\.\.", text)[-1] if text else ""
    found = re.match(r"^(?:FY)?(\d{4})(?:-(?:Q(\d)|H(\d)|(\d{2})))?(?:-(\d{2}))?$", text)
    if not found:
        return None
    year, quarter, half, month, day = found.groups()
    last = int(month or (3 * int(quarter) if quarter else 6 * int(half) if half else 12))
    return date(int(year), last, int(day) if day else calendar.monthrange(int(year), last)[1])


SOURCES = {row["source_id"]: row for row in read(DATA / "sources.csv")}
ORGS = {row["org_id"]: row for row in read(DATA / "organizations.csv")}
INDICATORS: dict[str, Row] = {}
for _file in sorted((DATA / "indicators").glob("*.yml")):
    INDICATORS |= yaml.load(_file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
RULE: dict[str, Any] = yaml.safe_load((DATA / "stack.yml").read_text(encoding="utf-8"))


def known(row: Row) -> date:
    if row.get("known_on"):
        return ends(row["known_on"]) or date.max
    source = SOURCES[row["source_id"]]
    read_on = date.fromisoformat(source["read_on"])
    return min(ends(source["published"]) or read_on, read_on)


def makers(row: Row) -> set[str]:
    if row.get("status_hint") == "company_claim":
        return {f"statement of {row.get('entity_id') or row.get('org_id')}"}
    return set(SOURCES[row["source_id"]]["origin"].split("; "))


def same(one: str, two: str) -> bool:
    """Whether two printed numbers agree: 2 %, or half a unit of the coarser one's last digit."""
    units = []
    for text in (one, two):
        digits, _, power = text.lower().partition("e")
        units.append(10.0 ** (int(power or 0) - len(digits.partition(".")[2])))
    gap, top = abs(float(one) - float(two)), max(abs(float(one)), abs(float(two)))
    return gap <= max(0.02 * top, max(units) / 2) * (1 + 1e-9)


def usable(cell: list[Row], value: str) -> list[Row]:
    """Rows of one thing that are neither superseded, nor unchecked, nor in dispute."""
    live = [
        row for row in cell
        if not any(
            (other["source_id"] == row["source_id"] and known(other) > known(row))
            or (makers(other) & makers(row) and SOURCES[row["source_id"]]["edition"]
                and SOURCES[other["source_id"]]["edition"] > SOURCES[row["source_id"]]["edition"])
            for other in cell
        ) and "do not chart" not in row.get("note", "").lower()
    ]  # fmt: skip
    if not live or all(row["confidence"] == "low" for row in live):
        return []

    def is_official(row: Row) -> bool:
        if row.get("status_hint") == "official":
            return True
        source = SOURCES[row["source_id"]]
        return source["kind"] in ("official", "filing")

    if any(is_official(row) for row in live):
        return [row for row in live if is_official(row)] if value == "value" else live
    if value:
        currencies = [row["currency"] for row in live if row.get("currency")]
        main = max(currencies, key=currencies.count) if currencies else ""
        told = [row[value] for row in live if row[value] and row.get("currency", "") in ("", main)]
        if value in DOLLARS and main in ("", "USD"):
            # Where nobody names another currency, the sources' own dollars are compared.
            told = [row[value] or f"{row[DOLLARS[value]]}e6" for row in live
                    if row[value] or row[DOLLARS[value]]]  # fmt: skip
        if any(not same(one, two) for one, two in combinations(told, 2)):
            return []
    return live


def cells(table: str, day: date) -> list[Row]:
    keys, value = CELL[table]
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in read(DATA / PATHS[table] / f"{table}.csv"):
        if known(row) <= day:
            groups[tuple(row[key] for key in keys.split())].append(row)
    return [row for group in groups.values() for row in usable(group, value)]


def home(row: Row) -> str:
    return str(row.get("economy_id") or ORGS.get(row.get("org_id", ""), {}).get("economy_id", ""))


def fits(row: Row, sign: Row) -> bool:
    for name, words in sign.get("where", {}).items():
        allowed = words if isinstance(words, list) else [words]
        if name == "org_layer":
            told = ORGS.get(row["org_id"], {}).get("stack_layer", "")
        elif name == "owner":
            told = (
                "home"
                if ORGS.get(row["owner_org_id"], {}).get("economy_id") == row["economy_id"]
                else ""
            )
        else:
            told = row[name]
        if told not in allowed:
            return False
    end = ends(row[DATES[sign["table"]]])
    if sign.get("since") and (end is None or end.year < sign["since"]):
        return False
    if sign.get("id_without") and sign["id_without"] in row[FIRST[sign["table"]]]:
        return False
    return bool(row[sign["column"]]) and sign["column"] not in row.get("not_compared", "").split(
        ";"
    )


def counted(sign: Row, day: date) -> dict[str, float]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in cells(sign["table"], day):
        if home(row) in THIRTEEN + OTHERS and fits(row, sign):
            found[home(row)].append(row[sign["column"]])
    if sign["kind"] == "largest":
        return {economy: max(map(float, values)) for economy, values in found.items()}
    return {economy: float(len(set(values))) for economy, values in found.items()}


def behind(sign: Row, day: date) -> dict[str, float]:
    rows = [
        row
        for row in cells("benchmark_results", day)
        if row["benchmark_id"] == sign["board"] and row["score"]
    ]
    newest = max((ends(row["as_of"]) or date.min for row in rows), default=None)
    last = [row for row in rows if ends(row["as_of"]) == newest]
    best = max((float(row["score"]) for row in last), default=0.0)
    found: dict[str, float] = {}
    for row in last:
        economy = row["economy_id"]
        if economy in THIRTEEN + OTHERS:
            found[economy] = min(found.get(economy, 1e9), best - float(row["score"]))
    return found


@pytest.fixture(scope="module")
def observations() -> dict[str, list[Row]]:
    wanted = {sign["indicator"] for sign in RULE["signs"].values() if sign["kind"] == "indicator"}
    found: dict[str, list[Row]] = defaultdict(list)
    for path in sorted((DATA / "observations").glob("*.csv")):
        for row in read(path):
            if row["indicator_id"] in wanted:
                found[row["indicator_id"]].append(row)
    return found


def measured(sign: Row, rows: list[Row], day: date) -> dict[str, float]:
    """Cross-section: the newest period of eight of the thirteen, else each one's newest of three years."""
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if known(row) <= day and row["entity_id"] in THIRTEEN + OTHERS:
            groups[row["entity_id"], row["period"], row.get("span", "")].append(row)
    said: dict[tuple[str, str], Row] = {}
    for (economy, period, _), cell in groups.items():
        live = usable(cell, "value")
        if not live:
            continue
        order = ["high", "medium", "low"]
        row = min(live, key=lambda r: (
            0 if r.get("status_hint") == "official" else TIERS.index(SOURCES[r["source_id"]]["kind"]),
            order.index(r["confidence"]), -known(r).toordinal()))  # fmt: skip
        end = ends(row.get("span") or period) or date.min
        whole_year = re.fullmatch(r"\d{4}", period)
        counts = (
            row["status_hint"] == "derived"
            or INDICATORS[sign["indicator"]].get("aggregation") == "max"
        )
        if row["status_hint"] == "forecast" or (whole_year and end > known(row) and counts):
            continue
        said[economy, period] = {**row, "end": end}
    inside = [(economy, period) for economy, period in said if economy in THIRTEEN]
    holders: dict[str, set[str]] = defaultdict(set)
    for economy, period in inside:
        holders[period].add(economy)
    common = [period for period, who in holders.items() if len(who) >= 8]
    if common:
        shared = max(common, key=lambda period: ends(period) or date.min)
        picked = {economy: row for (economy, period), row in said.items() if period == shared}
    elif inside:
        newest = max(said[key]["end"] for key in inside)
        recent = [(e, row) for (e, _), row in said.items()
                  if row["end"] >= newest.replace(year=newest.year - 3, day=min(newest.day, 28))]  # fmt: skip
        picked = {}
        for economy, row in sorted(recent, key=lambda item: item[1]["end"]):
            picked[economy] = row
    else:
        picked = {}
    return {
        economy: float(row["value"])
        for economy, row in picked.items()
        if row["end"].year >= sign["since"]
    }


def level(value: float, sign: Row) -> int:
    if sign["kind"] == "behind":
        return 2 if value <= sign["high_from"] else 1 if value <= sign["medium_from"] else 0
    return 2 if value >= sign["high_from"] else 1 if value >= sign["medium_from"] else 0


@pytest.mark.parametrize("day", [None, date(2026, 4, 30), date(2020, 1, 1)], ids=str)
def test_every_grade_follows_from_the_files(
    built: Path, observations: dict[str, list[Row]], day: date | None
) -> None:
    shown = Stack(Catalogue(Databases(built).get(), translator("en"), day))
    until = day or date.max
    levels: dict[tuple[str, str], list[int]] = defaultdict(list)
    for key, sign in RULE["signs"].items():
        if sign["kind"] == "indicator":
            values = measured(sign, observations[sign["indicator"]], until)
        elif sign["kind"] == "behind":
            values = behind(sign, until)
        else:
            values = counted(sign, until)
        mine = {
            economy: value.value for (economy, one), value in shown.values.items() if one == key
        }
        assert mine == pytest.approx(values), key
        for economy, value in values.items():
            levels[economy, sign["layer"]].append(level(value, sign))
    words = ("low", "medium", "high")
    for economy in THIRTEEN + OTHERS:
        for layer in LAYERS:
            found = levels[economy, layer]
            state = shown.state(economy, layer)
            if not found:
                assert state in ("named", "empty"), (economy, layer)
                continue
            middle = median_low(found)
            assert state == words[min(middle, 1) if len(found) == 1 else middle], (economy, layer)


def test_an_empty_cell_has_nothing_on_file(built: Path) -> None:
    """No organisation of the layer, no chip, cluster, model, deal, listing or rule of the economy."""
    shown = Stack(Catalogue(Databases(built).get(), translator("en")))
    tables = {"chips": ("chips",), "compute": ("clusters",), "models": ("models",),
              "capital": ("deals", "ipo_events"), "governance": ("policies",), "applications": ()}  # fmt: skip
    listed = {row["economy_id"] for row in read(DATA / "technology" / "supercomputers.csv")
              if row["list_date"] == "2026-06"}  # fmt: skip
    empty = [(e, layer) for e in THIRTEEN for layer in LAYERS if shown.state(e, layer) == "empty"]
    assert empty
    for economy, layer in empty:
        parts = ("applications", "robotics") if layer == "applications" else (layer,)
        assert not any(
            org["economy_id"] == economy and org["stack_layer"] in parts for org in ORGS.values()
        )
        for table in tables[layer]:
            rows = read(DATA / PATHS[table] / f"{table}.csv")
            assert not any(home(row) == economy for row in rows), (economy, table)
        assert layer != "compute" or economy not in listed


def test_every_part_of_a_value_has_a_row(built: Path) -> None:
    shown = Stack(Catalogue(Databases(built).get(), translator("en")))
    for (economy, key), value in shown.values.items():
        ids = [str(row["row_id"]) for row in value.rows]
        assert len(ids) == len(set(ids)) >= 1, (economy, key)
        assert all(
            row["status"] not in ("disputed", "unchecked", "superseded") for row in value.rows
        )
