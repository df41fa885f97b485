"""Citations: one value, three forms that other programs can read."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from observatory.export import citation
from observatory.export.citation import Citation
from observatory.i18n import translator

T = translator("en")
VIEW = citation.of_view(
    "Share of people who use AI services",
    address="https://example.org/indicator?indicator=ai_user_share&build=ab12",
    build_id="ab12",
    data_date=date(2026, 11, 21),
    accessed=date(2026, 11, 22),
)
SOURCE = {
    "source_id": "office-2025",
    "title": "Survey of firms, 100 % sample",
    "publisher": "A Newspaper",
    "origin": "Statistics Office; Ministry of A, B & C",
    "edition": None,
    "url": "https://example.org/a b",
    "published": "2025-03",
    "read_on": "2026-06-30",
    "source_kind": "press",
    "language": "ko",
}
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="{}\\%#&_~^,;\n"), max_size=40
)


def test_a_view_names_build_day_and_lasting_link() -> None:
    assert citation.plain(VIEW, T) == (
        "East Asia AI Observatory (21 Nov 2026). Share of people who use AI services. Build ab12. "
        "https://example.org/indicator?indicator=ai_user_share&build=ab12 (read 22 Nov 2026)."
    )
    assert "version = {ab12}" in citation.bibtex(VIEW)
    assert "urldate = {2026-11-22}" in citation.bibtex(VIEW)
    assert citation.ris(VIEW).startswith("TY  - DATA\r\nAU  - East Asia AI Observatory,\r\n")
    assert "DA  - 2026/11/21\r\n" in citation.ris(VIEW)


def test_a_source_names_who_made_the_number_before_who_printed_it() -> None:
    cited = citation.of_source(SOURCE)
    assert cited.authors == ("Statistics Office", "Ministry of A, B & C")
    assert cited.container == "A Newspaper"
    said = citation.plain(cited, T)
    assert said.startswith("Statistics Office; Ministry of A, B & C (Mar 2025). Survey of firms")
    record = citation.bibtex(cited)
    assert r"author = {{Statistics Office} and {Ministry of A, B \& C}}" in record
    assert r"100 \% sample" in record
    assert "month = {03}" in record
    assert "url = {https://example.org/a%20b}" in record
    assert "AU  - Ministry of A B & C,\r\n" in citation.ris(cited)
    assert "DA  - 2025/03/\r\n" in citation.ris(cited)


def test_a_missing_date_is_said_not_guessed() -> None:
    cited = citation.of_source({"title": "A page", "publisher": "P", "read_on": "2026-06-30"})
    assert "no date stated" in citation.plain(cited, T)
    assert cited.year == ""
    assert "year" not in citation.bibtex(cited)
    assert "DA  -" not in citation.ris(cited)


@given(TEXTS, TEXTS, TEXTS)
def test_no_text_breaks_a_record(title: str, author: str, note: str) -> None:
    cited = Citation(
        "k", (author,) if author.strip() else (), title, note=note, url="https://e.org/"
    )
    record = citation.bibtex(cited)
    bare = re.sub(r"\\[{}]", "", record)
    assert bare.count("{") == bare.count("}")
    lines = citation.ris(cited).split("\r\n")
    assert lines[-1] == ""
    assert lines[-2] == "ER  - "
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
