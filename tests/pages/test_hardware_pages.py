"""Chips and compute: every view, early days, single economies, bad links."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from observatory.cards.card_model import Card
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views.chips import controls as chips_controls
from observatory.views.chips import data as chips_data
from observatory.views.chips import head as chips_head
from observatory.views.chips import page as chips
from observatory.views.chips import rows as chips_list
from observatory.views.chips import supply as chips_supply
from observatory.views.chips import trends as chips_trends
from observatory.views.compute import clusters as compute_clusters
from observatory.views.compute import data as compute_data
from observatory.views.compute import national as compute_national
from observatory.views.compute import power as compute_power
from observatory.views.compute import top500 as compute_top500
from observatory.views.measures import Catalogue
from tests.pages.opened import sound_card, told

EARLY, TODAY = dt.date(2020, 1, 1), dt.date(2026, 11, 22)


def of_chips(data: Catalogue, field: chips_data.Field, c: chips_data.Choice) -> list[Card | None]:
    return [
        chips.duel_card(data, field, c, TODAY), chips.scores_card(data, field, c),
        chips_list.list_card(data, field, c), chips_list.detail_card(data, field, c),
        chips_trends.frontier_card(data, field, c),
    ]  # fmt: skip


def of_compute(data: Catalogue, machines: compute_data.Machines, c: compute_data.Choice,
               members: tuple[str, ...]) -> list[Card | None]:  # fmt: skip
    return [
        compute_top500.makers_card(data, machines, c, members),
        compute_top500.systems_card(data, machines, c, members),
        compute_clusters.states_card(data, machines, c, members), *compute_clusters.pair(data, machines, members),
        compute_clusters.course_card(data, members),
        compute_clusters.list_card(data, machines, c, members, TODAY),
        *compute_national.panel_cards(data), compute_national.statements(data, members),
        *compute_national.gpu_cards(data, members), compute_national.programmes_card(data, members),
        *compute_power.capacity_cards(data, members), compute_power.use_card(data),
        *compute_power.grid_cards(data, members), *compute_power.more_cards(data, members),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "as_of"), [("en", None), ("ja", None), ("en", EARLY), ("ko", dt.date(2025, 10, 1))]
)
def test_every_card_of_the_chips_page(db: Database, lang: str, as_of: dt.date | None) -> None:
    data, field = Catalogue(db, translator(lang), as_of), chips_data.load(db, as_of)
    axes = ["date", *(axis for axis in chips_data.AXES if axis != "date")]
    choices = [chips_data.Choice(x=x, y=y) for x, y in zip(axes, axes[1:] + axes[1:2], strict=True)]
    choices += [chips_data.Choice(origin="CHN", state="shipping", match=True, id="ascend-910c"),
                chips_data.Choice(origin="KOR", id="furiosa-rngd"),
                chips_data.Choice(ref="ascend-910c", match=True)]  # fmt: skip
    for c in choices if lang == "en" else choices[-3:]:
        for card in of_chips(data, field, c):
            sound_card(card)
        chips_head.facets(field, data, c)
        chips_head.lead(data, field, c)
        assert bool(chips_head.finding(field, data, c)) == bool(
            chips_head.answer(field, data, "CHN", c.ref, c.y)
        )
    rest = [
        *chips_trends.watt_cards(data, field), chips_supply.steps_card(data), *chips_supply.supplier_cards(data),
        *chips_supply.market_cards(data), chips_controls.card(data, as_of or TODAY),
    ]  # fmt: skip
    for card in rest:
        sound_card(card)


@pytest.mark.parametrize(
    ("members", "as_of"),
    [(SCOPE, None), (SCOPE, EARLY), (("PHL",), None), (("HKG",), None), (COMPARATORS, None)],
)
def test_every_card_of_the_compute_page(
    db: Database, members: tuple[str, ...], as_of: dt.date | None
) -> None:
    data, machines = Catalogue(db, translator("en"), as_of), compute_data.load(db, as_of)
    newest = machines.editions[0] if machines.editions else ""
    for measure in compute_data.MEASURES:
        c = compute_data.Choice(measure=measure, edition=newest)
        sound_card(compute_top500.course_card(data, c, members))
        sound_card(compute_top500.newest_card(data, machines, c, members))
    for card in of_compute(data, machines, compute_data.Choice(edition=newest), members):
        sound_card(card)


def test_the_answer_is_on_the_page_with_a_link_to_its_list(db: Database) -> None:
    data, field = Catalogue(db, translator("en")), chips_data.load(db, None)
    lead = chips_head.lead(data, field, chips_data.Choice())
    assert lead is not None
    assert lead.html.startswith('<p class="ch-answer">The best that ships, Huawei Ascend 910C, has')
    assert "/chips?from=CHN&amp;state=shipping&amp;match=1" in lead.html
    listed = chips_list.list_card(
        data, field, chips_data.Choice(origin="CHN", state="shipping", match=True)
    )
    assert listed.title == "No chip fits; these come nearest"
    assert listed.table is not None
    assert listed.table.frame["id"].iloc[0] == "ascend-910c"


def test_the_finding_of_compute_is_said_once(db: Database) -> None:
    data, machines = Catalogue(db, translator("en")), compute_data.load(db, None)
    choice = compute_data.Choice(edition=machines.editions[0])
    found = compute_top500.finding(machines, choice, SCOPE, data)
    titles = [card.title for card in of_compute(data, machines, choice, SCOPE) if card]
    assert "stands highest" in found
    assert found not in titles
    assert any(title.startswith("List of ") for title in titles)


def test_weak_sums_and_weak_values_are_in_no_finding(db: Database) -> None:
    data, machines = Catalogue(db, translator("en")), compute_data.load(db, None)
    planned = compute_clusters.planned_card(data, machines, SCOPE)
    assert planned.statuses == (("unchecked", 11),)
    assert re.search(r"5\.1\sm", planned.title)
    assert "5.27" not in planned.title
    official = compute_national.panel_cards(data)[0]
    assert "197" in official.title, "later values rest on weak sources"


def test_a_pause_names_the_day_it_ends(db: Database) -> None:
    data = Catalogue(db, translator("en"))
    card = chips_controls.card(data, TODAY)
    assert card.title.startswith("A pause ends on 27 Nov 2026, in 5 days")
    assert card.table is not None
    assert "2026-11-27" in set(card.table.frame["ends"])
    assert not chips_controls.card(data, dt.date(2026, 12, 24)).title.startswith("A pause ends")


# In the app --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "query", "expected"),
    [
        ("chips", {}, "matches or exceeds NVIDIA H100 SXM5 80GB"),
        ("chips", {"id": "ascend-910c", "from": "CHN", "match": "1"}, "2 sources speak of it"),
        ("chips", {"as_of": "2020-01-01"}, "No chip on file"),
        ("chips", {"x": "price", "ref": "h900"}, "“price” is no choice of this page."),
        ("compute", {}, "The TOP500 from 2015 to 2026"),
        (
            "compute",
            {"view": "clusters", "from": "KOR", "economies": "JPN"},
            "entries on AI clusters",
        ),
        ("compute", {"view": "national", "economies": "PHL"}, "Standard racks in use"),
        ("compute", {"view": "power", "lang": "ko"}, "TWh"),
        ("compute", {"view": "towers"}, "“towers” is no choice of this page."),
    ],
)
def test_the_pages_in_the_app(slug: str, query: dict[str, str], expected: str) -> None:
    assert expected in told(slug, **query)
