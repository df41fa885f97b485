"""The Briefing: who leads in each pillar, how sure that is, and the tile map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from observatory.analysis import changes
from observatory.analysis.cross_section import usable
from observatory.cards.card_model import Card, EmptyState
from observatory.cards.markup import Safe, h, icon, join, status_word, svg, swatch
from observatory.cards.words import preset_label, status_label
from observatory.charts.palette import palette
from observatory.charts.svg.bars import BarSpec, bars
from observatory.charts.svg.small import SparkSpec, sparkline
from observatory.charts.svg.tiles import TileSpec, tile_map
from observatory.db import queries
from observatory.i18n import Translator
from observatory.model.pillars import LEAD, MAP_MEASURE, ORDER
from observatory.model.scope import PRESETS, SCOPE
from observatory.views import common, labels, links
from observatory.views.labels import clean
from observatory.views.links import link
from observatory.views.measures import Catalogue, Indicator
from observatory.views.overview.data import map_limits


def both_widths(draw: Callable[[float], str], wide: float = 782, narrow: float = 358) -> Safe:
    """A drawing made for a desk and for a phone; the style sheet shows the one that fits."""
    return join(
        [h("div", svg(draw(wide)), cls="on-wide"), h("div", svg(draw(narrow)), cls="on-phone")]
    )


def bars_both(frame: pd.DataFrame, spec: BarSpec, t: Translator) -> Safe:
    """Bars at their width for a desk and, with type that can be read, for a phone."""
    return both_widths(
        lambda width: bars(frame, replace(spec, width=width), palette("css"), t), spec.width
    )


# The strip ------------------------------------------------------------------------------------


def strip(catalogue: Catalogue, members: Sequence[str]) -> Safe:
    """One tile a pillar: leader, value, how sure, who is next. A tile opens its receipt."""
    tiles = [
        _tile(catalogue, catalogue.indicators.get(LEAD[pillar]), str(pillar), members)
        for pillar in ORDER
    ]
    return h("div", *tiles, cls="strip", style=f"--n:{len(tiles)}")


def _tile(
    catalogue: Catalogue, item: Indicator | None, pillar: str, members: Sequence[str]
) -> Safe:
    t = catalogue.t
    if item is None:
        return h("div", h("span", labels.pillar(pillar, t), cls="p"), h("span", t("none"), cls="v unk"),
                 h("span", t("This build holds no measure for this."), cls="n"), cls="tile")  # fmt: skip
    section = catalogue.section(item.id, members)
    head = [h("span", labels.pillar(pillar, t), cls="p"), h("span", item.short, cls="m")]
    if not section.n:
        gap = nothing_yet(catalogue, item.id) or t("no figure on file for this group")
        return h(
            "div", *head, h("span", t("none"), cls="v unk"), h("span", gap, cls="n"), cls="tile"
        )
    first = section.frame.iloc[0]
    frame = usable(catalogue.series(item.id))
    frame = frame[frame["entity_id"].isin(list(members))]
    if not section.frame["period"].nunique() > 1 and frame["period"].nunique() < 2:
        frame = section.frame.assign(
            label=[catalogue.name(key) for key in section.frame["entity_id"]]
        )
    spark = sparkline(
        frame,
        SparkSpec(measure=item.measure(t), subject=str(first["entity_id"]), name=item.short),
        palette("css"),
        t,
    )
    shown = item.value(float(first["value"]), t)
    number, unit = item.number(float(first["value"]), t), item.unit(t)
    name = catalogue.name(str(first["entity_id"]))
    return h(
        "button",
        *head,
        h(
            "span",
            number,
            h("small", unit) if unit else None,
            cls="v" if section.ranked else "v thin",
        ),
        h("span", swatch(str(first["entity_id"])), name, cls="e"),
        h("span", svg(spark), cls="sp"),
        h(
            "span",
            status_word(clean(first["status"]), status_label(clean(first["status"]), t)),
            h("span", t.period(clean(first["period"]))),
            cls="f",
        ),
        h("span", _next(catalogue, item, section, members), cls="n"),
        cls="tile",
        type="button",
        data_receipt=clean(first["row_id"]),
        aria_label=t(
            "{pillar}, {measure}: {economy} {value}. Open the receipt",
            pillar=labels.pillar(pillar, t),
            measure=item.short,
            economy=name,
            value=shown,
        ),
    )


def nothing_yet(catalogue: Catalogue, indicator: str) -> str:
    """When the first value became known, if the reader looks at a day before that."""
    t = catalogue.t
    first = queries.first_known(catalogue.db, [indicator]) if catalogue.as_of else None
    if first is None or catalogue.as_of is None or first <= catalogue.as_of:
        return ""
    return t("Not known by then; the first value became known on {day}.", day=t.date(first))


def _next(catalogue: Catalogue, item: Indicator, section: Any, members: Sequence[str]) -> str:
    t = catalogue.t
    if not section.ranked:
        return t("no leader: {n} of {base} have a value", n=section.n, base=len(members))
    second = section.frame.iloc[1]
    return t(
        "Next: {economy} {value}",
        economy=catalogue.name(str(second["entity_id"])),
        value=(item.value if item.row["unit"] == "percent" else item.number)(
            float(second["value"]), t
        ),
    )


def preset_links(members: Sequence[str], t: Any) -> Safe:
    """The groups a reader can look at, as links."""
    chosen = set(members)
    return h(
        "nav",
        h("span", t("Show the leader among"), cls="cap"),
        h(
            "div",
            *(
                h(
                    "a",
                    preset_label(preset, t),
                    href=link("/", economies=preset),
                    data_go=True,
                    cls="on" if set(PRESETS[preset]) == chosen else None,
                    aria_current="true" if set(PRESETS[preset]) == chosen else None,
                )
                for preset in PRESETS
            ),
            cls="seg",
        ),
        cls="b-presets",
        aria_label=t("Groups of economies"),
    )


# The map --------------------------------------------------------------------------------------


def map_choices(catalogue: Catalogue) -> list[Indicator]:
    """Headline measures a reader can put on the map, by pillar."""
    order = {str(pillar): index for index, pillar in enumerate([*ORDER, "context"])}
    items = [catalogue.indicators[key] for key in catalogue.headline_ids]
    return sorted(items, key=lambda item: (order.get(item.pillar, 99), item.short))


def _mapped(catalogue: Catalogue, chosen: str | None) -> str:
    """The measure of the map: the reader's, else the usual one, else the first lead measure with values,
    else the first headline measure; empty where the build has none at all."""
    known = catalogue.headline_ids
    if chosen in known:
        return str(chosen)
    ways = [
        key for key in (MAP_MEASURE, *(LEAD[pillar] for pillar in ORDER), *known) if key in known
    ]
    return next((key for key in ways if catalogue.section(key, SCOPE).n), ways[0] if ways else "")


def map_card(catalogue: Catalogue, members: Sequence[str], chosen: str | None) -> Card:
    """The tile map of one measure: its cross-section, with the change since the period before."""
    t = catalogue.t
    current = _mapped(catalogue, chosen)
    if not current:
        return Card(
            id="map",
            title=t("Map"),
            empty=EmptyState(t("This build holds no headline measure of economies.")),
        )
    item = catalogue.indicators[current]
    section = catalogue.section(item.id, SCOPE)
    frame = section.frame.set_index("entity_id")
    before = changes.steps(catalogue.series(item.id), SCOPE).set_index("entity_id")
    now: dict[Any, dict[Any, Any]] = frame.to_dict("index")
    then: dict[Any, dict[Any, Any]] = before.to_dict("index")
    rows = []
    moved: dict[str, float] = {}
    for economy in (code for code in SCOPE if code in catalogue.economies):
        home = catalogue.economies[economy]
        row = now.get(economy) if economy in members else None
        old = then.get(economy)
        same = row is not None and old is not None and old["row_id"] == row["row_id"]
        rows.append(
            {
                "entity_id": economy,
                "label": home["name"],
                "map_row": home["map_row"],
                "map_col": home["map_col"],
                "value": None if row is None else row["value"],
                "row_id": "" if row is None else row["row_id"],
                "change": "",
                "href": link("/economy", economy=economy),
                "absent": t("not in this group") if economy not in members else t("not on file"),
            }
        )
        if same and old is not None:
            moved[economy] = float(old["change"])
    small = item.measure(t).among(moved.values(), t)
    for one in rows:
        if (by := moved.get(str(one["entity_id"]))) is not None:
            one["change"] = ("+" if by > 0 else "") + small.bare(by, t)
    tiles = pd.DataFrame(rows)
    olds = before.loc[[e for e in before.index if e in frame.index], "old_period"].unique()
    note = (
        t("Small figure: change since {period}", period=t.period(str(olds[0])))
        if len(olds) == 1
        else ""
    )
    title = leader_title(catalogue, item, members)
    legend = t.parts([item.short, item.unit(t)])
    breaks = map_limits(catalogue, item.id, section.period)
    spec = TileSpec(item.measure(t), breaks, legend=legend, note=note, name=title)
    shown = section.frame[section.frame["entity_id"].isin(list(members))]
    shown = shown.assign(label=[catalogue.name(key) for key in shown["entity_id"]])
    missing = [catalogue.name(e) for e in SCOPE if e in members and e not in frame.index]
    said = t("No value on file: {names}.", names=t.list(missing)) if missing else ""
    return Card(
        id="map",
        title=title,
        subtitle=t.sentences(
            [
                common.subtitle(item, section.period, t),
                t("Equal tiles in rough geography; statistical areas, no borders."),
            ]
        ),
        body=both_widths(
            lambda width: tile_map(tiles, replace(spec, width=width), palette("css"), t)
        )
        if len(shown)
        else None,
        alt=title,
        table=common.value_table(catalogue, item, shown),
        sources=common.sources_of(catalogue, shown) if len(shown) else (),
        vintage=common.vintage_of(catalogue, shown) if len(shown) else "",
        statuses=common.statuses_of(shown),
        caveat=t.sentences([common.caveat_line(item, t), said]),
        method=common.method_text(item, t),
        href=links.indicator(item.id),
        empty=None
        if len(shown)
        else EmptyState(
            title=item.short,
            reason=nothing_yet(catalogue, item.id) or t("No economy of this group has a value."),
            exists="" if catalogue.as_of else said,
        ),
    )


def leader_title(catalogue: Catalogue, item: Indicator, members: Sequence[str]) -> str:
    """Who leads and who follows, or that there is no leader, as a finding."""
    t = catalogue.t
    section = catalogue.section(item.id, members)
    if not section.n:
        return item.short
    if not section.ranked:
        return t(
            "{measure}: {n} of {base} have a value",
            measure=item.short,
            n=section.n,
            base=len(members),
        )
    first, second = section.frame.iloc[0], section.frame.iloc[1]
    words = {
        "measure": item.short,
        "leader": catalogue.say(str(first["entity_id"])),
        "value": item.value(float(first["value"]), t),
        "second": catalogue.say(str(second["entity_id"])),
        "other": item.value(float(second["value"]), t),
    }
    if first["value"] == second["value"]:
        return t("{measure}: {leader} and {second} share the first place with {value}", **words)
    if item.higher_is_better is False:
        return t(
            "{measure}: {leader} has the lowest with {value}, then {second} with {other}", **words
        )
    return t("{measure}: {leader} leads with {value}, {second} follows with {other}", **words)


def deck(catalogue: Catalogue) -> str:
    """How much the site holds, in one sentence."""
    t = catalogue.t
    row = queries.site_counts(catalogue.db, catalogue.as_of).iloc[0]
    return t(
        "{economies} economies, {indicators} measures, {observations} observations, {sources} "
        "sources. Select any figure for its receipt: value, source, place in the source, status "
        "and what other sources say.",
        economies=t.number(int(row["economies"])),
        indicators=t.number(int(row["indicators"])),
        observations=t.number(int(row["observations"])),
        sources=t.number(int(row["sources" if catalogue.as_of else "all_sources"])),
    )


def map_menu(catalogue: Catalogue, chosen: str | None, window: str) -> Safe:
    """Menu of the measures the map can show."""
    current = _mapped(catalogue, chosen)
    t = catalogue.t
    groups: list[Safe] = []
    last = ""
    for item in map_choices(catalogue):
        if item.pillar != last:
            groups.append(h("span", labels.pillar(item.pillar, t), cls="cap"))
            last = item.pillar
        on = item.id == current
        groups.append(
            h(
                "a",
                item.short,
                href=link("/", map=item.id, since=window),
                data_go=True,
                aria_current="true" if on else None,
            )
        )
    if not current:
        return Safe("")
    label = catalogue.indicators[current].short
    return h(
        "details",
        h(
            "summary",
            h("span", label),
            icon("keyboard_arrow_down"),
            cls="btn",
            aria_label=t("Measure on the map: {name}", name=label),
        ),
        h("div", *groups, cls="obs-drop"),
        cls="obs-menu b-menu b-map",
    )
