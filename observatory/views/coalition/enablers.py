"""The essay's three enablers for a coalition: coherence, data rules, talent; and its languages."""

from __future__ import annotations

from itertools import combinations
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, num, svg, swatch
from observatory.cards.table import table
from observatory.charts.palette import palette
from observatory.charts.svg.matrix import MatrixSpec, matrix
from observatory.db import queries, queries_coalition
from observatory.views import common, labels, links
from observatory.views.coalition.page import Coalition
from observatory.views.labels import clean
from observatory.views.measures import Catalogue
from observatory.views.policy import data as policy_data
from observatory.views.policy import words as policy_words
from observatory.views.policy.data import Book

LANGUAGE: Final = "common_crawl_language_share"
# What lapsed, was replaced or is paused binds nobody now.
OVER: Final = ("superseded", "paused", "pause_over")
AHEAD: Final = ("proposed", "ahead")


def _who(name: str, code: str) -> Safe:
    return h("a", swatch(code), " ", name, href=links.economy(code), data_go=True)


def _book(c: Coalition) -> Book:
    """Every policy known by the day, with its standing on it."""
    made_of = queries.site_counts(c.data.db, None)["data_date"].iloc[0]
    return policy_data.load(c.data.db, c.as_of, c.as_of or pd.Timestamp(made_of).date())


def instruments(c: Coalition) -> pd.DataFrame:
    """Instruments that at least two members have joined; one that stands twice (once for each side)
    is kept once. Adds `standing`: whether it holds on the day, or is only ahead or proposed."""
    found = queries_coalition.shared_instruments(c.data.db, c.members, c.as_of)
    found = found.drop_duplicates(["title", "date", "parties"]).reset_index(drop=True)
    if found.empty:
        return found.assign(standing="")
    entries = _book(c).by_id
    words = [entries[str(key)].state for key in found["policy_id"]]
    return found.assign(
        standing=["over" if word in OVER else word if word in AHEAD else "holds" for word in words]
    )


def pairs(found: pd.DataFrame) -> dict[tuple[str, str], int]:
    """How many standing instruments two members share."""
    counts: dict[tuple[str, str], int] = {}
    for parties in found.loc[found["standing"] == "holds", "parties"]:
        for pair in combinations(str(parties).split(","), 2):
            counts[pair] = counts.get(pair, 0) + 1
    return counts


def coherence_card(c: Coalition) -> Card:
    """Agreements and bodies that members already share."""
    t, found = c.t, instruments(c)
    if found.empty:
        return Card(
            id="coherence", title=t("Operational coherence"),
            empty=EmptyState(t("No instrument on file names two of these members as parties.")),
        )  # fmt: skip
    holds = found[found["standing"] == "holds"]
    whole = [row for row in holds["parties"] if len(str(row).split(",")) == len(c.members)]
    counts = pairs(found)
    every = list(combinations(sorted(c.members), 2))
    without = [pair for pair in every if not counts.get(pair)]
    title = t.n(
        "Members share {n} standing instrument",
        "Members share {n} standing instruments",
        len(holds),
    )
    standing = {
        "holds": t("stands"), "proposed": t("proposed"), "ahead": t("ahead"), "over": t("replaced or lapsed"),
    }  # fmt: skip

    def parties(value: Any, row: Any) -> Safe:
        codes = str(value).split(",")
        outside = int(row["n_parties"]) - len(codes)
        more = t.n("and {n} other", "and {n} others", outside) if outside > 0 else None
        return h("span", *(h("a", swatch(code), code, " ", href=links.economy(code), data_go=True,
                            title=c.data.name(code)) for code in codes),
                 h("span", more, cls="small muted"), cls="c-codes")  # fmt: skip

    columns = (
        Column("title", t("Instrument"), strong=True, row_id="row_id", lang="en"),
        Column("parties", t("Members in it"), show=parties),
        Column("kind", t("Kind"), show=lambda v, r: labels.policy_kind(clean(v), t), phone=False),
        Column("standing", t("State"), show=lambda v, r: standing[v]),
        Column("date", t("Date"), "right", show=lambda v, r: t.period(clean(v))),
    )
    said = [
        t.n("{n} of them includes all members.", "{n} of them include all members.", len(whole)),
        t.n(
            "{n} of {m} pairs shares none.",
            "{n} of {m} pairs share none.",
            len(without),
            m=t.number(len(every)),
        ),
    ]
    return Card(
        id="coherence",
        title=title,
        subtitle=t.sentences(said),
        body=table(
            columns, CardTable(found, columns).rows(), caption=title, unknown=t("not known")
        ),
        alt=title,
        table=CardTable(found, columns),
        sources=common.sources_of(c.data, found),
        statuses=common.statuses_of(found),
        caveat=t(
            "Only parties that a text names: a bloc such as ASEAN is not split into its members."
        ),
        actions=("table", "download", "link"),
    )


