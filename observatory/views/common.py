"""What every card says of its data: sources, vintage, status mix, table columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, SourceRef
from observatory.cards.markup import Safe, h, join
from observatory.cards.words import status_label
from observatory.i18n import Translator
from observatory.views import links
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator


def sources_of(catalogue: Catalogue, frame: pd.DataFrame, most: int = 3) -> tuple[SourceRef, ...]:
    """Publishers behind the rows of a frame, the commonest first, one entry a publisher."""
    counts = Counter(frame["source_id"].dropna().tolist())
    found: dict[str, SourceRef] = {}
    for source_id, _ in counts.most_common():
        row = catalogue.sources[source_id]
        name = clean(row["origin"]) or clean(row["publisher"])
        if is_copy(clean(row["publisher"])) and not is_copy(name):
            name = catalogue.t("{source} (copy)", source=name)
        found.setdefault(
            name, SourceRef(clean(row["title"]), name, clean(row["url"]) or None, str(source_id))
        )
    return tuple(found.values())[:most]


def is_copy(publisher: str) -> bool:
    """Whether what was read is a copy of what the publisher put out, as the file of sources names it."""
    return "copy" in publisher.lower() or "copied" in publisher.lower()


def vintage_of(catalogue: Catalogue, frame: pd.DataFrame) -> str:
    """When the newest of the sources was published; the day it was read where that is not said."""
    t = catalogue.t
    days = pd.to_datetime(frame["known_on"]).dropna()
    if days.empty:
        return ""
    newest = clean(frame.loc[days == days.max(), "source_id"].iloc[0])
    published = clean(catalogue.sources[newest]["published"])
    return t.period(published) if published else t("read {day}", day=t.date(days.max().date()))


def statuses_of(frame: pd.DataFrame) -> tuple[tuple[str, int], ...]:
    """Status words with counts, the commonest first."""
    return tuple(Counter(str(word) for word in frame["status"].dropna().tolist()).most_common())


class Evidence(TypedDict):
    """What a card says of the rows behind it."""

    sources: tuple[SourceRef, ...]
    vintage: str
    statuses: tuple[tuple[str, int], ...]


def evidence(catalogue: Catalogue, frame: pd.DataFrame) -> Evidence:
    """Sources, vintage and status mix of the rows of a frame: `Card(..., **evidence(...))`."""
    return {
        "sources": sources_of(catalogue, frame),
        "vintage": vintage_of(catalogue, frame),
        "statuses": statuses_of(frame),
    }


def measure_card(
    catalogue: Catalogue,
    item: Indicator,
    frame: pd.DataFrame,
    period: str | None,
    *,
    card_id: str,
    title: str,
    body: Safe | str,
    caveat: str = "",
) -> Card:
    """A measure of economies in one period as a card; its caution is the measure's own by default."""
    t = catalogue.t
    return Card(
        id=card_id,
        title=title,
        subtitle=subtitle(item, period, t),
        body=body,
        alt=title,
        table=value_table(catalogue, item, frame),
        **evidence(catalogue, frame),
        caveat=caveat or caveat_line(item, t),
        method=method_text(item, t),
        href=links.indicator(item.id),
    )


def value_table(catalogue: Catalogue, indicator: Indicator, frame: pd.DataFrame) -> CardTable:
    """Table of observation rows: economy, period, value with receipt, status."""
    t = catalogue.t

    def show_value(value: Any, row: Mapping[str, Any]) -> str:
        return t.exact(clean(row.get("value_text")) or value, "")

    unit = t.data(clean(indicator.row["unit_label"]))
    columns = (
        Column("label", t("Economy"), strong=True),
        Column("period", t("Period"), show=lambda value, row: t.period(clean(value))),
        Column(
            "value",
            t("Value, {unit}", unit=unit) if unit else t("Value"),
            "right",
            show_value,
            row_id="row_id",
        ),
        Column(
            "status",
            t("Status"),
            show=lambda value, row: status_label(clean(value), t),
            phone=False,
        ),
    )
    order = ["label", "period", "value", "status", "row_id", "indicator_id", "entity_id", "value_text", "unit",
             "source_id", "known_on", "breaks", "span", "partial_to"]  # fmt: skip
    return CardTable(
        frame[[c for c in order if c in frame.columns]].reset_index(drop=True), columns
    )


def method_text(indicator: Indicator, t: Translator, extra: Sequence[str] = ()) -> Safe:
    """Definition and cautions of an indicator, in the language they exist in."""
    row = indicator.row
    definition, caveats = clean(row["definition"]), clean(row["method_caveats"])
    return join(
        [
            h("p", t.data(definition), lang=t.data_lang(definition)),
            h("p", t.data(caveats), lang=t.data_lang(caveats), cls="muted") if caveats else None,
            *(h("p", text) for text in extra),
            h(
                "p",
                h(
                    "a",
                    t("All values, sources and conflicts of this measure"),
                    href=links.indicator(indicator.id),
                    data_go=True,
                ),
            ),
        ]
    )


def caveat_line(indicator: Indicator, t: Translator, most: int = 150) -> str:
    """First sentence of the cautions, for a card's foot."""
    text = t.data(clean(indicator.row["method_caveats"]))
    for mark in (". ", "。"):
        if mark in text:
            text = text.partition(mark)[0] + mark.strip()
            break
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def subtitle(indicator: Indicator, period: str | None, t: Translator) -> str:
    """What is measured and when; the unit where the name does not say it."""
    return t.parts([indicator.name, t.period(period) if period else ""])
