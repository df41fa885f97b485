"""Where series stop comparing with themselves, and why: no change is computed across such a point."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from observatory.analysis import breaks, comparable
from observatory.analysis.breaks import Break
from observatory.cards.markup import Safe, h
from observatory.db import queries, queries_indicator
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views.labels import clean, sentence
from observatory.views.measures import Catalogue

COLUMNS: Final = [
    "entity_id", "period", "period_end", "period_precision", "span", "value", "origin", "edition", "row_id",
]  # fmt: skip


def recorded(catalogue: Catalogue, indicator: str) -> list[Break]:
    """Breaks that editors recorded for an indicator."""
    found = catalogue.kept("breaks", lambda: records(queries_indicator.breaks(catalogue.db)))
    return [
        Break(clean(row["starts"]) or None, clean(row["entity_id"]) or None, str(row["reason"]))
        for row in found
        if row["indicator_id"] == indicator
    ]


def broken(catalogue: Catalogue) -> frozenset[str]:
    """Ids of headline values that do not compare with the value before them in their series."""
    frame = catalogue.kept("broken", lambda: _broken(catalogue))
    return frozenset(frame["row_id"])


def _broken(catalogue: Catalogue) -> pd.DataFrame:
    series = catalogue.headline_series
    ids = sorted({str(source) for source in series["source_id"].dropna()})
    sources = queries.sources_by_id(catalogue.db, ids).set_index("source_id")
    told = series.assign(
        origin=series["source_id"].map(sources["origin"]),
        edition=series["source_id"].map(sources["edition"]),
    )
    kinds = told.groupby("indicator_id")[["source_id", "span", "period_precision"]].nunique()
    # One source, one length of period, no span: nothing can differ but what editors recorded.
    plain = set(
        kinds.index[
            (kinds["source_id"] <= 1) & (kinds["span"] == 0) & (kinds["period_precision"] <= 1)
        ]
    )
    found = [
        breaks.mark(
            rows[COLUMNS],
            recorded(catalogue, str(key)),
            flow=clean(catalogue.indicators[str(key)].row["value_kind"]) in comparable.FLOWS,
        )
        for key, rows in told.groupby("indicator_id")
        if key not in plain or recorded(catalogue, str(key))
    ]
    if not found:
        return series[["row_id"]].iloc[:0]
    marked = pd.concat(found)
    return marked.loc[marked["breaks"], ["row_id"]]


def reasons(drawn: pd.DataFrame, name: Callable[[str], str], t: Translator) -> list[Safe]:
    """Why drawn lines break, one list item a reason; ``name`` gives an entity's name."""
    items: list[Safe] = []
    for why, entities, periods in breaks.shared(drawn):
        who = t.list([name(entity) for entity in entities])
        if len(entities) > 4:
            who = t.n("{n} line", "{n} lines", len(entities))
        when = t.list([t.period(period) for period in periods[:3]])
        if len(periods) > 3:
            when = t("{first} to {last}", first=t.period(periods[0]), last=t.period(periods[-1]))
        words = {"names": who, "periods": when}
        match why:
            case breaks.MAKER:
                text = t("{names}: values from {periods} on come from another publisher.", **words)
            case breaks.EDITION:
                text = t("{names}: values from {periods} on come from another edition.", **words)
            case breaks.EXTENT:
                text = t("{names}: values from {periods} on cover another length of time.", **words)
            case _:
                lead = sentence(t("{names}, from {periods} on:", **words))
                items.append(h("li", lead, " ", h("span", t.data(why), lang=t.data_lang(why))))
                continue
        items.append(h("li", text))
    return items
