"""Sums that authorities and the press give for whole economies, beside the deals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, status_word
from observatory.cards.table import table
from observatory.cards.words import status_label
from observatory.db import queries_investment
from observatory.i18n import Translator
from observatory.views import common, links
from observatory.views.investment.counts import in_years
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]
FIRST_ROWS: Final = 6
AUTHORITIES: Final = (
    "announced_dc_investment",
    "announced_dc_investment_over_span",
    "announced_dc_investment_aud_billion",
    "applied_dc_investment_thb",
    "approved_dc_investment_myr",
    "approved_dc_investment_over_span",
    "approved_dc_investment_php",
    "approved_dc_investment_thb",
    "approved_dc_investment_usd_billion",
    "public_vc_fund_of_funds",
)


def authorities(catalogue: Catalogue, members: Sequence[str]) -> Card | None:
    """Sums that authorities and the press give for a whole economy, beside the deals."""
    t = catalogue.t
    frame = queries_investment.counts(catalogue.db, list(AUTHORITIES), catalogue.as_of)
    frame = frame[frame["entity_id"].isin(list(members)) & (frame["status"] != "superseded")]
    frame = in_years(frame, catalogue)
    if not len(frame):
        return None
    order = {key: i for i, key in enumerate(members)}
    frame = frame.assign(
        economy=[catalogue.name(key) for key in frame["entity_id"]],
        place=[order[key] for key in frame["entity_id"]],
    ).sort_values(["place", "period_end", "row_id"], ascending=[True, False, True])

    def what(x: Any, row: Row) -> Safe:
        key = clean(row["indicator_id"])
        name = h("a", catalogue.indicators[key].name, href=links.indicator(key), data_go=True)
        note = clean(row["note"])
        return name + (h("span", note, cls="sub2", lang="en") if note else Safe(""))

    def value(x: Any, row: Row) -> str:
        return catalogue.indicators[clean(row["indicator_id"])].value(float(x), t)

    def when(x: Any, row: Row) -> str:
        return t.period(clean(row["span"])) if clean(row["span"]) else t.period(clean(x))

    columns = (
        Column("economy", t("Economy"), strong=True),
        Column("indicator_id", t("What is counted"), show=what),
        Column("period", t("Period"), show=when),
        Column("value", t("Value"), "right", value, row_id="row_id"),
        Column("status", t("Status"), phone=False,
               show=lambda x, row: status_word(clean(x), status_label(clean(x), t))),
    )  # fmt: skip
    order_ = ["economy", "indicator_id", "period", "value", "unit", "status", "note", "span", "row_id",
              "entity_id", "source_id", "known_on"]  # fmt: skip
    source = CardTable(frame[order_].reset_index(drop=True), columns)
    rows = source.rows()
    title = t.n("{n} sum for a whole economy, as authorities and press give it",
                "{n} sums for whole economies, as authorities and press give them", len(frame))  # fmt: skip
    return Card(
        id="authorities",
        title=title,
        subtitle=t("Announced, applied for, approved: other counts of partly the same money, never added"
                   " to the deals above."),
        body=folded(columns, rows, title, t),
        table=source,
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        actions=("receipt", "table", "download", "link"),
    )  # fmt: skip


def folded(columns: Sequence[Column], rows: Sequence[Row], caption: str, t: Translator) -> Safe:
    """A table of the first rows, the others behind a fold."""
    unknown = t("not stated")
    top = table(columns, rows[:FIRST_ROWS], caption=caption, unknown=unknown, cls="iv-auth")
    rest = rows[FIRST_ROWS:]
    if not rest:
        return top
    more = t.n("{n} more row", "{n} more rows", len(rest))
    below = table(columns, rest, caption=more, unknown=unknown, cls="iv-auth")
    return top + h("details", h("summary", more), below, cls="co-more")
