"""Where a series stops comparing with itself: what editors recorded, and what the rows tell.

The rows tell three things: another maker of the number, another edition of the publication, and
(for counts and amounts) another length of period. Nothing is inferred from the values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from observatory.analysis import comparable
from observatory.model.time import parse_period

MAKER: Final = "maker"
EDITION: Final = "edition"
EXTENT: Final = "extent"


@dataclass(frozen=True, slots=True)
class Break:
    """A recorded break: ``starts`` None parts every two periods, ``entity_id`` None holds for all."""

    starts: str | None
    entity_id: str | None
    reason: str

    def parts(self, entity: str, before: date, now: date) -> bool:
        """Whether it lies between two neighbouring values of an entity, told by their period ends."""
        if self.entity_id and self.entity_id != entity:
            return False
        return self.starts is None or before < parse_period(self.starts).start <= now


def mark(
    series: pd.DataFrame, recorded: Sequence[Break] = (), *, flow: bool = False
) -> pd.DataFrame:
    """Add ``breaks`` (the value does not compare with the one before it) and ``break_why``.

    ``series``: entity_id, period, period_end, period_precision, span, value, origin, edition of one
    indicator; ``flow``: a longer period makes the value larger. ``break_why`` is a recorded reason,
    or one of MAKER, EDITION, EXTENT. Periods without a value are passed over: the line has a gap there.
    """
    out = series.copy()
    out["breaks"], out["break_why"] = False, ""
    order = ["entity_id", "period_end", "period"]
    known = out[out["value"].notna()].sort_values(order, kind="stable")
    before = known.shift()
    # Only where anything differs from the row before, or an editor recorded a break, is there a question.
    asked = pd.Series(bool(recorded), index=known.index)
    for name in ("origin", "edition", "span", "period_precision"):
        asked |= known[name].fillna("").astype(str) != before[name].fillna("").astype(str)
    asked &= known["entity_id"] == before["entity_id"]
    pairs = zip(
        known.index[asked],
        before[asked].to_dict("records"),
        known[asked].to_dict("records"),
        strict=True,
    )
    for index, old, new in pairs:
        why = _why(_keyed(old), _keyed(new), recorded, flow=flow)
        if why:
            out.loc[index, "breaks"] = True
            out.loc[index, "break_why"] = why
    return out


def _keyed(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in row.items()}


def _why(
    before: Mapping[str, Any], row: Mapping[str, Any], recorded: Sequence[Break], *, flow: bool
) -> str:
    days = tuple(pd.Timestamp(one["period_end"]).date() for one in (before, row))
    for item in recorded:
        if item.parts(str(row["entity_id"]), *days):
            return item.reason
    makers = [comparable.makers(_text(one.get("origin"))) for one in (before, row)]
    if all(makers) and not makers[0] & makers[1]:
        return MAKER
    editions = {_text(one.get("edition")) for one in (before, row)}
    if "" not in editions and len(editions) > 1:
        return EDITION
    if _text(before.get("span")) != _text(row.get("span")):
        return EXTENT
    if flow and before["period_precision"] != row["period_precision"]:
        return EXTENT
    return ""


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value)


def shared(
    frame: pd.DataFrame, column: str = "break_why"
) -> list[tuple[str, list[str], list[str]]]:
    """Reasons with the entities and periods they hold for: (reason, entity ids, first periods)."""
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for row in frame[frame["breaks"]].to_dict("records"):
        entities, periods = found.setdefault(str(row[column]), ({}, {}))
        entities[str(row["entity_id"])] = None
        periods[str(row["period"])] = None
    return [(why, list(who), sorted(when)) for why, (who, when) in found.items()]
