"""What the checks of the build found, why it was accepted, and which columns stay empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Child, Safe, h, icon, join
from observatory.cards.table import table
from observatory.db import queries_evidence
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import evidence_parts as ev
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]


def check_name(word: str, t: Translator) -> str:
    """What a check looks for."""
    match word:
        case "jump":
            return t("Neighbouring periods more than five times apart")
        case "outlier":
            return t("A value a hundred times off its own series")
        case "unit-slip":
            return t("Values a power of ten apart: a slip of the unit?")
        case "deal-slip":
            return t("Sources of one deal a power of ten apart")
        case "near-duplicate-deal":
            return t("Two deals that look like one")
        case "near-name":
            return t("Two organisations with one name")
        case "fx-missing":
            return t("No exchange rate for an amount")
        case "break-idle":
            return t("A recorded break that parts nothing")
        case _:
            return word.replace("-", " ").capitalize()


def checks_card(data: Catalogue) -> Card:
    """Findings by check, each with its place and the reason why it stands."""
    t = data.t
    frame = queries_evidence.checks(data.db)
    rows = records(frame)
    opened = [row for row in rows if not clean(row["accepted_because"])]
    errors = sum(row["severity"] == "error" for row in rows)
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(str(row["check_name"]), []).append(row)
    if not rows:
        heading = t("The checks of this build found nothing to look at")
    elif opened:
        heading = t.n(
            "{n} finding of the checks is open", "{n} findings of the checks are open", len(opened)
        )
    else:
        heading = t.n("The checks found {n} oddity, looked at and explained",
                      "The checks found {n} oddities, each looked at and explained", len(rows))  # fmt: skip
    blocks = [
        _group(name, found, t)
        for name, found in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]
    return Card(
        id="checks",
        title=heading,
        subtitle=t(
            "Errors stop a build: {errors} in this one. Oddities that turn out right stay, with the reason an editor"
            " gave.",
            errors=t.number(errors),
        ),
        body=h("div", *blocks, cls="so-checks"),
        table=CardTable(
            frame,
            (
                Column("check_name", t("Check"), show=lambda v, row: check_name(clean(v), t), strong=True),
                Column("place", t("Place in the files"), lang="en"),
                Column("message", t("Finding"), lang="en"),
                Column("accepted_because", t("Why it stands"), lang="en"),
            ),
        ),
        method=t(
            "Every row is read into a typed record, and every reference, unit, period, currency and range is checked."
            " What can only be an error stops the build and the last good one stays on the site. What may be right is"
            " listed until an editor has looked at it; the reason is kept in the data files."
        ),
        actions=("table", "method", "download"),
        level=2,
    )  # fmt: skip


def _group(name: str, rows: list[dict[str, Any]], t: Translator) -> Safe:
    """One check: its findings under the reasons given, the commonest reason first."""
    reasons = Counter(clean(row["accepted_because"]) for row in rows)
    parts = []
    for reason, n in reasons.most_common():
        mine = [row for row in rows if clean(row["accepted_because"]) == reason]
        lines = [
            h("li", h("code", clean(row["place"])), " ", clean(row["message"])) for row in mine[:40]
        ]
        more = (
            h("li", t.n("and {n} more, in the table", "and {n} more, in the table", n - 40))
            if n > 40
            else None
        )
        why = reason or t("not explained yet")
        parts.append(
            h("details",
              h("summary", h("span", why, lang="en" if reason else None), " ",
                h("span", t.n("{n} finding", "{n} findings", n), cls="muted")),
              h("ul", *lines, more, lang="en"))
        )  # fmt: skip
    mark = (
        icon("check_circle")
        if all(clean(row["accepted_because"]) for row in rows)
        else icon("help")
    )
    return h(
        "section",
        h("h3", mark, check_name(name, t), h("span", t.number(len(rows)), cls="muted")),
        *parts,
    )


def _what(what: str, t: Translator) -> str:
    match what:
        case "policy_topics":
            return t("Topic of a policy")
        case "policy_parties":
            return t("Parties of a policy")
        case "policy_relations":
            return t("What a policy replaces, amends or carries out")
        case "effective_from":
            return t("Day on which a policy takes effect")
        case "issuer_org_id":
            return t("Body that issued a policy")
        case "deal_parties":
            return t("Payer or investor of a deal, matched to an organisation or government")
        case "amount":
            return t("Amount of a deal")
        case "host_economy":
            return t("Where the money of a deal is to be spent")
        case "released":
            return t("Release date of a model")
        case "params_b":
            return t("Number of parameters of a model")
        case "open_weights":
            return t("Whether the weights of a model are open")
        case "model_id":
            return t("Test score joined to a model on file")
        case "power_mw":
            return t("Power of an AI cluster")
        case "published":
            return t("Day on which a source was published")
        case _:
            return t("Language of a source")


def empty_card(data: Catalogue) -> Card:
    """Columns that the rows' own texts could not fill."""
    t = data.t
    frame = queries_evidence.empty(data.db, data.as_of)
    frame = frame[frame["total"] > 0].assign(
        share=lambda f: f["empty"] / f["total"],
        thing=lambda f: [_what(str(w), t) for w in f["what"]],
    )
    frame = frame.sort_values(["share", "what"], ascending=[False, True]).reset_index(drop=True)

    def share(value: Any, row: Row) -> Safe:
        wide = f"width:{100 * float(value):.1f}%"
        return join([t.percent(100 * float(value), 0),
                     h("span", h("i", style=wide), cls="so-bar", aria_hidden="true")])  # fmt: skip

    columns = (
        Column("thing", t("What is not known"), strong=True),
        Column("empty", t("Not known"), "right", lambda v, row: t.number(int(v))),
        Column("total", t("Of"), "right", lambda v, row: t.number(int(v))),
        Column("share", t("Share"), show=share),
    )
    total = int(frame["empty"].sum())
    return Card(
        id="empty",
        title=t("{n} cells stay empty because no text on file fills them", n=t.number(total)),
        subtitle=t("Filled from the rows’ own texts and sources only, never by guessing."),
        body=table(columns, records(frame), caption=t("What is not known"), cls="so-empty"),
        table=CardTable(
            pd.DataFrame(frame[["thing", "table_name", "what", "empty", "total", "share"]]), columns
        ),
        method=t(
            "A deal without a payer that can be matched still names its parties as printed. Joint work on code is"
            " known towards China, India, Japan and the United States only: the source gives no other pairs."
        ),
        actions=("table", "method", "download"),
        level=2,
    )


