"""Forty ways an upstream file goes wrong: each stops its source with what was expected and what came."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from upstreams import SMALL, TODAY, eased, files_of, plan_of, shelf

from etl.refresh.faults import Fault
from etl.refresh.find import offline
from etl.refresh.run import propose
from etl.refresh.spec import load

Change = Callable[[Path], None]


def swap(old: str, new: str, count: int = -1) -> Change:
    def change(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text, (old, path)
        path.write_text(text.replace(old, new, count), encoding="utf-8")

    return change


def whole(content: str | bytes) -> Change:
    return lambda path: path.write_bytes(
        content if isinstance(content, bytes) else content.encode()
    )


def cut(share: float) -> Change:
    def change(path: Path) -> None:
        blob = path.read_bytes()
        path.write_bytes(blob[: int(len(blob) * share)])

    return change


def add(line: str) -> Change:
    def change(path: Path) -> None:
        path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")

    return change


def keys(*path: str | int, to: object = None, drop: bool = False) -> Change:
    """Change or drop one place of a JSON document."""

    def change(file: Path) -> None:
        document = json.loads(file.read_text(encoding="utf-8"))
        place = document
        for key in path[:-1]:
            place = place[key]
        if drop:
            del place[path[-1]]
        else:
            place[path[-1]] = to
        file.write_text(json.dumps(document), encoding="utf-8")

    return change


DEVELOPERS = ("innovation_graph", "developers.csv")
DIFFUSION = ("ai_diffusion", "AI_Diffusion_small.csv")
BANK = ("world_bank", "SP.POP.TOTL.json")
MIRROR = ("world_bank", "it.net.bbnd.p2/data.csv")
ENERGY = ("owid_energy", "owid-energy-data.csv")
CHART = ("owid_charts", "electricity-generation.csv")
CRAWL = ("common_crawl", "languages.csv")
FX = ("ecb_fx", "eurofxref-hist.csv")
BOARD = ("arena", "arena_text-to-video_2026-08-22.json")
SWALLOW = ("swallow", "swallow_model_2026-06-24.yml")
MODELS = ("epoch_models", "notable_ai_models.csv")
CLUSTERS = ("epoch_clusters", "gpu_clusters.csv")
HUB = ("epoch_benchmarks", "benchmark_data_2025-12-02.json")
PAGE = ("llm_jp", "en/README.md")
SIZES = ("llm_jp", "parameter_size_overview_ja.csv")
HTML = "<!DOCTYPE html><html><head><title>Please sign in</title></head><body>…</body></html>"

FAULTS: dict[str, tuple[tuple[str, str], Change, str, str]] = {
    "empty file": (DEVELOPERS, whole(""), "a csv file", "an empty file"),
    "web page for CSV": (DEVELOPERS, whole(HTML), "a csv file", "titled 'Please sign in'"),
    "web page for JSON": (BOARD, whole(HTML), "a json file", "a web page"),
    "web page for YAML": (SWALLOW, whole(HTML), "a yaml file", "a web page"),
    "large-file pointer": (
        MODELS,
        whole("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"),
        "a csv file",
        "pointer to large-file storage",
    ),
    "renamed column": (
        DEVELOPERS,
        swap("developers,iso2_code", "accounts,iso2_code"),
        "the columns developers",
        "none called developers (the file has accounts)",
    ),
    "dropped column": (
        ENERGY,
        swap("carbon_intensity_elec", "intensity"),
        "carbon_intensity_elec",
        "none called carbon_intensity_elec",
    ),
    "column twice": (
        DEVELOPERS,
        swap("iso2_code,year,quarter", "iso2_code,year,year,quarter", 1),
        "'year' once",
        "2 times",
    ),
    "cut off in a line": (MODELS, cut(0.9), "fields as in the header", "may be cut off"),
    "open quote": (MODELS, add('"Emu'), "quotes closed", "may be cut off"),
    "cut-off JSON": (BOARD, cut(0.7), "a JSON document", "ends or breaks"),
    "cut-off YAML": (SWALLOW, add("- id: [open"), "a YAML document", "breaks at line"),
    "not UTF-8": (
        DEVELOPERS,
        whole(b"developers,iso2_code,year,quarter\n1,\xff\xfe,2020,1\n"),
        "text in UTF-8",
        "byte 0xff in line 2",
    ),
    "binary": (DEVELOPERS, whole(b"developers\0\0\0\x01"), "text", "NUL characters"),
    "gzip": (DEVELOPERS, whole(b"\x1f\x8b\x08\x00abc"), "a csv file", "a gzip archive"),
    "damaged zip": (FX, whole(b"PK\x03\x04 no archive"), "a whole zip archive", "a damaged one"),
    "text where a number was": (DEVELOPERS, swap(",KR,2025,3", "n/a,KR,2025,3"), "a number", "n/a"),
    "half an account": (DEVELOPERS, swap("\n", "\n1.5,KR,2024,1\n", 1), "a whole number", "1.5"),
    "fifth quarter": (DEVELOPERS, swap("BR,2025,3", "BR,2025,5"), "a quarter 1 to 4", "quarter 5"),
    "no per cent sign": (DIFFUSION, swap("%,", ",", 1), "written like 37.5%", "came"),
    "strange period": (
        DIFFUSION,
        swap("H1 2025 AI Diffusion", "First half 2025"),
        "like 'H1 2025 AI Diffusion'",
        "First half 2025",
    ),
    "share over 100": (DIFFUSION, swap("Japan,", "Japan,1"), "between 0 and 100", "came 1"),
    "other indicator name": (
        BANK,
        swap("Population, total", "Population, total (thousands)"),
        "to be 'Population, total'",
        "(thousands)",
    ),
    "message of the API": (
        BANK,
        whole('[{"message":[{"id":"120","value":"The indicator was not found"}]}]'),
        "values of an indicator",
        "was not found",
    ),
    "second page missing": (BANK, keys(0, "pages", to=2), "on one page", "page 1 of 2"),
    "fewer than announced": (BANK, keys(0, "total", to=900), "900 records as announced", "11"),
    "field renamed": (
        BANK,
        swap('"countryiso3code"', '"iso3"'),
        "the fields",
        "none called countryiso3code",
    ),
    "two files of one indicator": (
        MIRROR,
        lambda path: shutil.copytree(path.parent, path.parent.parent / "copy of it.net.bbnd.p2"),
        "one file of IT.NET.BBND.P2",
        "two",
    ),
    "title of a chart": (
        CHART,
        swap("Electricity generation - TWh", "Electricity generation - GWh"),
        "'Electricity generation - TWh'",
        "GWh",
    ),
    "anchor moved": (CHART, swap("67.01", "670.1"), "about 67.01", "as long known; came 670.1"),
    "shares that do not add up": (
        CRAWL,
        swap("tam,1000,1000,0", "tam,1000,1000,9"),
        "add up to 100 %",
        "109",
    ),
    "hole in the days": (
        FX,
        swap("2026-11-1", "2026-09-1"),
        "a rate for every working day",
        "none between",
    ),
    "day twice": (FX, swap("2026-11-19", "2026-11-20"), "one row of 2026-11-20", "two"),
    "currency gone": (FX, swap(",KRW,", ",KPW,"), "the columns", "none called KRW"),
    "rate below zero": (FX, swap("1.1700", "-1.1700"), "a rate above zero", "came"),
    "board without scores": (
        BOARD,
        keys("models", 0, "score", drop=True),
        "the fields",
        "none called score",
    ),
    "board announces more": (
        BOARD,
        keys("meta", "model_count", to=400),
        "400 models as announced",
        "14",
    ),
    "board of another shape": (BOARD, whole("[1, 2]"), "a mapping with meta, models", "list"),
    "licence withdrawn": (
        SWALLOW,
        swap("Creative Commons Attribution 4.0", "All rights reserved"),
        "the licence CC-BY-4.0",
        "no longer says so",
    ),
    "score in per cent": (
        SWALLOW,
        swap("JamC-QA: 0.", "JamC-QA: 6"),
        "scores from 0 to 1",
        "came 6",
    ),
    "day of the calendar": (
        MODELS,
        add("X,Y,2026-02-31,Language,,,,,Japan,,"),
        "a day of the calendar",
        "2026-02-31",
    ),
    "no country column": (
        MODELS,
        swap("Country (of organization)", "Where"),
        "a column 'Country (of organization)'",
        "came",
    ),
    "size in words": (
        MODELS,
        add("X,Y,2026-02-01,Language,,7 billion,,,Japan,,"),
        "a number",
        "7 billion",
    ),
    "unknown status": (
        CLUSTERS,
        swap("Existing,Confirmed", "Rumoured,Confirmed", 1),
        "a status of Existing",
        "Rumoured",
    ),
    "cluster twice": (
        CLUSTERS,
        lambda path: add(path.read_text(encoding="utf-8").splitlines()[1])(path),
        "each named cluster once",
        "twice",
    ),
    "power below zero": (CLUSTERS, swap(",0.3,", ",-0.3,"), "not below zero", "-0.3"),
    "index missing": (
        HUB,
        keys("index", drop=True),
        "the fields index, benchmarks",
        "none called index",
    ),
    "score over one": (
        HUB,
        keys("benchmarks", "gpqa_diamond", 0, "score", to=69.2),
        "scores from 0 to 1",
        "69.2",
    ),
    "year column gone": (
        PAGE,
        swap("Release Year", "Year"),
        "a column 'Release Year'",
        "none in 'General purpose'",
    ),
    "no table left": (
        PAGE,
        whole("# Overview of Japanese LLMs\n\nMoved to the wiki.\n"),
        "tables of models",
        "none in the whole page",
    ),
    "day of another form": (
        SIZES,
        swap("/05/01", "年5月1日", 1),
        "days written YYYY/MM/DD",
        "年5月1日",
    ),
    "no economy of ours": (
        DEVELOPERS,
        whole("developers,iso2_code,year,quarter\n5,BR,2025,1\n"),
        "rows of economies the observatory covers",
        "none",
    ),
    "one name, two values": (
        DEVELOPERS,
        add("12,KR,2025,3"),
        "one value of github_developers KOR 2025-Q3",
        "two",
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_fault_stops_its_source_with_a_clear_message(case: str, tmp_path: Path) -> None:
    (name, file), change, expected, came = FAULTS[case]
    shutil.copytree(SMALL / name, tmp_path / name)
    change(tmp_path / name / file)
    with pytest.raises(Fault) as stop:
        plan_of(name, tmp_path)
    message = str(stop.value)
    assert expected in message, message
    assert came in message, message
    assert "; came " in message
    assert "Traceback" not in message
    assert len(message) < 700


def test_there_are_forty_of_them() -> None:
    assert len(FAULTS) >= 40


def test_ten_times_the_rows() -> None:
    upstream = load("ai_diffusion")
    (item,) = files_of("ai_diffusion")
    lines = item.blob.decode().splitlines()
    blob = "\n".join([lines[0], *(f"Place {n},1%,1%,1%" for n in range(1500))]).encode()
    changed = type(item)(item.role, item.name, blob, item.address, item.read_on)
    with pytest.raises(Fault, match="expected 100 to 300 rows; came 1,500"):
        propose(upstream, [changed], shelf(), TODAY)


def test_half_the_rows_on_file_are_missing() -> None:
    with pytest.raises(
        Fault, match=r"expected at least 80% of the 460 rows of observations on file"
    ):
        plan_of("innovation_graph", withdrawn_share=0.2)


def test_another_unit(tmp_path: Path) -> None:
    shutil.copytree(SMALL / "innovation_graph", tmp_path / "innovation_graph")
    path = tmp_path / "innovation_graph" / "developers.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    scaled = [f"{int(row.split(',')[0]) * 1000},{row.partition(',')[2]}" for row in rows]
    path.write_text("\n".join([header, *scaled]) + "\n", encoding="utf-8")
    with pytest.raises(
        Fault, match=r"12 of 12 that differ by more than 5 %; the median factor is 1000"
    ):
        plan_of("innovation_graph", tmp_path, revised_share=0.5)


def test_a_board_on_another_scale(tmp_path: Path) -> None:
    path = tmp_path / "arena_text-to-video_2026-11-20.json"
    document = json.loads((SMALL / "arena" / "arena_text-to-video_2026-08-22.json").read_text())
    document["meta"]["fetched_at"] = "2026-11-20T00:00:00+00:00"
    for model in document["models"]:
        model["score"] /= 10
    path.write_text(json.dumps(document), encoding="utf-8")
    upstream = eased("arena")
    with pytest.raises(Fault, match="another scale or unit"):
        propose(upstream, offline(upstream, path, TODAY, None, True), shelf(), TODAY)


def test_two_files_that_cannot_be_told_apart(tmp_path: Path) -> None:
    shutil.copytree(SMALL / "innovation_graph", tmp_path / "innovation_graph")
    folder = tmp_path / "innovation_graph"
    shutil.copy(folder / "developers.csv", folder / "old_developers.csv")
    with pytest.raises(Fault, match="one file for 'developers', or dates in their names; came 2"):
        files_of("innovation_graph", tmp_path)


def test_old_spreadsheet_format(tmp_path: Path) -> None:
    path = tmp_path / "TOP500_202611.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0 old")
    upstream = load("top500")
    with pytest.raises(Fault, match="save it as XLSX"):
        propose(upstream, offline(upstream, path, TODAY, None, True), shelf(), TODAY)


def test_licence_file_that_says_otherwise(tmp_path: Path) -> None:
    shutil.copytree(SMALL / "innovation_graph", tmp_path / "innovation_graph")
    (tmp_path / "innovation_graph" / "LICENSE.md").write_text(
        "All rights reserved.", encoding="utf-8"
    )
    with pytest.raises(
        Fault, match=r"the licence CC0-1.0 \('CC0 1.0 Universal'\); came a text that no longer"
    ):
        plan_of("innovation_graph", tmp_path)
