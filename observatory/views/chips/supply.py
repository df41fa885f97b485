"""The supply chain of chips: shares by step, by supplier, and who sells accelerators in China."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, num
from observatory.cards.table import table
from observatory.charts.svg.bars import BarSpec
from observatory.db import queries, queries_chips, queries_compute
from observatory.db.frames import records
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import common, labels, links
from observatory.views.briefing.page import bars_both
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

PREFIX: Final = "semi_share_"
STAGES: Final = (
    "semi_share_design", "semi_share_fabrication", "semi_share_assembly_testing_and_packaging_atp",
    "semi_share_core_intellectual_property", "semi_share_electronic_design_automation_software",
    "semi_share_wafer",
)  # fmt: skip
"""The main steps; the others are tools and materials."""
SUPPLIERS: Final = ("foundry_revenue_share", "hbm_share_revenue", "dram_revenue_share")
MARKET: Final = (
    "china_domestic_accelerator_share", "china_domestic_accelerator_share_sales",
)  # fmt: skip
UNITS: Final = "china_ai_accelerator_units"
SHOWN: Final = 6


def steps_card(catalogue: Catalogue) -> Card:
    """Share of each economy's firms in the world market of each step, tool and material."""
    t = catalogue.t
    ids = [key for key in catalogue.indicators if key.startswith(PREFIX)]
    frame = queries.headline_series(catalogue.db, ids, catalogue.as_of)
    if not len(frame):
        return Card(
            id="steps", title=t("Shares by step"),
            empty=EmptyState(reason=t("No shares of the supply chain were known by then."),
                             title=t("No shares on file")),
        )  # fmt: skip
    rows = records(frame)
    cells = {(row["indicator_id"], row["entity_id"]): row for row in rows}
    present = {row["entity_id"] for row in rows}
    codes = [code for code in (*SCOPE, *COMPARATORS) if code in present]
    asia = [code for code in codes if code in SCOPE]
    region = {
        key: sum(cells[key, code]["value"] for code in asia if (key, code) in cells) for key in ids
    }
    tools = sorted(
        (key for key in ids if key not in STAGES and region[key] > 0), key=lambda key: -region[key]
    )
    order = [key for key in STAGES if key in ids] + tools
    leaders = [key for key in order if _leader(cells, key, codes) == "JPN"]
    title = t(
        "Japan’s firms hold the largest listed share in {n} of {m} steps, tools and materials",
        n=t.number(len(leaders)), m=t.number(len(order)),
    )  # fmt: skip

    def name(key: str) -> str:
        text = catalogue.indicators[key].name
        return text.split(": ", 1)[-1].split("：", 1)[-1]

    def body(keys: Sequence[str]) -> Safe:
        head = h("tr", h("th", t("Step, tool or material"), scope="col"),
                 *(h("th", catalogue.name(code), scope="col", cls="r") for code in codes))  # fmt: skip
        lines = []
        for key in keys:
            link = h("a", name(key), href=links.indicator(key), data_go=True)
            cell = []
            first = _leader(cells, key, codes)
            for code in codes:
                row = cells.get((key, code))
                if row is None:
                    cell.append(h("td", h("span", "–", cls="unk"), data_l=catalogue.name(code)))
                    continue
                cls = " ".join(
                    filter(None, ("own" if code in SCOPE else "", "top" if code == first else ""))
                )
                shown = num(t.percent(row["value"]), row["row_id"])
                cell.append(h("td", shown, cls=cls or None, data_l=catalogue.name(code)))
            lines.append(h("tr", h("th", link, scope="row"), *cell))
        caption = h("caption", t("Shares by step"), cls="sr")
        made = h("table", caption, h("thead", head), h("tbody", *lines), cls="tb ch-steps")
        return h(
            "div", made, cls="tbwrap", tabindex="0", role="region", aria_label=t("Shares by step")
        )

    first = order[: SHOWN * 2]
    shown = body(first)
    if order[len(first) :]:
        rest = order[len(first) :]
        more = t.n("{n} more tool or material", "{n} more tools and materials", len(rest))
        shown = shown + h("details", h("summary", more), body(rest), cls="co-more")
    listed = pd.DataFrame([
        {"step": name(row["indicator_id"]), "label": catalogue.name(row["entity_id"]), "period": row["period"],
         "value": row["value"], "row_id": row["row_id"], "source_id": row["source_id"]} for row in rows
    ])  # fmt: skip
    return Card(
        id="steps",
        title=title,
        subtitle=t("Share of world sales by home of the firm, percent, about 2019; shaded: economies of the region"),
        body=shown,
        table=CardTable(listed, (
            Column("step", t("Step, tool or material"), strong=True), Column("label", t("Economy")),
            Column("period", t("Period"), show=lambda v, row: t.period(str(v))),
            Column("value", t("Share, %"), "right", lambda v, row: t.exact(v, ""), row_id="row_id"),
        )),
        **common.evidence(catalogue, frame),
        caveat=t("Data of about 2019: before most controls. A dash is no share on file; the Netherlands is not in it."),
        method=common.method_text(catalogue.indicators[order[0]], t),
    )  # fmt: skip


def _leader(
    cells: Mapping[tuple[str, str], Mapping[str, Any]], key: str, codes: Sequence[str]
) -> str:
    own = [(cells[key, code]["value"], code) for code in codes if (key, code) in cells]
    best = max(own, default=(0, ""))
    return "" if sum(value == best[0] for value, _ in own) > 1 else best[1]


def supplier_cards(catalogue: Catalogue) -> list[Card]:
    """Foundry, high-bandwidth memory and DRAM: suppliers of the newest quarter on file."""
    frame = queries_chips.supplier_shares(catalogue.db, list(SUPPLIERS), catalogue.as_of)
    known = [key for key in SUPPLIERS if key in catalogue.indicators]
    return [_suppliers(catalogue, frame[frame["indicator_id"] == key], key) for key in known]


