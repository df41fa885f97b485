"""Every upstream: its small file in the publisher's form says what is on file, and what changes is told."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook
from upstreams import REAL, SMALL, TODAY, eased, plan_of, shelf

from etl.refresh import words
from etl.refresh.find import offline
from etl.refresh.run import propose
from etl.refresh.spec import load, names

SAME = {
    "ai_diffusion": 18,
    "arena": 14,
    "common_crawl": 14,
    "epoch_benchmarks": 9,
    "epoch_clusters": 10,
    "innovation_graph": 12,
    "owid_charts": 8,
    "owid_energy": 40,
    "swallow": 7,
    "world_bank": 15,
}


def test_every_folder_is_complete() -> None:
    """Metadata can be read, the parser exists, and sources on file belong to each upstream."""
    known = [row["source_id"] for row in shelf().rows("sources")]
    for name in names():
        upstream = load(name)
        assert upstream.spec.we_take
        assert upstream.spec.rhythm_days
        assert (Path("etl/sources") / name / "parse.py").is_file() or upstream
        stems = [pattern.rstrip("*") for pattern in upstream.spec.belongs]
        assert any(key.startswith(stem) for key in known for stem in stems), name
        for source in upstream.spec.source_ids:
            assert source in known


@pytest.mark.parametrize("name", sorted(SAME))
def test_small_file_says_what_is_on_file(name: str) -> None:
    plan = plan_of(name)
    # Ranks and sums are reckoned over the whole file: those of a small one are others.
    said = [
        words.about(change.item.table, change.item.row)
        for change in plan.of("revised")
        if any(column != "rank" for column, _, _ in change.cells)
        and (name, change.item.table) != ("epoch_clusters", "observations")
    ]
    assert said == []
    assert plan.unchanged >= SAME[name]
    if name not in ("common_crawl", "epoch_clusters"):
        assert plan.of("new") == []


def _rows(name: str, file: str) -> tuple[Path, list[list[str]]]:
    path = SMALL / name / file
    with path.open(encoding="utf-8", newline="") as stream:
        return path, list(csv.reader(stream))


def _copy(tmp_path: Path, name: str) -> Path:
    shutil.copytree(SMALL / name, tmp_path / name)
    return tmp_path


def test_a_new_quarter_and_a_revised_value(tmp_path: Path) -> None:
    folder = _copy(tmp_path, "innovation_graph")
    path = folder / "innovation_graph" / "developers.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    korea = next(line for line in lines if line.endswith("KR,2025,3"))
    value = int(korea.split(",")[0])
    lines[lines.index(korea)] = f"{value + 100},KR,2025,3"
    lines += ["77,KR,2025,4", "88,JP,2025,4", "99,BR,2025,4"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    plan = plan_of("innovation_graph", folder)
    (revised,) = plan.of("revised")
    assert revised.cells == (("value", str(value), str(value + 100)),)
    assert sorted(c.item.row["entity_id"] for c in plan.of("new")) == ["JPN", "KOR"]
    assert {c.item.row["period"] for c in plan.of("new")} == {"2025-Q4"}
    text = "\n".join(words.describe(plan))
    assert f"github_developers KOR 2025-Q3: {value} -> {value + 100}" in text
    assert "github_developers: 2 values, 2025-Q4, JPN, KOR" in text


def test_withdrawn_rows_are_told(tmp_path: Path) -> None:
    folder = _copy(tmp_path, "arena")
    path = next((folder / "arena").glob("*.json"))
    text = path.read_text(encoding="utf-8").replace('"model_count": 14', '"model_count": 13')
    start = text.rindex('  {\n   "rank"')
    path.write_text(text[:start].rstrip().rstrip(",") + "\n ]\n}\n", encoding="utf-8")
    before = {words.about(table, row) for table, row in plan_of("arena").withdrawn}
    after = {words.about(table, row) for table, row in plan_of("arena", folder).withdrawn}
    assert len(after - before) == 1


def test_a_new_day_of_a_board_is_new_rows(tmp_path: Path) -> None:
    folder = _copy(tmp_path, "arena")
    path = next((folder / "arena").glob("*.json"))
    text = path.read_text(encoding="utf-8").replace("2026-08-22T", "2026-11-20T")
    path.with_name("arena_text-to-video_2026-11-20.json").write_text(text, encoding="utf-8")
    path.unlink()
    plan = plan_of("arena", folder)
    assert len(plan.of("new")) == 14
    assert any("scale ends on 2026-08-22" in note for note in plan.kit.notes)


def test_an_unread_copy_of_fixed_tests_that_says_the_same_is_no_new_date() -> None:
    real = REAL / "swallow_llm_leaderboard_model_2026-06-24.yml"
    if not real.is_file():
        pytest.skip("the upstream files are not here")
    upstream = load("swallow")
    (item,) = offline(upstream, real, TODAY, "2026-11-01", True)
    plan = propose(upstream, [item], shelf(), TODAY)
    assert plan.of("new") == []
    assert plan.of("revised") == []


def test_exchange_rates_are_means_of_cross_rates() -> None:
    plan = plan_of("ecb_fx")
    _, (header, *rows) = _rows("ecb_fx", "eurofxref-hist.csv")
    for currency in ("KRW", "SGD"):
        at, usd = header.index(currency), header.index("USD")
        mean = sum(float(row[at]) / float(row[usd]) for row in rows) / len(rows)
        (change,) = [c for c in plan.changes if c.item.row["currency"] == currency]
        assert float(change.item.row["units_per_usd"]) == pytest.approx(mean, rel=1e-6)
        assert change.item.row["note"].endswith("part year to 2026-11-20")


def test_models_are_found_by_the_name_they_were_read_under() -> None:
    plan = plan_of("epoch_models")
    assert [c for c in plan.of("new") if c.item.table == "models"] == []
    _, (_, *rows) = _rows("epoch_models", "notable_ai_models.csv")
    assert sum(1 for item in plan.kit.items if item.table == "models") == len(rows) - 1


def test_unknown_makers_are_proposed_and_never_merged(tmp_path: Path) -> None:
    folder = _copy(tmp_path, "epoch_models")
    path = folder / "epoch_models" / "notable_ai_models.csv"
    with path.open("a", encoding="utf-8", newline="") as stream:
        stream.write("Quokka 1,SB Intuition Inc,2026-11-01,Language,,7e9,,,Japan,,API access\n")
    plan = plan_of("epoch_models", folder)
    unknown = plan.kit.unknown["organization", "SB Intuition Inc"]
    assert "sb-intuitions" in [hit.id for hit in unknown.near]
    (new,) = [c for c in plan.of("new") if c.item.table == "models"]
    assert new.item.row["org_id"] == ""
    assert "SB Intuition Inc" in new.item.row["note"]


def test_a_name_like_one_on_file_is_held_back(tmp_path: Path) -> None:
    folder = _copy(tmp_path, "epoch_models")
    path = folder / "epoch_models" / "notable_ai_models.csv"
    known = next(row for row in shelf().rows("models") if row["name"] == "Sarashina2")
    with path.open("a", encoding="utf-8", newline="") as stream:
        stream.write("sarashina-2,SB Intuitions,2026-01-01,Language,,7e9,,,Japan,,\n")
    plan = plan_of("epoch_models", folder)
    assert [hit.id for hit in plan.kit.unknown["model", "sarashina-2"].near] == [known["model_id"]]
    assert all(c.item.row.get("name") != "sarashina-2" for c in plan.changes)


def _list_of_500(path: Path, country: str = "Korea, South") -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(
        [
            "Rank",
            "Name",
            "Computer",
            "Site",
            "Manufacturer",
            "Country",
            "Rmax [TFlop/s]",
            "Accelerator/Co-Processor",
        ]
    )
    for rank in range(1, 501):
        place = "Japan" if rank % 5 == 0 else country if rank % 7 == 0 else "Brazil"
        fast = "NVIDIA H100" if rank % 2 else None
        name = f"Sys {rank}" if rank % 3 else None
        sheet.append([rank, name, f"Box {rank}, CPU", "A site", "Maker", place, 10000 - rank, fast])
    book.save(path)


def test_a_list_of_supercomputers_is_counted_as_an_independent_reading_counts(
    tmp_path: Path,
) -> None:
    path = tmp_path / "TOP500_202611.xlsx"
    _list_of_500(path)
    upstream = eased("top500")
    plan = propose(upstream, offline(upstream, path, TODAY, None, True), shelf(), TODAY)
    japan = [rank for rank in range(1, 501) if rank % 5 == 0]
    values = {
        (item.row["indicator_id"], item.row["entity_id"]): item.row["value"]
        for item in plan.kit.items
        if item.table == "observations"
    }
    assert values["top500_systems", "JPN"] == str(len(japan))
    assert values["top500_best_rank", "JPN"] == "5"
    assert float(values["top500_rmax_pflops", "JPN"]) == pytest.approx(
        sum(10000 - r for r in japan) / 1000
    )
    assert values["top500_accelerated_systems", "JPN"] == str(sum(1 for r in japan if r % 2))
    assert values["top500_systems", "TWN"] == "0"
    systems = [item.row for item in plan.kit.items if item.table == "supercomputers"]
    assert sum(1 for row in systems if row["economy_id"] == "JPN") == len(japan)
    assert {c.kind for c in plan.changes} == {"new"}


@pytest.mark.parametrize(
    ("name", "file", "unchanged", "new"),
    [
        ("swallow", "swallow_llm_leaderboard_model_2026-06-24.yml", 321, 0),
        ("arena", "arena_image-to-video_2026-08-22.json", 42, 3),
        ("arena", "arena_text-to-video_2026-08-22.json", 39, 6),
        ("epoch_models", "epoch_large_scale_ai_models_2025-12-02.csv", 200, 4),
        ("epoch_benchmarks", "epoch_benchmark_data_2025-12-02.json", 627, 7),
    ],
)
def test_the_files_that_were_read_say_what_is_on_file(
    name: str, file: str, unchanged: int, new: int
) -> None:
    """Rows that are new are those the first reading left out: makers then unknown."""
    path = REAL / file
    if not path.is_file():
        pytest.skip("the upstream files are not here")
    upstream = load(name)
    plan = propose(upstream, offline(upstream, path, TODAY, None, True), shelf(), TODAY)
    assert plan.of("revised") == []
    assert plan.unchanged >= unchanged
    assert len(plan.of("new")) <= new
