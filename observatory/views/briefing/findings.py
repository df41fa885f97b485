"""Three findings for the Briefing, computed from the headline measures.

One says who gained most in a share, one who multiplied a count or an amount, one how the region
compares with the United States. Each candidate is scored by a stated rule and the best is shown;
disputed, unchecked, forecast and part-year values never enter (see analysis.cross_section).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from observatory.analysis.changes import steps
from observatory.analysis.cross_section import usable
from observatory.cards.card_model import Card, EmptyState
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.charts.svg.bars import BarSpec
from observatory.charts.svg.lines import lines
from observatory.db import queries
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.scope import SCOPE
from observatory.views import common, labels, links
from observatory.views.breaks import broken
from observatory.views.briefing.page import bars_both, both_widths
from observatory.views.compute.data import MEASURES
from observatory.views.compute.top500 import one_system
from observatory.views.measures import Catalogue, Indicator

USA = "USA"
MAX_AGE = 2
"""A finding speaks of values whose period ended at most this many years before the newest one."""


def _recent(frame: pd.DataFrame, newest: pd.Timestamp) -> pd.DataFrame:
    return frame[pd.to_datetime(frame["period_end"]) >= newest - pd.DateOffset(years=MAX_AGE)]


def movers(catalogue: Catalogue, members: Sequence[str], share: bool) -> pd.DataFrame:
    """Newest steps upwards of headline measures, largest first.

    For shares by points over the spread of the members' values, for counts and amounts by ratio.
    Only measures where at least five members have two values.
    """
    found = steps(catalogue.headline_series, members)
    if found.empty:
        return found
    newest = pd.to_datetime(catalogue.headline_series["known_on"]).max()
    found = _recent(found[~found["row_id"].isin(broken(catalogue))], newest)
    kinds = {key: item.row["value_kind"] for key, item in catalogue.indicators.items()}
    context = {key for key, item in catalogue.indicators.items() if item.row["domain"] == "context"}
    kind = found["indicator_id"].map(kinds)
    found = found[(kind == "share") if share else kind.isin(["count", "money", "physical"])]
    found = found[~found["indicator_id"].isin(context) & (found["change"] > 0)]
    wide = found.groupby("indicator_id")["entity_id"].transform("nunique") >= 5
    found = found[wide].copy()
    if found.empty:
        return found
    if share:
        spread = found.groupby("indicator_id")["value"].transform(lambda v: v.max() - v.min())
        found["weight"] = found["change"] / spread.where(spread > 0)
    else:
        # A small count multiplies by nature: it must matter among the members' totals.
        total = found.groupby("indicator_id")["value"].transform("sum")
        found["weight"] = found["ratio"].where(found["value"] >= 0.05 * total)
    return found.dropna(subset=["weight"]).sort_values(
        ["weight", "indicator_id"], ascending=[False, True]
    )


def gain(
    catalogue: Catalogue, members: Sequence[str], share: bool, card_id: str, width: float
) -> Card | None:
    """Who gained most in one measure, with the members' lines."""
    found = movers(catalogue, members, share)
    if found.empty:
        return None
    top = found.iloc[0]
    t, item = catalogue.t, catalogue.indicators[top["indicator_id"]]
    economy = str(top["entity_id"])
    if share:
        best = item.change(top["change"], t)
        title = t(
            "{economy} gained most in {measure}: {change} since {period}",
            economy=catalogue.say(economy),
            measure=item.short,
            change=best,
            period=t.period(str(top["old_period"])),
        )
    else:
        title = t(
            "{economy} rose from {old} to {new} in {measure} since {period}",
            economy=catalogue.say(economy),
            old=item.measure(t).bare(top["old_value"], t),
            new=item.value(top["value"], t),
            measure=item.short,
            period=t.period(str(top["old_period"])),
        )
    title = labels.sentence(title)
    said, mostly = common.subtitle(item, None, t), _mostly(catalogue, top)
    frame = usable(catalogue.series(item.id))
    frame = frame[frame["entity_id"].isin(list(members))]
    leader = catalogue.section(item.id, members).leader()
    subjects = tuple(
        dict.fromkeys([economy, *([str(leader["entity_id"])] if leader is not None else [])])
    )
    spec = LineSpec(
        measure=item.measure(t),
        subjects=subjects,
        step=str(item.row["frequency"]) == "half-yearly",
        width=width,
        height=270,
        name=title,
    )
    return Card(
        id=card_id,
        title=title,
        subtitle=t.sentences([said, mostly]) if mostly else said,
        body=both_widths(
            lambda wide: lines(frame, replace(spec, width=wide), palette("css"), t), width
        ),
        alt=title,
        table=common.value_table(catalogue, item, frame.sort_values(["label", "period_end"])),
        **common.evidence(catalogue, frame),
        caveat=common.caveat_line(item, t),
        method=common.method_text(item, t, [_rule(share, catalogue)]),
        receipt=str(top["row_id"]),
        href=links.indicator(item.id),
        title_lines=3,
    )


