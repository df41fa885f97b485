"""The Briefing: who leads, how sure, what changed, what is next, and ways in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from observatory.analysis import changes
from observatory.analysis.cross_section import usable
from observatory.charts.palette import palette
from observatory.charts.svg_small import SparkSpec, sparkline
from observatory.charts.svg_tiles import TileSpec, tile_map
from observatory.db import queries
from observatory.model.pillars import LEAD, MAP_MEASURE, ORDER
from observatory.model.scope import COMPARATORS, PRESETS, SCOPE
from observatory.ui.card_model import Card, EmptyState
from observatory.ui.markup import Safe, h, icon, join, num, status_word, svg, swatch
from observatory.ui.words import preset_label, status_label
from observatory.views import common, labels
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator

AHEAD = 6
CHANGES = 5
NEWS = 5
SINCE_DAYS = {"1": 31, "6": 183, "12": 365}
BIG_DEAL = 1e9
"""A deal of this many dollars is news by itself."""


def link(path: str, **params: str) -> str:
    """Address of a page of the app."""
    return f"{path}?{urlencode(params)}" if params else path


def both_widths(draw: Callable[[float], str], wide: float = 782, narrow: float = 358) -> Safe:
    """A drawing made for a desk and for a phone; the style sheet shows the one that fits."""
    return join([h("div", svg(draw(wide)), cls="on-wide"), h("div", svg(draw(narrow)), cls="on-phone")])


# The strip ------------------------------------------------------------------------------------


def strip(catalogue: Catalogue, members: Sequence[str]) -> Safe:
    """One tile a pillar: leader, value, how sure, who is next. A tile opens its receipt."""
    tiles = [_tile(catalogue, catalogue.indicators[LEAD[pillar]], str(pillar), members) for pillar in ORDER]
    return h("div", *tiles, cls="strip", style=f"--n:{len(tiles)}")


def _tile(catalogue: Catalogue, item: Indicator, pillar: str, members: Sequence[str]) -> Safe:
    t = catalogue.t
    section = catalogue.section(item.id, members)
    head = [h("span", labels.pillar(pillar, t), cls="p"), h("span", item.short, cls="m")]
    if not section.n:
        gap = t("no figure on file for this group")
        return h("div", *head, h("span", t("none"), cls="v unk"), h("span", gap, cls="n"), cls="tile")
    first = section.frame.iloc[0]
    frame = usable(catalogue.series(item.id))
    frame = frame[frame["entity_id"].isin(list(members))]
    if not section.frame["period"].nunique() > 1 and frame["period"].nunique() < 2:
        frame = section.frame.assign(label=[catalogue.name(key) for key in section.frame["entity_id"]])
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
        h("span", number, h("small", unit) if unit else None, cls="v"),
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
        aria_label=t("{pillar}, {measure}: {economy} {value}. Open the receipt", pillar=labels.pillar(pillar, t),
                     measure=item.short, economy=name, value=shown),  # fmt: skip
    )


def _next(catalogue: Catalogue, item: Indicator, section: Any, members: Sequence[str]) -> str:
    t = catalogue.t
    if not section.ranked:
        return t("no leader: {n} of {base} have a value", n=section.n, base=len(members))
    second = section.frame.iloc[1]
    return t("Next: {economy} {value}", economy=catalogue.name(str(second["entity_id"])),
             value=item.number(float(second["value"]), t))  # fmt: skip


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
                    "a", preset_label(preset, t), href=link("/", economies=preset), data_go=True,
                    cls="on" if set(PRESETS[preset]) == chosen else None,
                    aria_current="true" if set(PRESETS[preset]) == chosen else None,
                )
                for preset in PRESETS
            ),
            cls="seg",
        ),
        cls="b-presets",
        aria_label=t("Groups of economies"),
    )  # fmt: skip


# The map --------------------------------------------------------------------------------------


def map_choices(catalogue: Catalogue) -> list[Indicator]:
    """Headline measures a reader can put on the map, by pillar."""
    order = {str(pillar): index for index, pillar in enumerate([*ORDER, "context"])}
    items = [catalogue.indicators[key] for key in catalogue.headline_ids]
    return sorted(items, key=lambda item: (order.get(item.pillar, 99), item.short))


def map_card(catalogue: Catalogue, members: Sequence[str], chosen: str | None) -> Card:
    """The tile map of one measure: its cross-section, with the change since the period before."""
    t = catalogue.t
    item = catalogue.indicators.get(chosen or "", catalogue.indicators[MAP_MEASURE])
    if not item.row["headline"]:
        item = catalogue.indicators[MAP_MEASURE]
    section = catalogue.section(item.id, SCOPE)
    frame = section.frame.set_index("entity_id")
    before = changes.steps(catalogue.series(item.id), SCOPE).set_index("entity_id")
    rows = []
    for economy in SCOPE:
        home = catalogue.economies[economy]
        row = frame.loc[economy] if economy in frame.index and economy in members else None
        old = before.loc[economy] if economy in before.index else None
        same = row is not None and old is not None and old["row_id"] == row["row_id"]
        rows.append(
            {
                "entity_id": economy,
                "label": home["name"],
                "map_row": home["map_row"],
                "map_col": home["map_col"],
                "value": None if row is None else row["value"],
                "row_id": "" if row is None else row["row_id"],
                "change": item.measure(t).bare(float(old["change"]), t) if same else "",
                "href": link("/economy", economy=economy),
                "absent": t("not in this group") if economy not in members else t("not measured"),
            }
        )
        if rows[-1]["change"] and old is not None and old["change"] > 0:
            rows[-1]["change"] = "+" + str(rows[-1]["change"])
    tiles = pd.DataFrame(rows)
    olds = before.loc[[e for e in before.index if e in frame.index], "old_period"].unique()
    note = t("Small figure: change since {period}", period=t.period(str(olds[0]))) if len(olds) == 1 else ""
    title = leader_title(catalogue, item, members)
    spec = TileSpec(measure=item.measure(t), legend=item.short, note=note, name=title)
    shown = section.frame[section.frame["entity_id"].isin(list(members))]
    shown = shown.assign(label=[catalogue.name(key) for key in shown["entity_id"]])
    missing = [catalogue.name(e) for e in SCOPE if e in members and e not in frame.index]
    said = t("No value on file: {names}.", names=t.list(missing)) if missing else ""
    return Card(
        id="map",
        title=title,
        subtitle=common.subtitle(item, section.period, t) + ". " + t("Equal tiles in rough geography; statistical areas, no borders."),
        body=both_widths(lambda width: tile_map(tiles, replace(spec, width=width), palette("css"), t)) if len(shown) else None,
        alt=title,
        table=common.value_table(catalogue, item, shown),
        sources=common.sources_of(catalogue, shown) if len(shown) else (),
        vintage=common.vintage_of(catalogue, shown) if len(shown) else "",
        statuses=common.statuses_of(shown),
        caveat=" ".join(part for part in (common.caveat_line(item, t), said) if part),
        method=common.method_text(item, t),
        empty=None if len(shown) else EmptyState(reason=t("No economy of this group has a value."), exists=said),
    )


def leader_title(catalogue: Catalogue, item: Indicator, members: Sequence[str]) -> str:
    """Who leads and who follows, or that there is no leader, as a finding."""
    t = catalogue.t
    section = catalogue.section(item.id, members)
    if not section.n:
        return item.short
    if not section.ranked:
        return t("{measure}: {n} of {base} have a value", measure=item.short, n=section.n, base=len(members))
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
        return t("{measure}: {leader} has the lowest with {value}, then {second} with {other}", **words)
    return t("{measure}: {leader} leads with {value}, {second} follows with {other}", **words)


# What changed, what is next -------------------------------------------------------------------


def since_day(choice: str | None, today: date) -> date:
    """First day of the window a reader chose: 1, 6 (default) or 12 months back."""
    return today - timedelta(days=SINCE_DAYS.get(choice or "", SINCE_DAYS["6"]))


def value_changes(catalogue: Catalogue, members: Sequence[str], since: date) -> Safe:
    """Largest steps of headline values that became known in the window."""
    t = catalogue.t
    found = changes.steps(catalogue.headline_series, members)
    spans = {}
    for key, rows in found.groupby("indicator_id"):
        spans[str(key)] = float(rows["value"].max() - rows["value"].min())
    fresh = changes.largest(found, since, spans, CHANGES)
    items = []
    for row in fresh.to_dict("records"):
        item = catalogue.indicators[row["indicator_id"]]
        items.append(
            h(
                "li",
                h("div", swatch(row["entity_id"]), h("b", f"{item.short}, {catalogue.name(row['entity_id'])}"),
                  h("span", f"{t.period(row['old_period'])} → {t.period(row['period'])}", cls="s"), cls="w"),
                h("div", num(item.number(row["old_value"], t), row["old_row_id"]), " → ",
                  h("b", num(item.number(row["value"], t), row["row_id"])),
                  h("span", item.unit(t), cls="s"), cls="x"),
            )
        )  # fmt: skip
    if not items:
        return h("p", t("No headline value of this group became known in this time."), cls="muted")
    return h("ul", *items, cls="b-list")


def news(catalogue: Catalogue, members: Sequence[str], since: date, today: date) -> Safe:
    """Newest dated events: listings, deals of a billion dollars and more, rules, export controls."""
    t = catalogue.t
    frame = queries.events(catalogue.db, since, today, catalogue.as_of, list(members))
    frame = frame[pd.to_datetime(frame["date_start"]).dt.date <= today]
    frame = frame[frame["status"].isin(["official", "confirmed", "reported"])]
    listed = (frame["kind"] == "ipo") & (frame["subkind"] == "listed")
    big = (frame["kind"] == "deal") & (frame["usd"] >= BIG_DEAL)
    rules = frame["kind"].isin(["policy", "export_control", "dispute"]) & (frame["date_precision"] == "day")
    picked = frame[listed | big | rules].sort_values(["date_start", "event_id"], ascending=[False, True])
    # No economy and no kind of event may fill the list.
    picked = picked.groupby(["economy_id", "kind"], sort=False).head(1).groupby("economy_id", sort=False).head(2)
    picked = picked.head(NEWS)
    if picked.empty:
        return h("p", t("No dated event of this group is on file for this time."), cls="muted")
    return h("ul", *(_event(catalogue, row) for row in picked.to_dict("records")), cls="b-list b-dates")


def ahead(catalogue: Catalogue, members: Sequence[str], today: date) -> Safe:
    """Dated events still to come, of the group, of treaties and of the comparators."""
    t = catalogue.t
    everyone = [*members, *COMPARATORS, "INT"]
    frame = queries.events(catalogue.db, today + timedelta(days=1), date(2100, 1, 1), catalogue.as_of, everyone)
    frame = frame[(pd.to_datetime(frame["date_start"]).dt.date > today) & ~frame["status"].isin(["unchecked", "disputed"])]
    frame = frame.sort_values(["date_start", "date_end", "event_id"]).head(AHEAD)
    if frame.empty:
        return h("p", t("No dated event ahead is on file for this group."), cls="muted")
    rows = [_event(catalogue, row) for row in frame.to_dict("records")]
    return join(
        [
            h("ul", *rows, cls="b-list b-dates"),
            h("p", t("Scheduled in law or announced; a date can move."), cls="muted small"),
        ]
    )


def event_title(row: dict[str, Any], t: Any) -> tuple[str, str]:
    """What happened in one line, and the language of the words that come from a source."""
    name = labels.org_name(row["org_name"], row["org_native_name"], row["org_language"], t).main
    title = clean(row["title"])
    match row["kind"]:
        case "deal":
            money = t.money(row["usd"], "USD") if row["usd"] == row["usd"] and row["usd"] else ""
            kind = labels.deal_kind(row["subkind"], t)
            return ", ".join(part for part in (name, kind, title, money) if part), t.lang
        case "ipo":
            stage = labels.stage(row["subkind"], t)
            return t("{company}: {stage}, {venue}", company=name, stage=stage, venue=title), t.lang
        case "model" | "chip":
            return (title if not name or title.startswith(name) else f"{name}: {title}"), t.lang
        case _:
            return (t("In effect: {title}", title=title) if row["effective"] else title), "en"


def _event(catalogue: Catalogue, row: dict[str, Any]) -> Safe:
    t = catalogue.t
    words, lang = event_title(row, t)
    economy = clean(row["economy_id"])
    place = catalogue.name(economy) if economy else ""
    return h(
        "li",
        h("span", t.period(row["date"]), cls="d"),
        h(
            "div",
            h("button", words, cls="num plain-t", type="button", data_receipt=row["row_id"], lang=lang if lang != t.lang else None),
            h("span", swatch(economy) if economy else None, place,
              status_word(row["status"], status_label(row["status"], t)), cls="s"),
            cls="w",
        ),
    )  # fmt: skip


# Ways in --------------------------------------------------------------------------------------


def ways_in(catalogue: Catalogue, members: Sequence[str], today: date) -> Safe:
    """Every economy of the group, and the companies with the newest events."""
    t = catalogue.t
    economies = [
        h("a", swatch(code), catalogue.name(code), href=link("/economy", economy=code), data_go=True)
        for code in members
    ]
    recent = queries.events(catalogue.db, today - timedelta(days=365), today, catalogue.as_of, list(members))
    recent = recent[recent["org_id"].notna() & recent["kind"].isin(["deal", "ipo", "model"])]
    weight = recent.groupby("org_id").size().sort_values(ascending=False)
    names = recent.drop_duplicates("org_id").set_index("org_id")
    companies = []
    for org in weight.index[:14]:
        row = names.loc[org]
        name = labels.org_name(row["org_name"], row["org_native_name"], row["org_language"], t)
        companies.append(
            h("a", swatch(clean(row["economy_id"])), name.main,
              h("span", name.second, cls="native", lang=name.second_lang) if name.second else None,
              href=link("/company", org=str(org)), data_go=True)
        )  # fmt: skip
    return h(
        "div",
        h("section", h("h3", t("Economies")), h("p", t("Pillars, trends, companies, rules and what is not known."), cls="sub"),
          h("div", *economies, cls="b-links"), cls="card"),
        h("section", h("h3", t("Companies in the news")),
          h("p", t("Most models, deals and listing stages on file in the last twelve months."), cls="sub"),
          h("div", *companies, cls="b-links") if companies else h("p", t("None on file for this group."), cls="muted"), cls="card"),
        cls="b-ways",
    )  # fmt: skip


def choice_menu(label: str, options: Sequence[tuple[str, str, bool]]) -> Safe:
    """A menu of links: (label, address, chosen)."""
    return h(
        "details",
        h("summary", label, icon("keyboard_arrow_down"), cls="btn"),
        h("div", *(h("a", text, href=href, data_go=True, aria_current="true" if on else None) for text, href, on in options),
          cls="obs-drop"),
        cls="obs-menu b-menu",
    )  # fmt: skip


def deck(catalogue: Catalogue) -> str:
    """How much the site holds, in one sentence."""
    t = catalogue.t
    row = queries.site_counts(catalogue.db, catalogue.as_of).iloc[0]
    return t(
        "{economies} economies, {indicators} measures and {observations} observations from {sources} sources. Select any "
        "figure for its receipt: value, source, place in the source, status and what other sources say.",
        economies=t.number(int(row["economies"])),
        indicators=t.number(int(row["indicators"])),
        observations=t.number(int(row["observations"])),
        sources=t.number(int(row["sources"])),
    )


def map_menu(catalogue: Catalogue, chosen: str | None, window: str) -> Safe:
    """Menu of the measures the map can show."""
    current = chosen if chosen in catalogue.headline_ids else MAP_MEASURE
    t = catalogue.t
    groups: list[Safe] = []
    last = ""
    for item in map_choices(catalogue):
        if item.pillar != last:
            groups.append(h("span", labels.pillar(item.pillar, t), cls="cap"))
            last = item.pillar
        on = item.id == current
        groups.append(
            h("a", item.short, href=link("/", map=item.id, since=window), data_go=True, aria_current="true" if on else None)
        )
    label = catalogue.indicators[current].short
    return h(
        "details",
        h("summary", h("span", label), icon("keyboard_arrow_down"), cls="btn", aria_label=t("Measure on the map: {name}", name=label)),
        h("div", *groups, cls="obs-drop"),
        cls="obs-menu b-menu b-map",
    )


def changed(
    catalogue: Catalogue, members: Sequence[str], since: date, window: str, measure: str | None
) -> Safe:
    """What changed: the largest steps of headline values."""
    t = catalogue.t
    words = {"1": t("Last month"), "6": t("Last 6 months"), "12": t("Last 12 months")}
    params = {"map": measure} if measure else {}
    menu = choice_menu(
        words.get(window, words["6"]),
        [(text, link("/", since=key, **params), key == window) for key, text in words.items()],
    )
    return h(
        "section",
        h("div", h("h3", t("What changed")), menu, cls="b-head"),
        h("p", t("Values that became known since {day}, largest steps first.", day=t.date(since)), cls="sub"),
        value_changes(catalogue, members, since),
        cls="card b-side",
        aria_label=t("What changed"),
    )


def news_card(catalogue: Catalogue, members: Sequence[str], since: date, today: date) -> Safe:
    """The newest dated events of the window."""
    t = catalogue.t
    return h(
        "section",
        h("h3", t("Events since {day}", day=t.date(since))),
        news(catalogue, members, since, today),
        cls="card b-side",
        aria_label=t("Events"),
    )


def ahead_card(catalogue: Catalogue, members: Sequence[str], today: date) -> Safe:
    """The column of dates ahead."""
    t = catalogue.t
    return h("section", h("h3", t("Dates ahead")), ahead(catalogue, members, today), cls="card b-side", aria_label=t("Dates ahead"))
