"""The calendar page: every kind, early days of knowledge, languages, its file."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from icalendar import Calendar

from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.model.scope import SCOPE
from observatory.views.calendar import data as calendar_data
from observatory.views.calendar import page as calendar
from observatory.views.calendar.data import Agenda
from observatory.views.measures import Catalogue
from tests.pages.opened import no_slip, told

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def every(db: Database) -> Agenda:
    return calendar.load(db, None, TODAY)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"kind": "rules", "lang": "ja"},
        {"kind": "listing"},
        {"kind": "compute", "economies": "KOR", "lang": "ko"},
        {"economies": "PHL", "kind": "chip"},
        {"as_of": "2020-01-01"},
        {"as_of": "2025-12-01", "lang": "zh-Hans"},
        {"kind": "moon"},
    ],
    ids=str,
)
def test_page_runs(db: Database, query: dict[str, str]) -> None:
    said = no_slip(told("calendar", **query), "None of")
    if query.get("kind") == "moon":
        assert "could not be used" in said


def test_read() -> None:
    assert calendar.read({}) == ("", [])
    assert calendar.read({"kind": "chip"}) == ("chip", [])
    kind, notes = calendar.read({"kind": "x" * 90})
    assert kind == ""
    assert notes[0].kind == "extra"


def test_months_are_months(catalogue: Catalogue, every: Agenda) -> None:
    card = calendar.ahead(catalogue, every)
    heads = re.findall(r"<h4><span>(.*?)</span>", card.body.html)  # type: ignore[union-attr]
    assert len(heads) == len(set(heads)), "each period once"
    assert heads[0].replace("\N{NO-BREAK SPACE}", " ") == "Nov 2026"
    vague = [item for item in every.coming if item.precision not in ("day", "month")]
    assert vague
    for item in vague:
        assert item.group == item.period


def test_the_choice_of_economies(every: Agenda) -> None:
    korea = every.pick("", ("KOR",))
    assert {item.economy_id for item in korea.items} <= {"KOR", "INT", ""}
    assert "INT" in {item.economy_id for item in korea.items}
    whole = every.pick("", SCOPE)
    assert len(whole.items) == len(every.items)
    parts = [every.pick(kind, SCOPE).items for kind in calendar_data.KINDS]
    assert sum(len(part) for part in parts) == len(every.items)


def test_titles_name_firm_dates_only(db: Database, every: Agenda) -> None:
    t = translator("en")
    weak = Agenda(TODAY, tuple(item for item in every.items if not item.sure), every.sources)
    assert "Next" not in calendar.title(weak, t)
    assert calendar.title(Agenda(TODAY, (), {}), t) == "Calendar"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_file_holds_what_is_shown(db: Database, every: Agenda, lang: str) -> None:
    data = Catalogue(db, translator(lang))
    shown = every.pick("rules", SCOPE)
    events = Calendar.from_ical(calendar.file(data, shown)).walk("VEVENT")
    assert len(events) == len(shown.coming)
    whole = Calendar.from_ical(calendar.file(data, every)).walk("VEVENT")
    assert len(whole) == len(every.coming)
    assert len({str(event["UID"]) for event in whole}) == len(whole)
    for event in whole:
        wide = (event.decoded("dtend") - event.decoded("dtstart")).days
        assert (str(event["STATUS"]) == "CONFIRMED") <= (wide == 1)
        assert event["SUMMARY"]
        assert "East Asia AI Observatory" in event["DESCRIPTION"] or lang != "en"


def test_ids_stay_when_a_day_passes(db: Database, every: Agenda) -> None:
    later = calendar.load(db, None, TODAY + dt.timedelta(days=30))
    before = {item.uid: item for item in every.coming}
    for item in later.coming:
        assert before[item.uid].period == item.period
    assert {item.uid for item in later.items} <= {item.uid for item in every.items}
