"""Numbered events on an economy's charts: the few that matter most to a pillar."""

from __future__ import annotations

from math import log10
from typing import Any

import pandas as pd

from observatory.db import queries
from observatory.i18n import Translator
from observatory.model.time import parse_period
from observatory.views import labels
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

MOST = 4
_PILLAR_KINDS = {
    "compute": ("capex_plan", "public_fund", "debt", "programme", "regulation"),
    "capital": ("round", "strategic", "public_fund", "listed", "m_and_a"),
    "models": ("programme", "law", "public_fund", "strategy"),
    "adoption": ("law", "strategy", "programme", "plan"),
    "research": ("strategy", "programme", "institution"),
    "talent": ("strategy", "programme", "plan"),
    "governance": ("law", "regulation", "institution"),
}


def markers(catalogue: Catalogue, economy: str, pillar: str, known: pd.DataFrame) -> pd.DataFrame:
    """Up to four events inside the chart's time, oldest first.

    Columns: period, label, row_id, lang. ``known``: the economy's values that the chart shows.
    """
    ends = pd.to_datetime(known["period_end"])
    starts = pd.to_datetime(known["period_start"])
    first, last = starts.min(), ends.max()
    # Events stand between the middles of the first and the last period, where the axis ends.
    last = last - (last - starts[ends == last].min()) / 2
    frame = queries.events(catalogue.db, first.date(), last.date(), catalogue.as_of, [economy])
    middles = [
        (begin.toordinal() + end.toordinal()) / 2 for begin, end in zip(starts, ends, strict=True)
    ]
    low, high = min(middles), max(middles)
    rows: list[dict[str, Any]] = []
    for raw in frame.to_dict("records"):
        row = {str(k): v for k, v in raw.items()}
        weight = _weight(row, pillar)
        if weight <= 0 or len(clean(row["date"])) < 7:
            continue
        # The chart draws and numbers an event at the middle of its day or month.
        covers = parse_period(clean(row["date"]))
        at = (covers.start.toordinal() + covers.end.toordinal()) / 2
        if low <= at <= high:
            rows.append(
                {**row, "weight": weight, "at": at, "recent": pd.Timestamp(row["date_start"])}
            )
    rows.sort(key=lambda row: (-row["weight"], -row["recent"].toordinal(), row["event_id"]))
    chosen: list[dict[str, Any]] = []
    for row in rows:
        if all(abs((row["recent"] - other["recent"]).days) > 20 for other in chosen):
            chosen.append(row)
        if len(chosen) == MOST:
            break
    chosen.sort(key=lambda row: (row["at"], clean(row["date"])))
    t = catalogue.t
    return pd.DataFrame(
        [
            {
                "period": clean(row["date"]),
                "label": _label(row, t),
                "row_id": clean(row["row_id"]),
                "lang": "en" if row["kind"] not in ("deal", "ipo") else "",
            }
            for row in chosen
        ],
        columns=["period", "label", "row_id", "lang"],
    )


def _weight(row: dict[str, Any], pillar: str) -> float:
    kind, sub = clean(row["kind"]), clean(row["subkind"])
    if clean(row["status"]) in ("unchecked", "superseded", "disputed"):
        return 0.0
    near = 2.0 if sub in _PILLAR_KINDS.get(pillar, ()) else 0.0
    match kind:
        case "deal":
            usd = row["usd"]
            return log10(usd / 2e8) + near if usd == usd and usd is not None and usd >= 5e8 else 0.0
        case "ipo":
            return 1.2 + near if sub == "listed" else 0.0
        case "export_control":
            return 2.2 + (1.5 if pillar in ("compute", "models") else 0.0)
        case "policy":
            base = {"law": 2.0, "regulation": 1.5, "strategy": 1.6, "programme": 1.0}.get(sub, 0.0)
            return base + near if base else 0.0
        case _:
            return 0.0


def _label(row: dict[str, Any], t: Translator) -> str:
    kind, sub = clean(row["kind"]), clean(row["subkind"])
    name = labels.org_name(row["org_name"], row["org_native_name"], row["org_language"], t).main
    if kind == "deal":
        return t(
            "{company}: {kind}, {amount}",
            company=name,
            kind=labels.deal_kind(sub, t),
            amount=t.money(row["usd"], "USD"),
        )
    if kind == "ipo":
        return t("{company}: {stage}", company=name, stage=labels.stage(sub, t))
    title = clean(row["title"])
    return title if len(title) <= 60 else title[:59].rstrip() + "…"
