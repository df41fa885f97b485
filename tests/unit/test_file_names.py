"""Names of files: what a file is of can be read, and two files of different things have two names."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from observatory.ui.file_names import MOST, of_rows, stem

BUILD = "e4d342296d0c"


def test_a_cards_file_names_what_its_page_shows() -> None:
    for page, query, card, name in (
        ("indicator", {"indicator": "papers_iclr"}, "measure", "indicator-papers_iclr-measure"),
        ("indicator", {"indicator": "papers_icml"}, "measure", "indicator-papers_icml-measure"),
        ("company", {"org": "zhipu"}, "values", "company-zhipu-values"),
        ("economy", {"economy": "JPN"}, "deals", "economy-JPN-deals"),
        # Without one the page shows the first.
        ("economy", {}, "deals", "economy-KOR-deals"),
        (
            "briefing",
            {"map": "papers_iclr", "economies": "all13"},
            "map",
            "briefing-papers_iclr-map",
        ),
        ("compare", {"with": "KOR,JPN"}, "lines", "compare-KOR-JPN-lines"),
        ("conflicts", {}, "conflicts", "conflicts"),
        ("chips", {"id": "../../etc/passwd"}, "", "chips-etc-passwd"),
    ):
        assert stem(page, query, BUILD, card) == f"{name}-{BUILD}"
    assert stem("ipo", {}, "", "board") == "ipo-board-data"


def test_a_selection_says_what_it_can() -> None:
    assert of_rows("observations", {}, BUILD) == f"observations-{BUILD}"
    query = {"indicators": "papers_iclr", "economies": "KOR,JPN", "period": "2003..2010"}
    assert of_rows("observations", query, BUILD) == (
        f"observations-papers_iclr-KOR-JPN-2003-2010-{BUILD}"
    )
    # Another page of the rows is the same file, other columns are another.
    assert of_rows("deals", {"page": "3", "rows": "200", "lang": "ja"}, BUILD) == f"deals-{BUILD}"
    limited = of_rows("deals", {"filter": "kind:round"}, BUILD)
    assert re.fullmatch(rf"deals-[0-9a-f]{{6}}-{BUILD}", limited)
    assert limited != of_rows("deals", {"filter": "kind:grant"}, BUILD)
    assert of_rows("deals", {"q": "智谱"}, BUILD) != of_rows("deals", {"q": "月之暗面"}, BUILD)


QUERIES = st.dictionaries(
    st.sampled_from(["indicators", "q", "filter", "period", "with", "id", "org"]),
    st.text(max_size=200),
    max_size=5,
)


@given(QUERIES, st.text(max_size=80))
def test_any_link_gives_a_name_that_can_be_written(query: dict[str, str], card: str) -> None:
    for name in (stem("compare", query, BUILD, card), of_rows("observations", query, BUILD)):
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", name)
        assert len(name) <= MOST + 40
