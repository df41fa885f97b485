"""The Briefing: what changed, what happened, and dates ahead."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

from observatory.analysis import agenda, changes
from observatory.cards.markup import Safe, h, icon, join, num, status_word, swatch
from observatory.cards.words import status_label
from observatory.cards.woven import slot, weave
from observatory.db import queries, queries_ipo
from observatory.db.frames import plain_records
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import labels, links
from observatory.views.breaks import broken
from observatory.views.labels import clean
from observatory.views.links import link
from observatory.views.measures import Catalogue

AHEAD = 6
CHANGES = 5
NEWS = 5
SINCE_DAYS = {"1": 31, "6": 183, "12": 365}
BIG_DEAL = 1e9
"""A deal of this many dollars is news by itself."""


def since_day(choice: str | None, today: date) -> date:
    """First day of the window a reader chose: 1, 6 (default) or 12 months back."""
    return today - timedelta(days=SINCE_DAYS.get(choice or "", SINCE_DAYS["6"]))


def value_changes(catalogue: Catalogue, members: Sequence[str], since: date) -> Safe:
    """Largest steps of headline values that became known in the window."""
    t = catalogue.t
    found = changes.steps(catalogue.headline_series, members)
    # Population, electricity and the like are background, not news of AI.
    background = {
        key for key, item in catalogue.indicators.items() if item.row["domain"] == "context"
    }
    # The largest of a year jumps with a single model: no change of the economy.
    background |= {
        key for key, item in catalogue.indicators.items() if clean(item.row["aggregation"]) == "max"
    }
    found = found[
        ~found["indicator_id"].isin(background) & ~found["row_id"].isin(broken(catalogue))
    ]
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
                h(
                    "div",
                    swatch(row["entity_id"]),
                    h(
                        "b",
                        weave(
                            t.parts([slot("measure"), slot("economy")]),
                            measure=h("a", item.short, href=links.indicator(item.id), data_go=True),
                            economy=h(
                                "a",
                                catalogue.name(row["entity_id"]),
                                href=links.economy(row["entity_id"]),
                                data_go=True,
                            ),
                        ),
                    ),
                    h(
                        "span",
                        f"{t.period(row['old_period'])} → {t.period(row['period'])}",
                        cls="s",
                    ),
                    cls="w",
                ),
                h(
                    "div",
                    num(item.number(row["old_value"], t), row["old_row_id"]),
                    " → ",
                    h("b", num(item.number(row["value"], t), row["row_id"])),
                    h("span", item.unit(t), cls="s"),
                    cls="x",
                ),
            )
        )
    if not items:
        return h("p", t("No headline value of this group became known in this time."), cls="muted")
    return h("ul", *items, cls="b-list")


def news(catalogue: Catalogue, members: Sequence[str], since: date, today: date) -> Safe:
    """Newest dated events: listings, deals of a billion dollars and more, rules, export controls."""
    t = catalogue.t
    frame = queries.events(catalogue.db, since, today, catalogue.as_of, list(members))
    starts = pd.to_datetime(frame["date_start"]).dt.date
    # A bare year overlaps the window without being known to lie in it.
    frame = frame[(starts >= since) & (starts <= today)]
    frame = frame[frame["status"].isin(["official", "confirmed", "reported"])]
    frame = frame[~frame["row_id"].isin(_only_planned(catalogue, today))]
    listed = (frame["kind"] == "ipo") & (frame["subkind"] == "listed")
    big = (frame["kind"] == "deal") & (frame["usd"] >= BIG_DEAL)
    rules = frame["kind"].isin(["policy", "export_control", "dispute"]) & (
        frame["date_precision"] == "day"
    )
    picked = frame[listed | big | rules].sort_values(
        ["date_start", "event_id"], ascending=[False, True]
    )
    # No economy and no kind of event may fill the list.
    picked = (
        picked.groupby(["economy_id", "kind"], sort=False)
        .head(1)
        .groupby("economy_id", sort=False)
        .head(2)
    )
    picked = picked.head(NEWS)
    if picked.empty:
        return h("p", t("No dated event of this group is on file for this time."), cls="muted")
    return h(
        "ul", *(_event(catalogue, row) for row in picked.to_dict("records")), cls="b-list b-dates"
    )


def _only_planned(catalogue: Catalogue, today: date) -> set[str]:
    """Rows whose day was told before it came: a plan is no news that it happened."""
    rows = plain_records(queries_ipo.calendar_events(catalogue.db, today, catalogue.as_of))
    return {
        str(row["row_id"])
        for row in rows
        if agenda.is_plan(
            clean(row["word"]), row["date_start"], row["date_end"], row["known_on"] or today
        )
    }


def ahead(catalogue: Catalogue, members: Sequence[str], today: date) -> Safe:
    """Dated events still to come, of the group, of treaties and of the comparators."""
    t = catalogue.t
    everyone = [*members, *COMPARATORS, "INT"]
    frame = queries.events(
        catalogue.db, today + timedelta(days=1), date(2100, 1, 1), catalogue.as_of, everyone
    )
    frame = frame[
        (pd.to_datetime(frame["date_start"]).dt.date > today)
        & ~frame["status"].isin(["unchecked", "disputed"])
    ]
    # Days and months of a year come before its bare year, which ends last.
    frame = frame.sort_values(["date_end", "date_start", "event_id"]).head(AHEAD)
    if frame.empty:
        return h("p", t("No dated event ahead is on file for this group."), cls="muted")
    rows = [_event(catalogue, row) for row in frame.to_dict("records")]
    return join(
        [
            h("ul", *rows, cls="b-list b-dates"),
            h("p", t("Scheduled in law or announced; a date can move."), cls="muted small"),
        ]
    )


def event_title(row: Mapping[Hashable, Any], t: Translator) -> tuple[str, str]:
    """What happened in one line, and the language of the words that come from a source."""
    name = labels.org_name(row["org_name"], row["org_native_name"], row["org_language"], t).main
    title = clean(row["title"])
    match row["kind"]:
        case "deal":
            money = t.money(row["usd"], "USD") if row["usd"] == row["usd"] and row["usd"] else ""
            kind = labels.deal_kind(row["subkind"], t)
            return t.parts([name, kind, title, money]), t.lang
        case "ipo":
            stage = labels.stage(row["subkind"], t)
            return t("{company}: {stage}, {venue}", company=name, stage=stage, venue=title), t.lang
        case "model" | "chip":
            return (title if not name or title.startswith(name) else f"{name}: {title}"), t.lang
        case _:
            words, lang = labels.title_in({str(key): value for key, value in row.items()}, t)
            return (t("In effect: {title}", title=words) if row["effective"] else words), lang


def _event(catalogue: Catalogue, row: Mapping[Hashable, Any]) -> Safe:
    t = catalogue.t
    words, lang = event_title(row, t)
    economy = clean(row["economy_id"])
    place = catalogue.name(economy) if economy else ""
    return h(
        "li",
        h("span", t.period(row["date"]), cls="d"),
        h(
            "div",
            h(
                "button",
                words,
                cls="num plain-t",
                type="button",
                data_receipt=row["row_id"],
                lang=lang if lang != t.lang else None,
            ),
            h(
                "span",
                swatch(economy) if economy else None,
                h("a", place, href=links.economy(economy), data_go=True, cls="quiet")
                if economy in SCOPE + COMPARATORS
                else place,
                status_word(row["status"], status_label(row["status"], t)),
                cls="s",
            ),
            cls="w",
        ),
    )


def choice_menu(label: str, options: Sequence[tuple[str, str, bool]]) -> Safe:
    """A menu of links: (label, address, chosen)."""
    return h(
        "details",
        h("summary", label, icon("keyboard_arrow_down"), cls="btn"),
        h(
            "div",
            *(
                h("a", text, href=href, data_go=True, aria_current="true" if on else None)
                for text, href, on in options
            ),
            cls="obs-drop",
        ),
        cls="obs-menu b-menu",
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
        h(
            "p",
            t("Values that became known since {day}, largest steps first.", day=t.date(since)),
            cls="sub",
        ),
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
    return h(
        "section",
        h("h3", t("Dates ahead")),
        ahead(catalogue, members, today),
        h("p", h("a", t("All dates ahead"), href=links.calendar(), data_go=True), cls="small"),
        cls="card b-side",
        aria_label=t("Dates ahead"),
    )
