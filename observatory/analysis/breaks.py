"""Where a series stops comparing with itself: what editors recorded, and what the rows tell.

The rows tell three things: another maker of the number, another edition of the publication, and
(for counts and amounts) another length of period. Nothing is inferred from the values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from observatory.analysis import comparable
from observatory.model.time import parse_period

MAKER: Final = "maker"
EDITION: Final = "edition"
EXTENT: Final = "extent"

_ASKED: Final = ("origin", "edition", "span", "period_precision")
_TOLD: Final = ("entity_id", "period_end", "period", "value", *_ASKED)


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
    columns = {name: series[name].tolist() for name in _TOLD}
    rows = [dict(zip(_TOLD, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    known = [place for place, row in enumerate(rows) if not pd.isna(row["value"])]
    known.sort(key=lambda place: tuple(rows[place][name] for name in _TOLD[:3]))
    parted, whys = [False] * len(rows), [""] * len(rows)
    for before, now in pairwise(known):
        old, new = rows[before], rows[now]
        # Only where anything differs from the row before, or an editor recorded a break, is there a question.
        if old["entity_id"] == new["entity_id"] and (
            recorded or any(_text(old[name]) != _text(new[name]) for name in _ASKED)
        ):
            whys[now] = _why(old, new, recorded, flow=flow)
            parted[now] = whys[now] != ""
    return series.assign(breaks=parted, break_why=whys)


def _why(
    before: Mapping[str, Any], row: Mapping[str, Any], recorded: Sequence[Break], *, flow: bool
) -> str:
    days = tuple(pd.Timestamp(one["period_end"]).date() for one in (before, row))
    for item in recorded:
        if item.parts(str(row["entity_id"]), *days):
            return item.reason
    makers = [comparable.makers(_text(one["origin"])) for one in (before, row)]
    if all(makers) and not makers[0] & makers[1]:
        return MAKER
    editions = {_text(one["edition"]) for one in (before, row)}
    if "" not in editions and len(editions) > 1:
        return EDITION
    if _text(before["span"]) != _text(row["span"]):
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