def data_rules_card(c: Coalition) -> Card:
    """Which member has which law or framework on data."""
    t = c.t
    found = queries_coalition.data_rules(c.data.db, c.members, c.as_of)
    entries = _book(c).by_id if len(found) else {}
    rows: list[dict[str, Any]] = []
    for code in c.members:
        own = found[found["economy_id"] == code]
        states = own["policy_id"].map(lambda key: entries[str(key)].state)
        laws = own[
            own["kind"].isin(["law", "regulation"]) & states.isin(["in_force", "passed", "listed"])
        ]
        first = laws if len(laws) else own
        if first.empty:
            rows.append({"economy_id": code, "label": c.data.name(code), "title": None, "row_id": None, "state": "none",
                         "kind": "", "standing": " ", "date": " ", "more": 0})  # fmt: skip
            continue
        row = first.iloc[0]
        state = "law" if len(laws) else "softer"
        rows.append(
            {"economy_id": code, "label": c.data.name(code), "title": row["title"], "row_id": row["row_id"],
             "state": state, "kind": row["kind"], "date": row["date"],
             "standing": policy_words.state(entries[str(row["policy_id"])], t),
             "more": len(own) - 1, "source_id": row["source_id"], "status": row["status"], "known_on": row["known_on"]}
        )  # fmt: skip
    frame = pd.DataFrame(rows)
    n = int((frame["state"] == "law").sum())
    title = t(
        "{n} of {m} members have a data law or regulation on file",
        n=t.number(n),
        m=t.number(len(c.members)),
    )

    def rule(value: Any, row: Any) -> Safe | str:
        if not clean(value):
            return h("span", t("none on file"), cls="muted")
        more = t.n("and {n} more", "and {n} more", int(row["more"])) if row["more"] else None
        return h(
            "span",
            num(value, row["row_id"], cls="num plain-t"),
            h("span", " ", more, cls="small muted"),
        )

    columns = (
        Column("label", t("Economy"), strong=True, show=lambda v, r: _who(v, r["economy_id"])),
        Column("title", t("Law or framework"), show=rule),
        Column("standing", t("State"), show=lambda v, r: clean(v).strip()),
        Column("date", t("Date"), "right", show=lambda v, r: t.period(clean(v)) if clean(v).strip() else ""),
    )  # fmt: skip
    sourced = frame[frame["row_id"].notna()] if "source_id" in frame else frame.iloc[0:0]
    return Card(
        id="data-rules",
        title=title,
        subtitle=t("Rules on personal data and data security, the strongest of each member"),
        body=table(
            columns, CardTable(frame, columns).rows(), caption=title, unknown=t("none on file")
        ),
        alt=title,
        table=CardTable(frame, columns),
        sources=common.sources_of(c.data, sourced) if len(sourced) else (),
        caveat=t(
            "None on file does not mean that there is none: only what sources on file say is shown."
        ),
        actions=("table", "download", "link"),
    )


