"""Private AI investment as each source counts it: side by side, never joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from observatory.analysis.cross_section import usable
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join, num, status_word, svg
from observatory.cards.words import status_label
from observatory.charts.measure import Measure
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.charts.svg.lines import lines
from observatory.db import queries_investment
from observatory.i18n import Translator
from observatory.views import common, links
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]

# One count a publisher; the first is drawn as a line, the others as marks that nothing joins.
DRAWN: Final = (
    "ai_private_funding_cset_2021usd",
    "private_ai_investment",
    "ai_vc_investment_oecd",
    "private_ai_investment_tortoise",
)
# These speak of one economy, of sums over years or of other borders: in the table only.
TOLD: Final = (
    "ai_funding_cbinsights",
    "private_ai_investment_cumulative",
    "ai_vc_by_domicile_tracxn",
    "ai_startup_funding",
)
PANELS: Final = 6
_WIDTHS: Final = {1: 820, 2: 610, 3: 396}
DOLLARS: Final = Measure("", "USD", "USD", 1.0, "USD")


@dataclass(frozen=True, slots=True)
class Gap:
    """Two counts of one economy and year, and how many times the one is the other."""

    economy: str
    period: str
    high: str
    low: str
    high_usd: float
    low_usd: float

    @property
    def ratio(self) -> float:
        return self.high_usd / self.low_usd


def series(catalogue: Catalogue, members: Sequence[str]) -> pd.DataFrame:
    """Values of the drawn counts in dollars: entity_id, period, value, series_id and more."""
    parts = []
    for key in DRAWN:
        if key not in catalogue.indicators:
            continue
        scale = float(catalogue.indicators[key].row["scale"])
        frame = catalogue.series(key)
        frame = frame[frame["entity_id"].isin(list(members)) & (frame["status"] != "unchecked")]
        frame = frame[frame["is_headline"]]
        parts.append(frame.assign(value=frame["value"] * scale, series_id=key))
    kept = [part for part in parts if len(part)]
    return pd.concat(kept, ignore_index=True) if kept else pd.DataFrame()


def gaps(frame: pd.DataFrame) -> list[Gap]:
    """The newest year of each economy that two counts hold, the widest gap of it; widest first."""
    if not len(frame):
        return []
    known = usable(frame)
    known = known[known["value"] > 0]
    found = []
    for economy, rows in known.groupby("entity_id"):
        several = rows.groupby("period").filter(lambda some: some["series_id"].nunique() > 1)
        if not len(several):
            continue
        newest = several[several["period"] == several["period"].max()].sort_values("value")
        low, high = newest.iloc[0], newest.iloc[-1]
        found.append(
            Gap(str(economy), str(low["period"]), str(high["series_id"]), str(low["series_id"]),
                float(high["value"]), float(low["value"]))
        )  # fmt: skip
    return sorted(found, key=lambda gap: (-gap.ratio, gap.economy))


def publisher(key: str, t: Translator) -> str:
    """Who counts, in a word or two."""
    match key:
        case "ai_private_funding_cset_2021usd":
            return "CSET"
        case "private_ai_investment":
            return "AI Index"
        case "private_ai_investment_cumulative":
            return t("AI Index, sums since 2013")
        case "ai_vc_investment_oecd":
            return "OECD.AI"
        case "private_ai_investment_tortoise":
            return "Tortoise"
        case "ai_funding_cbinsights":
            return "CB Insights"
        case "ai_vc_by_domicile_tracxn":
            return "Tracxn"
        case _:
            return "The VC"


def card(catalogue: Catalogue, members: Sequence[str]) -> Card:
    """A small chart an economy, one mark a publisher."""
    t = catalogue.t
    frame = series(catalogue, members)
    subtitle = t("US dollars a year. CSET: line, in dollars of 2021, undisclosed deals estimated."
                 " Marks that nothing joins: square AI Index, diamond OECD.AI, triangle Tortoise.")  # fmt: skip
    if not len(frame):
        return Card(
            id="private",
            title=t("Private AI investment as each source counts it"),
            subtitle=subtitle,
            empty=EmptyState(
                reason=t("No source on file counts private AI investment for these economies by this"
                         " day, or in these years."),
                exists=t("The counts of CSET cover 2015 to 2024 and became known to us in March 2026."),
            ),
        )  # fmt: skip
    every = rows_of(catalogue, members)
    held = _most(frame)
    beside = min(len(held), 3)
    panels = [
        _panel(frame[frame["entity_id"] == one], one, beside, catalogue) for one in held[:PANELS]
    ]
    rest = held[PANELS:]
    apart = gaps(frame)
    lines_ = []
    if rest:
        lines_.append(
            t("In the table as well: {economies}.",
              economies=t.list([catalogue.name(one) for one in rest]))
        )  # fmt: skip
    absent = [catalogue.name(one) for one in members if one not in held]
    if absent:
        lines_.append(t("No count on file: {economies}.", economies=t.list(absent)))
    return Card(
        id="private",
        title=_title(apart, catalogue),
        subtitle=subtitle,
        body=h("div", join(panels), cls=f"iv-grid of{beside}"),
        table=_table(every, catalogue),
        **common.evidence(catalogue, every),
        caveat=t("The AI Index leaves state guidance funds out, so China is understated there."),
        method=join(
            [
                h("p", t("Each publisher has its own definition of AI company, of deal and of year; a"
                         " value of one is never joined to, or added to, a value of another.")),
                h("p", t("The AI Index is re-counted with every edition: its values are marks, one a"
                         " year, each of the latest edition that gives it. The table has every edition.")),
            ]
        ),
        after=h("p", join(lines_, " "), cls="iv-out") if lines_ else None,
    )  # fmt: skip


def _most(frame: pd.DataFrame) -> list[str]:
    """Economies by the newest value of the longest count, the largest first."""
    first = frame[frame["series_id"] == DRAWN[0]].sort_values("period_end")
    last = first.groupby("entity_id")["value"].last()
    keys = [str(key) for key in dict.fromkeys(frame["entity_id"])]
    return sorted(keys, key=lambda key: (-float(last.get(key, 0.0)), key))


def _panel(rows: pd.DataFrame, economy: str, beside: int, catalogue: Catalogue) -> Safe:
    t = catalogue.t
    shown = rows.assign(
        label=[publisher(key, t) for key in rows["series_id"]],
        economy_id=economy,
        entity_id=rows["series_id"],
    ).drop(columns="series_id")
    keys = [key for key in DRAWN if (rows["series_id"] == key).any()]
    spec = LineSpec(
        measure=DOLLARS,
        subjects=tuple(keys),
        loose=DRAWN[1:],
        zero=True,
        width=_WIDTHS[beside],
        height=214 if beside > 2 else 250,
        name=t("Private AI investment, {economy}", economy=catalogue.name(economy)),
    )
    name = h("a", catalogue.name(economy), href=links.economy(economy), data_go=True)
    return h("div", h("h4", name), svg(lines(shown, spec, palette("css"), t)), cls="iv-panel")


def _title(apart: Sequence[Gap], catalogue: Catalogue) -> str:
    t = catalogue.t
    if not apart:
        return t("Private AI investment as each source counts it")
    gap = apart[0]
    values = {
        "economy": catalogue.say(gap.economy),
        "year": t.period(gap.period),
        "high": t.money(gap.high_usd, "USD"),
        "low": t.money(gap.low_usd, "USD"),
        "one": publisher(gap.high, t),
        "two": publisher(gap.low, t),
    }
    if gap.ratio < 1.1:
        return t("For {economy} {one} and {two} count nearly the same in {year}: {high} and {low}",
                 **values)  # fmt: skip
    if len(apart) > 1:
        return t("Counts of one year differ most for {economy}: {high} by {one}, {low} by {two} in {year}",
                 **values)  # fmt: skip
    return t("For {economy} {one} counts {high} in {year}, {two} {low}", **values)


# Tables ------------------------------------------------------------------------------------------


def rows_of(catalogue: Catalogue, members: Sequence[str]) -> pd.DataFrame:
    """Every value of every count and edition for the chosen economies and years."""
    frame = queries_investment.counts(catalogue.db, [*DRAWN, *TOLD], catalogue.as_of)
    frame = frame[frame["entity_id"].isin(list(members))]
    return in_years(frame, catalogue).reset_index(drop=True)


def _table(every: pd.DataFrame, catalogue: Catalogue) -> CardTable:
    t = catalogue.t
    frame = every.assign(
        economy=[catalogue.name(key) for key in every["entity_id"]],
        counted_by=[publisher(key, t) for key in every["indicator_id"]],
    )

    def value(x: Any, row: Row) -> str:
        return catalogue.indicators[clean(row["indicator_id"])].value(float(x), t)

    columns = (
        Column("economy", t("Economy"), strong=True),
        Column("period", t("Period"), show=lambda x, row: t.period(clean(x))),
        Column("counted_by", t("Counted by")),
        Column("edition", t("Edition"), phone=False),
        Column("value", t("Value"), "right", value, row_id="row_id"),
        Column("status", t("Status"),
               show=lambda x, row: status_word(clean(x), status_label(clean(x), t))),
        Column("note", t("Note"), lang="en", phone=False),
    )  # fmt: skip
    order = ["economy", "period", "counted_by", "edition", "value", "unit", "status", "note", "span",
             "row_id", "indicator_id", "entity_id", "source_id", "known_on"]  # fmt: skip
    return CardTable(frame[order], columns)


def definitions(catalogue: Catalogue, members: Sequence[str]) -> Card | None:
    """What each publisher counts, and its newest value for the chosen economies."""
    t = catalogue.t
    every = rows_of(catalogue, members)
    if not len(every):
        return None
    lines_ = []
    for key in (*DRAWN, *TOLD):
        rows = every[(every["indicator_id"] == key) & (every["status"] != "superseded")]
        if not len(rows) or key not in catalogue.indicators:
            continue
        item = catalogue.indicators[key]
        means, cautions = clean(item.row["definition"]), clean(item.row["method_caveats"])
        periods = sorted(rows["period"].map(clean))
        newest = rows.sort_values(["period_end", "value"]).iloc[-1]
        span = t.period(periods[0])
        if periods[0] != periods[-1]:
            span = t("{first} to {last}", first=span, last=t.period(periods[-1]))
        lines_.append(
            h(
                "tr",
                h("th", h("a", publisher(key, t), href=links.indicator(key), data_go=True),
                  h("span", item.unit(t) or item.short, cls="sub2"), scope="row"),
                h("td", h("span", t.data(means), lang=t.data_lang(means)),
                  h("span", t.data(cautions), lang=t.data_lang(cautions), cls="sub2"),
                  data_l=t("What it counts")),
                h("td", span,
                  h("span", t.n("{n} value", "{n} values", len(rows)), cls="sub2"),
                  h("span", t.n("{n} economy", "{n} economies", int(rows["entity_id"].nunique())),
                    cls="sub2"),
                  data_l=t("Here")),
                h("td", num(item.value(float(newest["value"]), t), clean(newest["row_id"])),
                  h("span", t.parts([catalogue.name(clean(newest["entity_id"])),
                                     t.period(clean(newest["period"]))]), cls="sub2"),
                  cls="r", data_l=t("Newest, largest")),
            )
        )  # fmt: skip
    caption = t("What each publisher counts")
    head = h("tr", h("th", t("Counted by"), scope="col"), h("th", t("What it counts"), scope="col"),
             h("th", t("Here"), scope="col"), h("th", t("Newest, largest"), scope="col", cls="r"))  # fmt: skip
    body = h(
        "div",
        h("table", h("caption", caption, cls="sr"), h("thead", head), h("tbody", join(lines_)),
          cls="tb iv-defs"),
        cls="tbwrap", tabindex="0", role="region", aria_label=caption,
    )  # fmt: skip
    return Card(
        id="definitions",
        title=t.n("{n} count of private money, with a definition of its own",
                  "{n} counts of private money, each with a definition of its own", len(lines_)),
        subtitle=t("Values stand in the unit of each count; the newest year of each is its own."),
        body=body,
        sources=common.sources_of(catalogue, every),
        table=_table(every, catalogue),
        actions=("table", "download", "link"),
    )  # fmt: skip


def in_years(frame: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The rows whose period ends in the chosen years."""
    if not catalogue.years:
        return frame
    first, last = catalogue.years
    ends = pd.to_datetime(frame["period_end"]).dt.year
    return frame[(ends >= (first or 0)) & (ends <= (last or 9999))]