def build_card(data: Catalogue) -> Card:
    """The build that serves the page: its id, day, content and how many rows of each table."""
    t = data.t
    build = data.db.build
    rows = sum(build.tables.get(kind, 0) for kind in ev.KINDS)
    counts = [(kind, build.tables.get(kind, 0)) for kind in ev.KINDS if build.tables.get(kind, 0)]
    pairs: list[tuple[str, Child]] = [
        (t("Build"), h("code", build.build_id)),
        (
            t("Built at"),
            t("{day}, {time} UTC", day=t.date(build.built_at[:10]), time=build.built_at[11:16]),
        ),
        (t("Content"), h("code", build.content_hash[:16])),
        (
            t("Licence"),
            t("open rows only") if build.licence == "open" else t("all rows, for the site"),
        ),
        (t("Rows"), t.list([ev.kind_count(kind, n, t) for kind, n in counts])),
    ]
    return Card(
        id="build",
        title=t("This build holds {n} rows in {k} tables", n=t.number(rows), k=t.number(len(counts))),
        subtitle=t("The same files always give the same content; builds are kept and can be named in a link."),
        body=h("dl", *(join([h("dt", a), h("dd", b)]) for a, b in pairs), cls="so-about"),
        actions=("link",),
        level=2,
    )  # fmt: skip
