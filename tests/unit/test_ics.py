"""Calendar files: what goes in comes out of a parser, and nothing else does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from observatory.export.ics import DOMAIN, Entry, clean, to_ics

NASTY = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged\r\n"
texts = st.one_of(
    st.text(max_size=300), st.sampled_from([NASTY, 'a;b,c\\d:e"f', "漢字" * 90, "\x00\x1f\x7f"])
)
entries = st.builds(
    lambda uid, title, first, wide, known, sure, note, kinds: Entry(
        uid, title, first, first + timedelta(days=wide), known, wide == 0, sure, note, title, kinds
    ),
    st.from_regex(r"[a-z][a-z0-9-]{3,20}", fullmatch=True), texts,
    st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 400),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.booleans(), texts,
    st.tuples(texts),
)  # fmt: skip


def entry(uid: str = "pabc", **more: object) -> Entry:
    given_ = {"title": "A law", "first": date(2027, 1, 1), "last": date(2027, 1, 1),
              "known_on": date(2026, 2, 28)}  # fmt: skip
    return Entry(uid, **{**given_, **more})  # type: ignore[arg-type]


def events(data: bytes) -> list[object]:
    return Calendar.from_ical(data).walk("VEVENT")


def test_a_day_is_a_whole_day_and_confirmed() -> None:
    (event,) = events(to_ics([entry(url="https://example.org/a?b=1&c=2,3")], "Dates"))
    assert event.decoded("dtstart") == date(2027, 1, 1)  # type: ignore[attr-defined]
    assert event.decoded("dtend") == date(2027, 1, 2)  # type: ignore[attr-defined]
    assert event["STATUS"] == "CONFIRMED"  # type: ignore[index]
    assert event["UID"] == f"pabc@{DOMAIN}"  # type: ignore[index]
    assert event["URL"] == "https://example.org/a?b=1&c=2,3"  # type: ignore[index]
    assert event.decoded("dtstamp") == datetime(2026, 2, 28, tzinfo=UTC)  # type: ignore[attr-defined]


def test_a_month_stays_a_month_and_is_tentative() -> None:
    month = entry(last=date(2027, 1, 31), exact=False, note="Month only")
    (event,) = events(to_ics([month], "Dates"))
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=31)  # type: ignore[attr-defined]
    assert event["STATUS"] == "TENTATIVE"  # type: ignore[index]
    assert event["DESCRIPTION"] == "Month only"  # type: ignore[index]


def test_a_day_of_a_weak_source_is_tentative() -> None:
    (event,) = events(to_ics([entry(sure=False)], "Dates"))
    assert event["STATUS"] == "TENTATIVE"  # type: ignore[index]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "//x", ""])
def test_only_web_addresses_are_links(url: str) -> None:
    (event,) = events(to_ics([entry(url=url)], "Dates"))
    assert "URL" not in event  # type: ignore[operator]


def test_two_entries_of_one_id_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="pabc"):
        to_ics([entry(), entry(title="Another")], "Dates")


def test_text_cannot_open_an_event_of_its_own() -> None:
    data = to_ics([entry(title=NASTY, note=NASTY, place=NASTY, kinds=(NASTY,))], NASTY, NASTY)
    (event,) = events(data)
    assert "forged" in str(event["SUMMARY"])  # type: ignore[index]
    assert data.count(b"\r\nBEGIN:VEVENT\r\n") == 1


def test_the_file_is_what_programs_expect() -> None:
    data = to_ics([entry(title="漢字かな한글 " * 30)], "Dates", "About")
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    head = Calendar.from_ical(data)
    assert (head["VERSION"], head["X-WR-CALNAME"]) == ("2.0", "Dates")
    assert to_ics([], "Dates").count(b"BEGIN:") == 1


@settings(max_examples=40)
@given(st.lists(entries, max_size=6, unique_by=lambda e: e.uid), texts)
def test_whatever_goes_in_comes_out(found: list[Entry], name: str) -> None:
    data = to_ics(found, name, name)
    assert to_ics(reversed(found), name, name) == data
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    out = {str(e["UID"]): e for e in events(data)}  # type: ignore[index]
    assert len(out) == len(found)
    for one in found:
        event = out[f"{one.uid}@{DOMAIN}"]
        assert event.decoded("dtstart") == one.first  # type: ignore[attr-defined]
        assert event.decoded("dtend") == one.last + timedelta(days=1)  # type: ignore[attr-defined]
        assert str(event["SUMMARY"]) == " ".join(clean(one.title).split())  # type: ignore[index]
        assert str(event.get("DESCRIPTION", "")) == clean(one.note)  # type: ignore[attr-defined]
