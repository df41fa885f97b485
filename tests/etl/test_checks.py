"""Each check across rows fails on its own broken data, at its place, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny import TINY, Refuse, Tiny, place_of

from etl import checks
from etl.checks.keys import REFERENCES, SOFT
from observatory.model.tables import BY_NAME, TABLES, Table

OBS = "observations/adoption.csv"
DEALS = "capital/deals.csv"
IPO = "capital/ipo_events.csv"


def in_tiny(table: Table) -> bool:
    """Files that may be absent are absent from the tiny data set, but for those a test needs."""
    return not table.optional or (TINY / table.files).is_file()


REFERENCE_COLUMNS = sorted(
    {
        (table, column)
        for table in REFERENCES
        if in_tiny(BY_NAME[table])
        for column in {**REFERENCES[table], **SOFT.get(table, {})}
    }
)


def file_of(table: str) -> str:
    return BY_NAME[table].files.replace("*", "adoption")


def warned(tiny: Tiny, *expected: tuple[str, str]) -> list[str]:
    """Exactly these warnings and no error."""
    found = tiny.warnings()
    assert [place_of(line) for line in found] == [
        (f"tiny/{place}", check) for place, check in expected
    ], found
    return found


def test_every_check_has_its_test() -> None:
    files = sorted(Path(__file__).parent.glob("test_*.py"))
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    assert len(checks.ALL) >= 21
    for name in checks.ALL:
        assert f'"{name}")' in text, name


# Keys and references ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "table", [t for t in TABLES if t.name != "indicators" and in_tiny(t)], ids=lambda t: t.name
)
def test_duplicate_key(tiny: Tiny, refuse: Refuse, table: Table) -> None:
    file = file_of(table.name)
    last = len(tiny.lines(file))
    line = tiny.add(file, like=last)
    place = tiny.columns(file).index(table.key[0]) + 1
    (found,) = refuse((f"{file}:{line}:{place}", "duplicate-key"))
    assert f"already stands at tiny/{file}:{last}" in found


def test_a_reading_again_is_no_duplicate(tiny: Tiny) -> None:
    tiny.add(OBS, like=2, known_on="2026-03-01", value="40.2")
    assert tiny.warnings() == []


def test_known_on_equal_to_the_sources_own_day_is_a_duplicate(tiny: Tiny, refuse: Refuse) -> None:
    """The source was published on this day, so that both rows are one reading."""
    line = tiny.add(OBS, like=2, known_on="2025-03-14")
    refuse((f"{OBS}:{line}:1", "duplicate-key"))


def test_references_are_found() -> None:
    assert len(REFERENCE_COLUMNS) >= 50
    assert {("observations", "source_id"), ("policy_topics", "policy_id")} <= set(REFERENCE_COLUMNS)


@pytest.mark.parametrize(("table", "column"), REFERENCE_COLUMNS)
def test_unknown_id(tiny: Tiny, table: str, column: str) -> None:
    """Every column that refers to another table refuses an id nobody has."""
    target, _ = {**REFERENCES[table], **{c: (t, False) for c, t in SOFT.get(table, {}).items()}}[
        column
    ]
    nobody = "XYZ" if target == "economies" else "nobody"
    if table == "indicators":
        path, line, place = "indicators/adoption.yml", 2, 1
        tiny.replace(
            path, "  name: Firms using the thing\n", f"  name: Firms\n  {column}: {nobody}\n"
        )
    else:
        path, line = file_of(table), 2
        place = tiny.columns(path).index(column) + 1
        tiny.set(path, line, **{column: nobody})
    found = [item for item in tiny.check().errors if item.check == "unknown-id"]
    places = [
        (item.file, item.line, item.column)
        for item in found
        if item.message.startswith(f"{column}: ")
    ]
    if table == "indicators":
        assert [place[0] for place in places] == [f"tiny/{path}"]
    else:
        assert places == [(f"tiny/{path}", line, place)]
    assert any(f"'{nobody}' is no {target} id" in item.message for item in found)


def test_unknown_id_in_a_list(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set("evidence/claims.csv", 2, related_model_ids="model-a;model-x")
    (found,) = refuse(("evidence/claims.csv:2:17", "unknown-id"))
    assert "'model-x' is no models id" in found


def test_ids_of_a_table_that_could_not_be_read_are_not_reported(tiny: Tiny, refuse: Refuse) -> None:
    tiny.write("sources.csv", "")
    refuse(("sources.csv:1:1", "header"))


@pytest.mark.parametrize(
    ("file", "line", "cells", "column", "words"),
    [
        ("capital/deal_parties.csv", 2, {"party_id": "org-x"}, 3, "is no organization id"),
        ("capital/deal_parties.csv", 2, {"party_id": ""}, 3, "is no organization id"),
        ("capital/deal_parties.csv", 5, {"party_id": "XXX"}, 3, "is no economy id"),
        (
            "capital/deal_parties.csv",
            4,
            {"party_id": "org-one"},
            3,
            "expected empty for party_kind name",
        ),
        ("policy/policy_parties.csv", 2, {"party_id": "JPN"}, 3, "is no organization id"),
        (
            "policy/policy_parties.csv",
            3,
            {"party_id": "JPN"},
            3,
            "expected empty for party_kind body",
        ),
        ("evidence/claims.csv", 2, {"entity_ids": "JPN;org-x"}, 4, "'org-x' is neither"),
    ],
)
def test_parties(
    tiny: Tiny, refuse: Refuse, file: str, line: int, cells: dict[str, str], column: int, words: str
) -> None:
    tiny.set(file, line, **cells)
    (found,) = refuse((f"{file}:{line}:{column}", "party"))
    assert words in found


def test_near_name(tiny: Tiny) -> None:
    line = tiny.add("names.csv", like=2, org_id="org-two", name="ORG ONE")
    (found,) = warned(tiny, (f"names.csv:{line}:3", "near-name"))
    assert "'org-one'" in found
    tiny.set("names.csv", line, kind="former")
    warned(tiny)


# Values -----------------------------------------------------------------------------------------


def test_unit(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(OBS, 3, unit="persons")
    (found,) = refuse((f"{OBS}:3:6", "unit"))
    assert "expected 'percent'" in found


@pytest.mark.parametrize(
    ("file", "line", "entity", "words"),
    [
        ("observations/investment.csv", 2, "JPN", "is no organization"),
        (OBS, 2, "org-one", "is no economy"),
        (OBS, 2, "XYZ", "is no known entity"),
        (OBS, 2, "CN-SH", "is no known entity"),
        (OBS, 17, "org-x", "is no known entity"),
    ],
)
def test_entity(tiny: Tiny, refuse: Refuse, file: str, line: int, entity: str, words: str) -> None:
    tiny.set(file, line, entity_id=entity)
    (found,) = refuse((f"{file}:{line}:2", "entity"))
    assert words in found


def test_period_known(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(OBS, 3, period="2025-04")
    (found,) = refuse((f"{OBS}:3:3", "period-known"))
    assert "2025-03-14" in found


@pytest.mark.parametrize(
    "cells",
    [
        {"period": "2025-04", "status_hint": "forecast"},
        {"period": "2025-03"},  # a period may end after it was known: a part of it was counted
        {"period": "2025"},
        {"period": "2025-04", "known_on": "2025-05-01"},
    ],
)
def test_period_that_had_started(tiny: Tiny, cells: dict[str, str]) -> None:
    tiny.set(OBS, 3, **cells)
    warned(tiny)


def test_published(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set("sources.csv", 3, published="2026-02")
    (found,) = refuse(("sources.csv:3:7", "published"))
    assert "2026-01-10" in found
    tiny.set("sources.csv", 3, published="2026-01")  # the month may have ended later
    assert tiny.errors() == []


@pytest.mark.parametrize(
    ("line", "value", "words"),
    [
        (2, "101", "outside 0 to 100"),
        (2, "-0.1", "outside 0 to 100"),
        (10, "-1", "outside 0 to inf"),
        (16, "9.9", "outside 10 to 50"),
        (16, "50.1", "outside 10 to 50"),
    ],
)
def test_range(tiny: Tiny, refuse: Refuse, line: int, value: str, words: str) -> None:
    tiny.set(OBS, line, value=value)
    (found,) = refuse((f"{OBS}:{line}:5", "range"))
    assert words in found


@pytest.mark.parametrize(("line", "value"), [(2, "100"), (2, "0"), (16, "10"), (16, "50")])
def test_ends_of_a_range_are_in_it(tiny: Tiny, line: int, value: str) -> None:
    tiny.set(OBS, line, value=value)
    warned(tiny)


def test_own_limits_go_before_the_kinds(tiny: Tiny) -> None:
    tiny.replace(
        "indicators/adoption.yml", "  pillar: adoption\n", "  pillar: adoption\n  maximum: 150\n"
    )
    tiny.set(OBS, 2, value="140")
    warned(tiny)


@pytest.mark.parametrize(
    ("kind", "value"), [("physical", "-1"), ("index", "-1"), ("rank", "0.5"), ("count", "-1")]
)
def test_range_by_kind(tiny: Tiny, refuse: Refuse, kind: str, value: str) -> None:
    tiny.replace("indicators/adoption.yml", "  value_kind: count", f"  value_kind: {kind}")
    tiny.set(OBS, 14, value=value)
    refuse((f"{OBS}:14:5", "range"))


@pytest.mark.parametrize("kind", ["money", "rate"])
def test_kinds_that_may_be_negative(tiny: Tiny, kind: str) -> None:
    tiny.replace("indicators/adoption.yml", "  value_kind: count", f"  value_kind: {kind}")
    tiny.set(OBS, 14, value="-3")
    warned(tiny)


def test_jump(tiny: Tiny) -> None:
    tiny.set(OBS, 10, value="18")
    (found,) = warned(tiny, (f"{OBS}:11:5", "jump"))
    assert "18 in 2022, 110 in 2023" in found
    tiny.set(OBS, 10, value="22")  # exactly five times
    warned(tiny)


def test_a_month_beside_a_year_is_no_jump(tiny: Tiny) -> None:
    tiny.add(OBS, like=12, period="2024-12", value="10")
    tiny.add(OBS, like=12, period="2024-11", value="9")
    warned(tiny)


def test_small_numbers_may_jump(tiny: Tiny) -> None:
    tiny.set(OBS, 10, value="1")
    tiny.set(OBS, 11, value="19")
    tiny.set(OBS, 12, value="19")
    tiny.set(OBS, 13, value="19")
    warned(tiny)


def test_unit_slip(tiny: Tiny) -> None:
    tiny.set(OBS, 5, value="4.5")
    tiny.set(OBS, 4, value="4.4")  # no jump of its own
    (found,) = warned(tiny, (f"{OBS}:6:5", "unit-slip"))
    assert f"45 here, 4.5 at tiny/{OBS}:5: a factor of 10" in found


@pytest.mark.parametrize(
    ("value", "found"), [("0.449", True), ("0.430", False), ("0.045", True), ("4.42", True)]
)
def test_unit_slip_is_told_from_a_difference(tiny: Tiny, value: str, found: bool) -> None:
    tiny.set(OBS, 5, value=value)
    assert bool([w for w in tiny.warnings() if "[unit-slip]" in w]) is found


def test_outlier(tiny: Tiny) -> None:
    for year, value in ((2021, "90"), (2020, "80")):
        tiny.add(OBS, like=10, period=str(year), value=value)
    tiny.set(OBS, 10, value="0.9")
    found = [place_of(line) for line in tiny.warnings()]
    assert (f"tiny/{OBS}:10:5", "outlier") in found
    tiny.set(OBS, 10, confidence="low")
    assert (f"tiny/{OBS}:10:5", "outlier") not in [place_of(line) for line in tiny.warnings()]


# Deals and listings -----------------------------------------------------------------------------


def test_amount_without_currency(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(DEALS, 4, currency="")
    tiny.set(IPO, 4, currency="")
    tiny.write("accepted.csv", "check,key,reason\n")
    refuse((f"{DEALS}:4:8", "money"), (f"{IPO}:4:9", "money"))


def test_currency_without_amount(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(DEALS, 4, amount="")
    refuse((f"{DEALS}:4:7", "money"))


def test_currency_without_rate(tiny: Tiny) -> None:
    tiny.set(DEALS, 4, currency="EUR")
    warned(tiny, (f"{DEALS}:4:8", "fx"))


def test_listing_in_a_currency_without_rate(tiny: Tiny) -> None:
    tiny.set(IPO, 4, currency="EUR")
    tiny.write("accepted.csv", "check,key,reason\n")
    warned(tiny, (f"{IPO}:4:9", "fx"))


@pytest.mark.parametrize(
    ("line", "day", "place"),
    [(3, "2024-12-31", 2), (4, "2025-02-28", 3), (4, "2025-01-01", 2)],
)
def test_stage_order(tiny: Tiny, line: int, day: str, place: int) -> None:
    tiny.set(IPO, line, stage_date=day)
    found = tiny.errors()
    assert (f"tiny/{IPO}:{place}:7", "stage-order") in [place_of(item) for item in found]
    assert "expected filed, hearing, priced, listed in time order" in found[0]


def test_stages_on_one_day_or_of_unclear_order_pass(tiny: Tiny) -> None:
    for line in (2, 3, 4):
        tiny.set(IPO, line, stage_date="2025-01-05")
    warned(tiny)
    tiny.set(IPO, 2, stage_date="2025")  # the year of the filing: no contradiction
    warned(tiny)


@pytest.mark.parametrize("stage", ["rumoured", "planned", "tutoring", "postponed"])
def test_stages_without_an_order(tiny: Tiny, stage: str) -> None:
    tiny.set(IPO, 2, stage=stage, stage_date="2026-01-01")
    warned(tiny)


@pytest.mark.parametrize("end", ["lapsed", "withdrawn"])
def test_filing_again_after_an_end(tiny: Tiny, refuse: Refuse, end: str) -> None:
    tiny.set(IPO, 4, stage_date="2025-12-20")
    line = tiny.add(IPO, like=2, event_id="one-hkex-filed-2", stage_date="2025-09-01")
    refuse((f"{IPO}:{line}:7", "stage-order"))
    tiny.add(IPO, like=2, event_id=f"one-hkex-{end}", stage=end, stage_date="2025-07-05")
    warned(tiny)


def test_an_end_after_the_second_filing_excuses_nothing(tiny: Tiny, refuse: Refuse) -> None:
    line = tiny.add(IPO, like=2, event_id="one-hkex-filed-2", stage_date="2025-03-15")
    tiny.add(IPO, like=2, event_id="one-hkex-lapsed", stage="lapsed", stage_date="2025-07-05")
    refuse((f"{IPO}:{line}:7", "stage-order"))


def test_attempts_are_told_apart(tiny: Tiny) -> None:
    tiny.add(IPO, like=2, ipo_id="one-star", event_id="one-star-filed", stage_date="2025-11-01")
    warned(tiny)


def test_near_duplicate_deal(tiny: Tiny) -> None:
    line = tiny.add(DEALS, like=2, deal_id="one-2024-b", announced="2024-06-20", amount="75000000")
    (found,) = warned(tiny, (f"{DEALS}:{line}:1", "near-duplicate-deal"))
    assert "'one-2024-a'" in found
    # What an editor writes into accepted.csv, whichever of the two comes first.
    assert [one.key for one in tiny.check().warnings] == ["one-2024-a/one-2024-b"]


@pytest.mark.parametrize(
    "cells",
    [
        {"announced": "2024-09-01"},
        {"amount": "50000000"},
        {"kind": "debt"},
        {"currency": "JPY", "amount": "72000000"},
        {"org_id": "org-two"},
    ],
)
def test_deals_that_differ(tiny: Tiny, cells: dict[str, str]) -> None:
    tiny.add(DEALS, like=2, deal_id="one-2024-b", announced="2024-06-20")
    assert any("near-duplicate-deal" in line for line in tiny.warnings())
    tiny.set(DEALS, 5, **cells)
    assert not any("near-duplicate-deal" in line for line in tiny.warnings())


def test_deal_slip(tiny: Tiny) -> None:
    tiny.set(DEALS, 3, amount="7200000")
    (found,) = warned(tiny, (f"{DEALS}:3:7", "deal-slip"))
    assert "a factor of 10" in found
    tiny.set(DEALS, 3, currency="JPY")
    assert not any("deal-slip" in line for line in tiny.warnings())


# Scales of boards -------------------------------------------------------------------------------

SCALES = "technology/scale_blocks.csv"
RESULTS = "technology/benchmark_results.csv"


def board_copies(tiny: Tiny, *scores: str) -> None:
    """Make the tiny board a re-fitted one with two copies."""
    tiny.set(SCALES, 2, clock="board", ends="2025-06-01")
    for line, score in zip((2, 3), scores, strict=True):
        tiny.add(RESULTS, like=line, as_of="2025-06-01", score=score)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"ends": "2025-04-30"}, 3),
        ({"clock": ""}, 5),
        ({"dates": ""}, 6),
        ({"coverage": ""}, 7),
        ({"kind": "gap"}, 5),
    ],
)
def test_scale_shape(tiny: Tiny, cells: dict[str, str], column: int) -> None:
    tiny.set(SCALES, 2, **cells)
    assert (f"tiny/{SCALES}:2:{column}", "scale-shape") in [place_of(x) for x in tiny.errors()]


def test_scales_of_a_board_do_not_overlap(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(SCALES, 2, ends="2025-05-03")
    tiny.add(SCALES, like=2, starts="2025-05-03", ends="2025-05-04", kind="gap", clock="", dates="",
             coverage="")  # fmt: skip
    refuse((f"{SCALES}:3:2", "scale-shape"))


def test_a_scale_whose_models_stand_still(tiny: Tiny) -> None:
    board_copies(tiny, "82.0", "79.5")
    warned(tiny)


def test_a_scale_that_was_reset(tiny: Tiny, refuse: Refuse) -> None:
    board_copies(tiny, "91.5", "89.0")
    (found,) = refuse((f"{SCALES}:2:2", "scale-still"))
    assert "2 models" in found
    assert "by a median of 10.0" in found


def test_a_scale_without_a_model_in_both_copies(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(SCALES, 2, clock="board", ends="2025-06-01")
    tiny.add(RESULTS, like=2, as_of="2025-06-01", model_name="Model C", model_id="")
    refuse((f"{SCALES}:2:2", "scale-still"))


def test_a_scale_without_scores(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(SCALES, 2, starts="2024-05-01", ends="2024-05-02")
    refuse((f"{SCALES}:2:2", "scale-still"))


def test_what_makers_report_themselves_has_no_scale(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set(RESULTS, 3, note="vendor-reported comparison")
    refuse((f"{SCALES}:2:1", "scale-still"))


# Accepted warnings ------------------------------------------------------------------------------


def test_an_accepted_row_that_accepts_nothing(tiny: Tiny) -> None:
    tiny.write("accepted.csv", "check,key,reason\nfx,HKD,No rate.\njump,people_using/*,It grew.\n")
    (found,) = warned(tiny, ("accepted.csv:3:2", "accepted"))
    assert "accepts no finding of 'jump' any more" in found


def test_an_accepted_row_needs_its_check_and_key(tiny: Tiny) -> None:
    tiny.set(OBS, 10, value="18")
    rows = [
        "check,key,reason",
        "fx,HKD,No rate.",
        "outlier,*,Wrong check.",
        "jump,people_using/JPN/*,Wrong key.",
    ]
    tiny.write("accepted.csv", "\n".join(rows) + "\n")
    assert {place_of(line)[1] for line in tiny.warnings()} == {"jump", "accepted"}
    rows[2:] = ["jump,people_using/CHN/2023,It grew."]
    tiny.write("accepted.csv", "\n".join(rows) + "\n")
    warned(tiny)
    accepted = [(item.check, why) for item, why in tiny.check().accepted]
    assert ("jump", "It grew.") in accepted
