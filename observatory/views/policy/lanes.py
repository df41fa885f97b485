"""The picture of laws and programmes over time, a lane an economy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from observatory.cards.card_model import Card, CardTable
from observatory.cards.markup import h, join, svg
from observatory.charts.palette import palette
from observatory.charts.svg.rulebook import RulebookSpec, rulebook, rulebook_parts
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS
from observatory.views import common
from observatory.views.measures import Catalogue
from observatory.views.policy import words as policy_words
from observatory.views.policy.data import EVERYBODY, Book, Entry, leads, whose
from observatory.views.policy.rows import frame_of, method, plain_columns

FIRST = 2016


def weight(entry: Entry) -> str:
    """How a mark is drawn: binding rules full, softer ones hollow, all else light."""
    if entry.level == "binding":
        return "binding"
    return "soft" if entry.level in ("coming", "draft", "soft") else "other"


def title(entries: Sequence[Entry], catalogue: Catalogue, t: Translator) -> str:
    """The year that most of what is dated is of; how much is known to the year only."""
    dated = [e for e in entries if e.period is not None and e.period.start <= e.today]
    counts = Counter(e.period.start.year for e in dated if e.period is not None).most_common(2)
    if len(dated) < 5 or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return t.n("{n} instrument over time", "{n} instruments over time", len(entries))
    return t(
        "The year with the most on file is {year}: {n} of {all} dated instruments",
        year=counts[0][0], n=t.number(counts[0][1]), all=t.number(len(dated)),
    )  # fmt: skip


def picture(catalogue: Catalogue, book: Book, entries: Sequence[Entry]) -> Card | None:
    """Every dated instrument of the choice, by economy; None for fewer than three."""
    t = catalogue.t
    shown = sorted(
        (e for e in entries if e.period is not None), key=lambda e: (whose(e), e.order())
    )
    if len(shown) < 3:
        return None
    others = t("Other economies")

    def lane(entry: Entry) -> str:
        if entry.economy_id == EVERYBODY:
            return t("Several parties")
        aside = entry.economy_id in COMPARATORS[1:] or entry.economy_id not in catalogue.economies
        return others if aside or whose(entry) >= 20 else catalogue.name(entry.economy_id)

    frame = pd.DataFrame(
        [
            {"lane": lane(e), "economy_id": "" if lane(e) == others or e.economy_id == EVERYBODY else e.economy_id,
             "period": e.date, "label": policy_words.titles(e, t)[0][0], "weight": weight(e), "row_id": e.row_id}
            for e in shown
        ]
    )  # fmt: skip
    said = title(entries, catalogue, t)
    colours, day = palette("css"), book.today.isoformat()
    wide = rulebook_parts(frame, RulebookSpec(day, FIRST, "policy-lanes", name=said), colours, t)
    narrow = rulebook(
        frame, RulebookSpec(day, FIRST + 4, "policy-lanes", width=358, name=said), colours, t
    )
    years = sum(e.period is not None and e.period.precision not in ("day", "month") for e in shown)
    undated = len(entries) - len(shown)
    kinds = (t("Binding rule"), t("Draft, guideline or standard"), t("Everything else"))
    marks = (
        h("span", h("span", cls=f"po-k po-k{n}", aria_hidden="true"), kind)
        for n, kind in enumerate(kinds, 1)
    )
    key = h("p", join(marks, " "), cls="po-key", data_slide="key")
    lines = [
        t("A dot is a day and a short bar a month."),
        t.n("{n} known to the year only is counted in a bar of that year.",
            "{n} known to the year only are counted in bars of that year.", years) if years else "",
        t.n("{n} without a date is not drawn.", "{n} without a date are not drawn.", undated) if undated else "",
    ]  # fmt: skip
    return Card(
        id="policy-lanes",
        title=said,
        subtitle=t.sentences([line for line in lines if line]),
        body=join([*(svg(part, "p-wide") for part in wide), svg(narrow, "p-narrow")]),
        alt=said,
        table=CardTable(frame_of(shown, catalogue), plain_columns(t)),
        sources=common.sources_of(catalogue, leads(shown)),
        statuses=common.statuses_of(leads(shown)),
        caveat=t("How many are on file says how much was read, not how much an economy regulates."),
        method=method(t),
        after=key,
    )