def _suppliers(catalogue: Catalogue, frame: pd.DataFrame, key: str) -> Card:
    t, item = catalogue.t, catalogue.indicators[key]
    counts = frame.groupby("period")["value"].count() if len(frame) else pd.Series(dtype=int)
    full = [str(period) for period, n in counts.items() if n >= 3]
    ends = {row["period"]: row["period_end"] for row in records(frame)}
    period = max(full, key=lambda one: ends[one], default="")
    if not period:
        return Card(
            id=key.replace("_", "-"), title=item.short,
            empty=EmptyState(
                reason=t("No quarter with three suppliers was known by then."), title=t("No quarter on file")
            ),
        )  # fmt: skip
    rows = []
    for row in records(frame[frame["period"] == period]):
        name = labels.org_name(row["org_name"], row["org_native_name"], row["org_language"], t)
        rows.append(
            {
                **row,
                "label": name.main,
                "native": catalogue.name(clean(row["economy_id"]))
                if clean(row["economy_id"])
                else "",
            }
        )
    rows.sort(key=lambda row: -row["value"])
    top = rows[0]
    second = rows[1]
    title = t(
        "{measure}: {first} {a}, {second} {b}", measure=item.short, first=top["label"],
        a=t.percent(top["value"]), second=second["label"], b=t.percent(second["value"]),
    )  # fmt: skip
    shown = pd.DataFrame(rows)
    spec = BarSpec(measure=item.measure(t), width=402, name=title, pitch=40, most=7)
    return Card(
        id=key.replace("_", "-"),
        title=title,
        subtitle=common.subtitle(item, period, t),
        body=bars_both(shown, spec, t),
        alt=title,
        table=CardTable(shown, (
            Column("label", t("Company"), strong=True), Column("native", t("Economy")),
            Column("period", t("Period"), show=lambda v, row: t.period(str(v))),
            Column("value", t("Share, %"), "right", lambda v, row: t.exact(v, ""), row_id="row_id"),
        )),
        **common.evidence(catalogue, shown),
        caveat=common.caveat_line(item, t),
        method=common.method_text(item, t),
        href=links.indicator(key),
    )  # fmt: skip


def market_cards(catalogue: Catalogue) -> list[Card]:
    """Accelerators sold in China: cards by maker, and the two estimates of the domestic share."""
    return [card for card in (_units(catalogue), _shares(catalogue)) if card is not None]


def _units(catalogue: Catalogue) -> Card | None:
    if UNITS not in catalogue.indicators:
        return None
    t, item = catalogue.t, catalogue.indicators[UNITS]
    frame = queries_compute.observed(catalogue.db, [UNITS], catalogue.as_of)
    if not len(frame):
        return None
    rows = []
    for row in records(frame):
        name = labels.org_name(row["org_name"], row["org_native_name"], row["org_language"], t)
        home = clean(row["home"])
        row["economy_id"] = home
        word = t("domestic") if home == "CHN" else t("imported")
        rows.append({**row, "label": name.main, "native": word, "home": catalogue.name(home)})
    rows.sort(key=lambda row: -row["value"])
    shown = pd.DataFrame(rows)
    title = t("Accelerator cards shipped in China, by maker")
    spec = BarSpec(measure=item.measure(t), width=600, name=title, pitch=40)
    return Card(
        id="china-units",
        title=title,
        subtitle=common.subtitle(item, clean(shown["period"].iloc[0]), t),
        body=bars_both(shown, spec, t),
        alt=title,
        table=CardTable(shown, (
            Column("label", t("Company"), strong=True), Column("home", t("Economy")), Column("native", t("Origin")),
            Column("period", t("Period"), show=lambda v, row: t.period(str(v))),
            Column("value", t("Cards"), "right", lambda v, row: t.exact(v, ""), row_id="row_id"),
        )),
        **common.evidence(catalogue, shown),
        caveat=t("Estimates read in second-hand summaries: shown, not ranked, used in no finding."),
        method=common.method_text(item, t),
        href=links.indicator(UNITS),
    )  # fmt: skip


def _shares(catalogue: Catalogue) -> Card | None:
    t = catalogue.t
    rows: list[dict[str, Any]] = []
    for key in (key for key in MARKET if key in catalogue.indicators):
        item = catalogue.indicators[key]
        for row in records(queries_compute.observed(catalogue.db, [key], catalogue.as_of)):
            rows.append({**row, "measure": item.name, "href": links.indicator(key)})
    if not rows:
        return None
    frame = pd.DataFrame(rows)

    def measure(value: Any, row: Mapping[str, Any]) -> Safe:
        return h("a", clean(value), href=row["href"], data_go=True)

    columns = (
        Column("measure", t("Measure"), show=measure, strong=True),
        Column("period", t("Period"), show=lambda v, row: t.period(str(v)) if not row["is_forecast"]
               else t("{period}, forecast", period=t.period(str(v)))),
        Column("value", t("Domestic share"), "right", lambda v, row: t.percent(v), row_id="row_id"),
    )  # fmt: skip
    return Card(
        id="china-shares",
        title=t("Domestic share of accelerators in China: two estimates that do not mix"),
        subtitle=t("One counts cards, the other sales in a model"),
        body=table(columns, rows, caption=t("Domestic share"), unknown="–"),
        table=CardTable(frame, columns),
        **common.evidence(catalogue, frame),
        caveat=t("Both are estimates read in second-hand texts."),
        method=common.method_text(catalogue.indicators[MARKET[0]], t),
    )  # fmt: skip
