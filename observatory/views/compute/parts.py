"""Cards that several views of the compute page are made of: bars of one period, lines over time, panels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h
from observatory.cards.table import table
from observatory.cards.words import status_label
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.charts.svg.bars import BarSpec
from observatory.charts.svg.lines import lines
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import common, links
from observatory.views.briefing.page import bars_both, both_widths
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]
COLOURED: Final = 7
WEAK: Final = ("unchecked", "disputed")


def nothing(card_id: str, title: str, reason: str, t: Translator) -> Card:
    """A card without a value."""
    return Card(
        id=card_id, title=title, empty=EmptyState(reason=reason, title=t("Nothing on file"))
    )


def unbuilt(card_id: str, title: str, t: Translator) -> Card:
    """A card whose measure this build does not hold."""
    return nothing(
        card_id, title or t("Nothing on file"), t("This build holds no measure for this."), t
    )


def bars_card(
    catalogue: Catalogue, key: str, members: Sequence[str], *, width: float = 402, title: str = "",
    caveat: str = "", card_id: str = "",
) -> Card:  # fmt: skip
    """The cross-section of a measure as bars, by the rules of comparison."""
    t, item = catalogue.t, catalogue.indicators.get(key)
    card = card_id or key.replace("_", "-")
    if item is None:
        return unbuilt(card, title, t)
    section = catalogue.section(key, members)
    if not section.n:
        return nothing(card, item.short, t("No economy of this group has a value."), t)
    frame = section.frame.assign(
        label=[catalogue.name(code) for code in section.frame["entity_id"]]
    )
    leader = section.leader()
    said = title or item.short
    if not title and leader is not None:
        said = t(
            "{economy}: {value}, first of {n} in {measure}", economy=catalogue.name(str(leader["entity_id"])),
            value=item.value(float(leader["value"]), t), n=t.number(section.n), measure=item.short,
        )  # fmt: skip
    # Where less is better the best stands on top, as in the ranks.
    spec = BarSpec(
        measure=item.measure(t),
        width=width,
        name=said,
        pitch=30,
        sort=item.higher_is_better is not False,
    )
    return common.measure_card(
        catalogue, item, frame, section.period,
        card_id=card, title=said, body=bars_both(frame, spec, t), caveat=caveat,
    )  # fmt: skip


def coloured(section_frame: pd.DataFrame, members: Sequence[str]) -> tuple[str, ...]:
    """Economies in colour: those with the largest newest values, seven at most, China always if present."""
    order = [str(code) for code in section_frame["entity_id"] if code in members]
    if "CHN" in order:
        order = ["CHN", *(code for code in order if code != "CHN")]
    return tuple(order[:COLOURED])


def lines_card(
    catalogue: Catalogue, key: str, members: Sequence[str], *, width: float = 860, height: float = 360,
    log: bool = False, title: str = "", caveat: str = "",
) -> Card:  # fmt: skip
    """A measure over time, the economies with the largest newest values in colour."""
    t, item = catalogue.t, catalogue.indicators.get(key)
    card = key.replace("_", "-")
    if item is None:
        return unbuilt(card, title, t)
    series = catalogue.series(key)
    frame = series[series["entity_id"].isin(list(members)) & series["value"].notna()]
    if log:
        frame = frame[frame["value"] > 0]
    if not len(frame):
        return nothing(card, item.short, t("No economy of this group has a value."), t)
    said = title or item.short
    subjects = coloured(catalogue.section(key, members).frame, members)

    def draw(wide: float) -> str:
        spec = LineSpec(measure=item.measure(t), subjects=subjects, log=log, width=wide, hits=True,
                        most_labels=max(len(members), 8), name=said, gaps=False,
                        height=height if wide > 520 else 300)  # fmt: skip
        return lines(frame, spec, palette("css"), t)

    last = str(frame["period"].iloc[-1])
    parts = [common.subtitle(item, "", t), t("logarithmic") if log else ""]
    return Card(
        id=card,
        title=said,
        subtitle=t.parts([part for part in parts if part] or [last]),
        body=both_widths(draw, width),
        alt=said,
        table=common.value_table(catalogue, item, frame),
        **common.evidence(catalogue, frame),
        caveat=caveat or common.caveat_line(item, t),
        method=common.method_text(item, t),
        href=links.indicator(key),
    )


def panel_card(catalogue: Catalogue, key: str, frame: pd.DataFrame, economy: str) -> Card:
    """One series of one economy by itself: bars over time, weak values and forecasts told apart."""
    t, item = catalogue.t, catalogue.indicators.get(key)
    if item is None:
        return unbuilt(key.replace("_", "-"), "", t)
    own = frame[(frame["indicator_id"] == key) & (frame["entity_id"] == economy)]
    card = key.replace("_", "-")
    if not len(own):
        return nothing(card, item.short, t("No value was known by then."), t)
    # Two sources of one period and value stand as one bar; the table has both.
    shown = own.drop_duplicates(["period", "value"], keep="last")
    weak = shown["is_forecast"] | shown["status"].isin(WEAK)
    rows = pd.DataFrame(
        {
            "entity_id": shown["row_id"], "row_id": shown["row_id"], "value": shown["value"], "economy_id": economy,
            "label": [t.parts([t.period(clean(row["period"])), _remark(row, t)]) for row in records(shown)],
        }
    )  # fmt: skip
    real = shown[~weak]
    said = item.name
    if len(real):
        last = real.iloc[-1]
        said = t(
            "{measure}: {value} in {period}, the newest well-sourced value", measure=item.name,
            value=item.measure(t).full(float(last["value"]), t), period=t.period(clean(last["period"])),
        )  # fmt: skip
    spec = BarSpec(measure=item.measure(t), subjects=tuple(real["row_id"]), tint=True, sort=False, width=600, pitch=32,
                   name=said)  # fmt: skip
    return Card(
        id=card,
        title=said,
        subtitle=t(
            "{economy}, by period; pale: weakly sourced or forecast",
            economy=catalogue.name(economy),
        ),
        body=bars_both(rows, spec, t),
        alt=said,
        table=observed_table(catalogue, own),
        **common.evidence(catalogue, own),
        caveat=common.caveat_line(item, t),
        method=common.method_text(item, t),
        href=links.indicator(key),
    )


def _remark(row: Row, t: Translator) -> str:
    """What is to be known of a value beside its period: how sure, and whether it is a forecast."""
    return t("forecast") if row["is_forecast"] else status_label(clean(row["status"]), t)


def observed_table(catalogue: Catalogue, frame: pd.DataFrame) -> CardTable:
    """Table of observed values, each with its status and receipt."""
    t = catalogue.t
    listed = frame.assign(
        measure=[catalogue.indicators[key].name for key in frame["indicator_id"]],
        label=[catalogue.name(clean(code)) if clean(code) else "" for code in frame["home"]],
    )
    keep = ["measure", "label", "entity_id", "period", "value", "value_text", "unit", "is_forecast", "status", "row_id",
            "source_id", "known_on"]  # fmt: skip
    return CardTable(listed[keep].reset_index(drop=True), (
        Column("measure", t("Measure"), strong=True), Column("label", t("Economy")),
        Column("period", t("Period"), show=lambda v, row: t.period(clean(v))),
        Column("value", t("Value"), "right", lambda v, row: t.exact(clean(row["value_text"]) or v, ""),
               row_id="row_id"),
        Column("unit", t("Unit"), show=lambda v, row: t.data(clean(v))),
        Column("status", t("Status"), show=lambda v, row: status_label(clean(v), t)),
    ))  # fmt: skip


def statements_card(
    catalogue: Catalogue, card_id: str, frame: pd.DataFrame, title: str, subtitle: str, caveat: str,
) -> Card:  # fmt: skip
    """Single statements of different definitions, one line each: listed, never drawn together."""
    t = catalogue.t
    if not len(frame):
        return nothing(card_id, title, t("No value was known by then."), t)
    rows = records(frame)

    def measure(value: Any, row: Row) -> Safe:
        item = catalogue.indicators[row["indicator_id"]]
        note = h("span", clean(row["note"]), cls="fr-p", lang="en") if clean(row["note"]) else None
        link = h("a", item.name, href=links.indicator(item.id), data_go=True)
        return link + note if note else link

    def who(value: Any, row: Row) -> Safe:
        home = clean(row["home"])
        place = (
            h("a", catalogue.name(home), href=links.economy(home), data_go=True)
            if home
            else h("span", "–")
        )
        if not clean(row["org_name"]):
            return place
        org = h("a", clean(row["org_name"]), href=links.org(clean(row["entity_id"])), data_go=True)
        return org + h("span", place, cls="mo-e")

    def value(value: Any, row: Row) -> str:
        item = catalogue.indicators[row["indicator_id"]]
        return item.measure(t).full(float(value), t)

    shown = (
        Column("home", t("Economy"), show=who, strong=True),
        Column("indicator_id", t("What is stated"), show=measure, sort=False),
        Column("value", t("Value"), "right", value, row_id="row_id"),
        Column("period", t("Period"), show=lambda v, row: t.period(clean(v))),
        Column("status", t("Status"), show=lambda v, row: status_label(clean(v), t), phone=False),
    )  # fmt: skip
    return Card(
        id=card_id,
        title=title,
        subtitle=subtitle,
        body=table(shown, rows, caption=title, unknown=t("not known"), cls="cp-said"),
        table=observed_table(catalogue, frame),
        **common.evidence(catalogue, frame),
        caveat=caveat,
        actions=("receipt", "table", "download", "link"),
    )
