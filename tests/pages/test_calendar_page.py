"""The calendar page: every kind, early days of knowledge, languages, its file."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from icalendar import Calendar
from streamlit.testing.v1 import AppTest

from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.model.scope import SCOPE
from observatory.views import calendar, calendar_data
from observatory.views.calendar_data import Agenda
from observatory.views.measures import Catalogue

ROOT = Path(__file__).resolve().parents[2]
TODAY = dt.date(2026, 11, 21)
SLIP = re.compile(r"(?<![\w-])(nan|None(?! of)|NaT|<NA>|&lt;NA&gt;)(?![\w-])")


@pytest.fixture(scope="module")
def every(db: Database) -> Agenda:
    return calendar.load(db, None, TODAY)


def open_page(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page("pages/calendar.py")
    return app.run()


def text_of(app: AppTest) -> str:
    parts = [str(element.proto.body) for element in app.get("html")]
    shown = " ".join(part for part in parts if not part.startswith("<style>"))
    return re.sub(r"<[^>]+>", " ", shown)


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
    app = open_page(**query)
    shown = text_of(app)
    assert not app.exception
    assert "could not be drawn" not in shown
    assert not SLIP.search(shown), SLIP.search(shown)
    if query.get("kind") == "moon":
        assert "could not be used" in shown


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
