"""Supercomputers on the TOP500: by economy over time, each system, whose accelerators they use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join, num, swatch
from observatory.cards.table import table
from observatory.charts.palette import palette
from observatory.charts.svg.counts import CountsSpec, counts_grid
from observatory.i18n import Translator
from observatory.model.scope import SCOPE
from observatory.views import common, links
from observatory.views.briefing.page import both_widths
from observatory.views.compute.data import MEASURES, Choice, Machines, Row, maker_of, measure_name
from observatory.views.compute.parts import bars_card, lines_card, nothing, unbuilt
from observatory.views.economy.lists import company
from observatory.views.labels import clean, sentence
from observatory.views.measures import Catalogue

SHOWN: Final = 15
FEWEST: Final = 5
"""Systems that name an accelerator from which on there is a finding."""


def caveat(t: Translator) -> str:
    """What the list is not."""
    return t(
        "Entry is voluntary: Chinese sites have submitted little since about 2020 and most cloud firms never did, so"
        " the list is no measure of a country’s compute."
    )  # fmt: skip


def course_card(catalogue: Catalogue, c: Choice, members: Sequence[str]) -> Card:
    """The chosen measure over all lists since 2015."""
    t, key = catalogue.t, MEASURES[c.measure]
    if key not in catalogue.indicators:
        return unbuilt(key.replace("_", "-"), measure_name(c.measure, t), t)
    section = catalogue.section(key, members)
    leader = section.leader()
    title = ""
    if leader is not None:
        item = catalogue.indicators[key]
        title = t(
            "{economy} lists the most: {value} on the list of {period}",
            economy=labels_start(catalogue, str(leader["entity_id"])), value=item.value(float(leader["value"]), t),
            period=t.period(str(leader["period"])),
        )  # fmt: skip
    return lines_card(
        catalogue, key, members, log=c.measure == "rmax", title=title, caveat=caveat(t)
    )


def labels_start(catalogue: Catalogue, code: str) -> str:
    """An economy at the start of a sentence."""
    name = catalogue.say(code)
    return sentence(name)


def one_system(catalogue: Catalogue, listed: Sequence[Row], code: str, total: float) -> str:
    """Which system of one list makes more than half of an economy's sum, in a sentence; empty if none."""
    own = [row for row in listed if clean(row["economy_id"]) == code]
    best = max(own, key=lambda row: float(row["rmax_pflops"]), default=None)
    if best is None or float(best["rmax_pflops"]) <= 0.5 * total:
        return ""
    t, share = catalogue.t, 100 * float(best["rmax_pflops"]) / total
    return t(
        "One system, {system}, makes {share} of the sum of {economy}", system=clean(best["system"]),
        share=t.percent(share, 0), economy=catalogue.say(code),
    )  # fmt: skip


def newest_card(
    catalogue: Catalogue, machines: Machines, c: Choice, members: Sequence[str]
) -> Card:
    """The same measure on the newest list; a system that makes most of the leader's sum is named."""
    t, key = catalogue.t, MEASURES[c.measure]
    if key not in catalogue.indicators:
        return unbuilt("newest", measure_name(c.measure, t), t)
    leader, title = catalogue.section(key, members).leader(), ""
    if leader is not None and c.measure == "rmax":
        code, total = str(leader["entity_id"]), float(leader["value"])
        title = one_system(catalogue, machines.of_list(str(leader["period"])), code, total)
    return bars_card(catalogue, key, members, caveat=caveat(t), card_id="newest", title=title)


def finding(machines: Machines, c: Choice, members: Sequence[str], catalogue: Catalogue) -> str:
    """The system that stands highest on the chosen list; empty where none is on file."""
    rows = [row for row in machines.of_list(c.edition) if clean(row["economy_id"]) in members]
    return highest(rows[0], catalogue) if rows else ""


def highest(first: Row, catalogue: Catalogue) -> str:
    """One sentence on the first system of a list."""
    t = catalogue.t
    return t(
        "{system} in {economy} stands highest: {place} with {value} PFLOP/s",
        system=clean(first["system"]), economy=catalogue.say(clean(first["economy_id"])),
        place=t.ordinal(int(first["rank"])), value=t.number(float(first["rmax_pflops"]), 0),
    )  # fmt: skip