def _mostly(catalogue: Catalogue, top: pd.Series) -> str:
    """Whether one system is most of a sum of the TOP500's newest list; empty for other measures."""
    if top["indicator_id"] != MEASURES["rmax"]:
        return ""
    code = str(top["entity_id"])
    newest = queries.supercomputers(catalogue.db, economy=code, as_of=catalogue.as_of)
    listed = [row for row in records(newest) if str(row["list_date"]) == str(top["period"])]
    return one_system(catalogue, listed, code, float(top["value"]))


def _rule(share: bool, catalogue: Catalogue) -> str:
    t = catalogue.t
    if share:
        return t(
            "Chosen by rule: of all headline shares with two values in at least five economies, the newest "
            "rise that is largest against the spread between economies."
        )
    return t(
        "Chosen by rule: of all headline counts and amounts with two values in at least five economies, the "
        "newest rise by the largest factor among values of at least 5 % of the group's total."
    )


def against_usa(
    catalogue: Catalogue, members: Sequence[str], card_id: str, width: float
) -> Card | None:
    """The measure in which the region's leader and the United States are closest, as bars."""
    best: tuple[float, Indicator, pd.DataFrame] | None = None
    newest = pd.to_datetime(catalogue.headline_series["known_on"]).max()
    for key in catalogue.headline_ids:
        item = catalogue.indicators[key]
        if item.row["value_kind"] not in ("count", "money", "physical") or item.row["domain"] in (
            "context",
            "compute",
        ):
            continue
        section = catalogue.section(key, (*members, USA))
        own = catalogue.section(key, members)
        usa, leader = section.value(USA), own.leader()
        if usa is None or leader is None or not section.period or not usa or not leader["value"]:
            continue
        if pd.Timestamp(leader["period_end"]) < newest - pd.DateOffset(years=MAX_AGE):
            continue
        gap = abs(float(leader["value"]) - usa) / max(float(leader["value"]), usa)
        if best is None or gap < best[0]:
            best = (gap, item, section.frame)
    if best is None:
        return None
    _, item, frame = best
    t = catalogue.t
    order = frame.sort_values("value", ascending=False).reset_index(drop=True)
    usa = float(order.loc[order["entity_id"] == USA, "value"].iloc[0])
    leader = order[order["entity_id"] != USA].iloc[0]
    count = item.row["value_kind"] == "count"
    words = {
        "economy": catalogue.say(str(leader["entity_id"])),
        "usa": catalogue.say(USA),
        "measure": item.short,
        # The name of a count says its unit: "ICLR papers: 2,371 against 2,355".
        "one": item.number(float(leader["value"]), t) if count else item.value(leader["value"], t),
        "two": item.number(usa, t) if count else item.value(usa, t),
    }
    title = (
        t("{economy} is ahead of {usa} in {measure}: {one} against {two}", **words)
        if float(leader["value"]) > usa
        else t("{economy} comes closest to {usa} in {measure}: {one} against {two}", **words)
    )
    title = labels.sentence(title)
    spec = BarSpec(
        measure=item.measure(t),
        subjects=(str(leader["entity_id"]),),
        most=8,
        width=width,
        name=title,
    )
    return Card(
        id=card_id,
        title=title,
        subtitle=common.subtitle(item, str(order["period"].iloc[0]), t),
        body=bars_both(order, spec, t),
        alt=title,
        table=common.value_table(catalogue, item, order),
        **common.evidence(catalogue, order),
        caveat=common.caveat_line(item, t),
        method=common.method_text(
            item,
            t,
            [
                t(
                    "Chosen by rule: of all headline counts and amounts with one common period, the one in which the "
                    "group's leader and the United States are closest."
                )
            ],
        ),
        receipt=str(leader["row_id"]),
        href=links.indicator(item.id),
        title_lines=3,
    )


def findings(
    catalogue: Catalogue, members: Sequence[str] = SCOPE, width: float = 402
) -> list[Card]:
    """Three cards; one says so where the members hold too few values for its rule."""
    t = catalogue.t
    cards = [
        (
            "finding-share",
            gain(catalogue, members, True, "finding-share", width),
            t("Largest rise of a share"),
        ),
        (
            "finding-count",
            gain(catalogue, members, False, "finding-count", width),
            t("Largest rise of a count or amount"),
        ),
        (
            "finding-usa",
            against_usa(catalogue, members, "finding-usa", width),
            t("Against the United States"),
        ),
    ]
    return [card or _nothing(key, title, t) for key, card, title in cards]


def _nothing(card_id: str, title: str, t: Translator) -> Card:
    reason = t(
        "Too few values of this group are on file for this finding: it needs five economies with two values each, "
        "or one common period with the United States."
    )
    return Card(id=card_id, title=title, empty=EmptyState(reason=reason, title=title))