def talent_card(c: Coalition) -> Card:
    """Collaboration between the members' developers, for the pairs that are counted."""
    t = c.t
    found = queries_coalition.collaboration(c.data.db, c.as_of)
    if len(found):
        # One quarter for all pairs, the newest.
        found = found[found["period_end"] == found["period_end"].max()]
    inside = found[found["entity_id"].isin(c.members) & found["counterpart_id"].isin(c.members)]
    inside = inside[inside["entity_id"] != inside["counterpart_id"]]
    every = len(list(combinations(c.members, 2)))
    counted = {frozenset((r["entity_id"], r["counterpart_id"])) for r in inside.to_dict("records")}
    gap = t.n("{n} of {m} pair is counted by the source", "{n} of {m} pairs are counted by the source",
              len(counted), m=t.number(every))  # fmt: skip
    if inside.empty:
        return Card(
            id="talent", title=t("Collaboration of developers"), subtitle=gap,
            empty=EmptyState(
                t("The source counts pairs with China, India, Japan and the United States only; no pair of these"
                  " members is among them.")
            ),
        )  # fmt: skip
    top = inside.sort_values(["value", "entity_id"], ascending=[False, True]).iloc[0]
    item = c.data.indicators[str(top["indicator_id"])]
    title = t(
        "Most collaboration among members: {one} towards {other}, {value}",
        one=c.data.say(str(top["entity_id"])), other=c.data.say(str(top["counterpart_id"])),
        value=item.value(float(top["value"]), t),
    )  # fmt: skip
    frame = inside.assign(
        label=[c.data.name(code) for code in inside["entity_id"]],
        towards=[c.data.name(code) for code in inside["counterpart_id"]],
    )
    return Card(
        id="talent",
        title=title,
        subtitle=t.parts([t("GitHub: pushes and pull requests sent towards the other economy"),
                          t.period(str(top["period"])), gap]),
        body=svg(matrix(frame, MatrixSpec(measure=item.measure(t), unknown=t("not counted"), order=c.members),
                        palette("css"), t)),
        alt=title,
        table=CardTable(frame.reset_index(drop=True), pair_columns(c.data)),
        **common.evidence(c.data, frame),
        caveat=t("Counted for pairs with China, India, Japan and the United States only; other pairs are not known."),
        method=common.method_text(item, t),
        actions=("table", "method", "download", "link"),
    )  # fmt: skip


def pair_columns(data: Catalogue) -> tuple[Column, ...]:
    """Columns of a table of pairs: label, towards, period, value."""
    t = data.t
    return (
        Column("label", t("Economy"), strong=True),
        Column("towards", t("Towards")),
        Column("period", t("Period"), show=lambda v, r: t.period(clean(v))),
        Column("value", t("Value"), "right", lambda v, r: t.exact(v, ""), row_id="row_id"),
    )


def languages_card(c: Coalition) -> Card:
    """Each member's main language on the web, as the crawl measures it."""
    t = c.t
    if LANGUAGE not in c.data.indicators:
        reason = t("This build has no language shares.")
        return Card(id="languages", title=t("Languages covered"), empty=EmptyState(reason))
    item = c.data.indicators[LANGUAGE]
    frame = c.data.section(LANGUAGE, c.members).frame
    missing = [code for code in c.members if code not in set(frame["entity_id"])]
    if frame.empty:
        return Card(
            id="languages",
            title=t("Languages covered"),
            empty=EmptyState(t("No member has a value.")),
        )
    named = frame.assign(label=[c.data.name(code) for code in frame["entity_id"]])
    low = named.iloc[-1]
    title = t(
        "Pages in the members' main languages: least for {economy}, {value} of the crawl",
        economy=c.data.say(str(low["entity_id"])), value=item.value(float(low["value"]), t),
    )  # fmt: skip
    columns = (
        Column("label", t("Economy"), strong=True, show=lambda v, r: _who(v, r["entity_id"])),
        Column("period", t("Period"), show=lambda v, r: t.period(clean(v))),
        Column("value", t("Share of pages"), "right", lambda v, r: item.value(v, t), row_id="row_id"),
    )  # fmt: skip
    return Card(
        id="languages",
        title=title,
        subtitle=t.parts(
            [
                item.name,
                t("not counted: {economies}", economies=c.names(missing)) if missing else "",
            ]
        ),
        body=table(
            columns, CardTable(named, columns).rows(), caption=title, unknown=t("not known")
        ),
        alt=title,
        table=CardTable(named, columns),
        **common.evidence(c.data, named),
        caveat=common.caveat_line(item, t),
        method=common.method_text(item, t),
        actions=("table", "method", "download", "link"),
    )