def systems_card(
    catalogue: Catalogue, machines: Machines, c: Choice, members: Sequence[str]
) -> Card:
    """Every system of one list that is on file, best rank first."""
    t = catalogue.t
    rows = [dict(row) for row in machines.of_list(c.edition) if clean(row["economy_id"]) in members]
    title = t("Named systems")
    if not rows:
        return nothing(
            "systems", title, t("No system of these economies is on file for this list."), t
        )
    counted = _counted(catalogue, c.edition, members)
    for row in rows:
        row["economy"] = catalogue.name(clean(row["economy_id"]))
    columns = _columns(catalogue)
    body = table(columns, rows[:SHOWN], caption=title, unknown=t("none stated"), cls="cp-systems")
    if rows[SHOWN:]:
        more = t.n("{n} more system", "{n} more systems", len(rows) - SHOWN)
        rest = table(
            columns, rows[SHOWN:], caption=title, unknown=t("none stated"), cls="cp-systems"
        )
        body = body + h("details", h("summary", more), rest, cls="co-more")
    frame = pd.DataFrame(rows)
    plain = (
        Column("rank", t("Rank"), "right"), Column("system", t("System"), strong=True, lang="en"),
        Column("site", t("Site"), lang="en"), Column("economy", t("Economy")),
        Column("vendor", t("Maker"), lang="en"), Column("accelerator", t("Accelerator"), lang="en"),
        Column("rmax_pflops", t("PFLOP/s"), "right", lambda v, row: t.exact(v, ""), row_id="row_id"),
    )  # fmt: skip
    return Card(
        id="systems",
        title=t(
            "List of {period}: {n} of the {m} systems that the list counts in these economies are on file",
            period=t.period(c.edition), n=t.number(len(rows)), m=t.number(max(counted, len(rows))),
        ),
        body=body,
        table=CardTable(frame, plain),
        **common.evidence(catalogue, frame),
        caveat=t("PFLOP/s in 64-bit numbers, not those of AI work. Of older lists only the top or a part is on file."),
        actions=("receipt", "table", "download", "link"),
    )  # fmt: skip


def _counted(catalogue: Catalogue, edition: str, members: Sequence[str]) -> int:
    if "top500_systems" not in catalogue.indicators:
        return 0
    series = catalogue.series("top500_systems")
    rows = series[(series["period"] == edition) & series["entity_id"].isin(list(members))]
    return int(rows["value"].fillna(0).sum())


def _columns(catalogue: Catalogue) -> tuple[Column, ...]:
    t = catalogue.t

    def system(value: Any, row: Row) -> Safe:
        name = h("span", clean(row["system"]), lang="en")
        if clean(row["site_org_id"]):
            place = company({**row, "org_id": row["site_org_id"]}, t, prefix="org_")
        else:
            place = h("span", clean(row["site"]), lang="en")
        return join([name, h("span", place, cls="mo-e")])

    def economy(value: Any, row: Row) -> Safe:
        code = clean(row["economy_id"])
        return join(
            [swatch(code), h("a", catalogue.name(code), href=links.economy(code), data_go=True)]
        )

    return (
        Column("rank", t("Rank"), "right", lambda v, row: t.number(v)),
        Column("system", t("System and site"), show=system, strong=True),
        Column("economy", t("Economy"), show=economy),
        Column("vendor", t("Maker"), lang="en", phone=False),
        Column("accelerator", t("Accelerator"), lang="en", phone=False),
        Column(
            "rmax_pflops", t("PFLOP/s"), "right", lambda v, row: num(t.number(v, 1), row["row_id"])
        ),
    )


def makers_card(
    catalogue: Catalogue, machines: Machines, c: Choice, members: Sequence[str]
) -> Card:
    """Whose accelerators the listed systems use, by economy."""
    t = catalogue.t
    rows = [row for row in machines.of_list(c.edition) if clean(row["economy_id"]) in members]
    found = [(clean(row["economy_id"]), maker_of(clean(row["accelerator"]))) for row in rows]
    named = [pair for pair in found if pair[1]]
    title = t("Whose accelerators they use")
    if not named:
        return nothing("makers", title, t("No system of this list names an accelerator."), t)
    makers = [maker for maker, _ in Counter(maker for _, maker in named).most_common()]
    order = [code for code in SCOPE if any(code == one for one, _ in found)]
    keys = [*makers, ""]
    label = {"other": t("Another maker"), "": t("No name given")}
    counts = Counter(found)
    frame = pd.DataFrame(
        [{"row": code, "column": key or "none", "value": counts[code, key], "label": catalogue.name(code),
          "maker": label.get(key, key)} for code in order for key in keys if counts[code, key]]
    )  # fmt: skip
    first = makers[0]
    n = sum(maker == first for _, maker in named)
    said = title
    if len(named) >= FEWEST:
        said = t(
            "{n} of the {m} listed systems that name an accelerator use {maker}’s",
            n=t.number(n), m=t.number(len(named)), maker=label.get(first, first),
        )  # fmt: skip

    def draw(width: float) -> str:
        spec = CountsSpec(rows=[(code, catalogue.name(code)) for code in order],
                          columns=[(key or "none", label.get(key, key)) for key in keys], total=t("All"), width=width,
                          name=said)  # fmt: skip
        return counts_grid(frame, spec, palette("css"), t)

    behind = pd.DataFrame(rows)
    return Card(
        id="makers",
        title=said,
        subtitle=t(
            "Systems on file of the list of {period}, by economy and maker of the accelerator",
            period=t.period(c.edition),
        ),
        body=both_widths(draw, 1280),
        alt=said,
        table=CardTable(
            behind[["system", "economy_id", "accelerator", "row_id", "source_id"]].reset_index(drop=True),
            (Column("system", t("System"), strong=True, row_id="row_id", lang="en"),
             Column("economy_id", t("Economy"), show=lambda v, row: catalogue.name(clean(v))),
             Column("accelerator", t("Accelerator"), lang="en")),
        ),
        sources=common.sources_of(catalogue, behind),
        statuses=common.statuses_of(behind),
        caveat=t("The maker is read from the name on the list; a system without a name may still hold accelerators."),
    )  # fmt: skip
