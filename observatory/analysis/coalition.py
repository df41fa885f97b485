"""What economies hold together, what one more would add, and what must not be added.

A measure is pooled by its own rule: "sum" where the numbers of economies may be added, "max" where
the best member stands for all, else only the range of the members is told: shares, indices and
counts that hold joint work would count things twice. A member without a value adds nothing and is
named; nothing is put in its place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

Rule = Literal["sum", "max", "range"]
# A candidate is placed if at least this share of the measures in question has a value for it.
KNOWN_SHARE: Final = 0.5


@dataclass(frozen=True)
class Pool:
    """One measure for a coalition. ``parts`` has the members' rows, largest first (entity_id, value,
    row_id, period and what else the cross-section carries); ``total`` is None where nothing may be
    said: no member has a value, or the rule is "range"."""

    indicator_id: str
    rule: Rule
    parts: pd.DataFrame
    total: float | None
    missing: tuple[str, ...]
    periods: tuple[str, ...]
    higher_is_better: bool = True

    @property
    def low(self) -> float | None:
        return None if self.parts.empty else float(self.parts["value"].min())

    @property
    def high(self) -> float | None:
        return None if self.parts.empty else float(self.parts["value"].max())

    @property
    def leader(self) -> str | None:
        """The member that brings most; None where the first place is shared or nobody has a value."""
        if self.parts.empty:
            return None
        best = best_of(self.parts["value"], self.higher_is_better)
        first = self.parts[self.parts["value"] == best]
        return str(first["entity_id"].iloc[0]) if len(first) == 1 else None

    def against(self, rival: float | None) -> float | None:
        """The pool over a rival's value; None without either or against zero."""
        if self.total is None or rival is None or rival <= 0:
            return None
        return self.total / rival


def rule_of(aggregation: str) -> Rule:
    """How values of a measure may be put together, by its aggregation rule."""
    if aggregation == "sum":
        return "sum"
    return "max" if aggregation == "max" else "range"


def best_of(values: pd.Series, higher_is_better: bool) -> float:
    """The best value: the largest, or the smallest where less is better."""
    return float(values.max() if higher_is_better else values.min())


def pool(
    indicator_id: str,
    section: pd.DataFrame,
    members: Sequence[str],
    rule: Rule,
    higher_is_better: bool = True,
) -> Pool:
    """One measure of some members. ``section`` has one row an economy: entity_id, value, period."""
    wanted = list(dict.fromkeys(members))
    parts = section[section["entity_id"].isin(wanted) & section["value"].notna()]
    parts = parts.drop_duplicates("entity_id").sort_values(
        ["value", "entity_id"], ascending=[not higher_is_better if rule == "max" else False, True]
    )
    have = set(parts["entity_id"])
    total: float | None = None
    if rule == "sum" and len(parts):
        total = float(parts["value"].sum())
    elif rule == "max" and len(parts):
        total = best_of(parts["value"], higher_is_better)
    return Pool(
        indicator_id,
        rule,
        parts.reset_index(drop=True),
        total,
        tuple(member for member in wanted if member not in have),
        tuple(sorted(set(parts["period"].astype(str)))),
        higher_is_better,
    )


def added(current: Pool, value: float) -> float:
    """The pool's total if an economy with ``value`` joined; ValueError for a range."""
    if current.rule == "range":
        raise ValueError(f"{current.indicator_id}: values of economies are not added")
    if current.total is None:
        return value
    if current.rule == "sum":
        return current.total + value
    better = max if current.higher_is_better else min
    return better(current.total, value)


def gap_closed(current: Pool, value: float, rival: float) -> float | None:
    """Share of the distance to the rival that an economy with ``value`` would close, 0 to 1.

    None where the pool is level with the rival or past it: there is no gap to close. For measures
    where less is better the distance runs the other way.
    """
    have = current.total
    if have is None:
        have = 0.0 if current.higher_is_better else None
    if have is None:
        return None
    sign = 1.0 if current.higher_is_better else -1.0
    gap = (rival - have) * sign
    if gap <= 0:
        return None
    gain = (added(current, value) - have) * sign
    return min(max(gain / gap, 0.0), 1.0)


def contributions(
    pools: Mapping[str, Pool],
    sections: Mapping[str, pd.DataFrame],
    candidates: Collection[str],
    rival: str,
) -> pd.DataFrame:
    """What each candidate would add to each pooled measure.

    Columns: entity_id, indicator_id, value (null where unknown), row_id, growth (new total over the
    old one, minus 1; null without an old total), closed (share of the gap to the rival closed; null
    without a gap or without the rival's value).
    """
    rows: list[tuple[str, str, float | None, str, float | None, float | None]] = []
    for indicator_id, current in pools.items():
        if current.rule == "range":
            continue
        known = {
            str(row["entity_id"]): (float(row["value"]), str(row["row_id"]))
            for row in sections[indicator_id].dropna(subset=["value"]).to_dict("records")
        }
        for economy in candidates:
            if economy not in known:
                rows.append((economy, indicator_id, None, "", None, None))
                continue
            value, row_id = known[economy]
            growth = added(current, value) / current.total - 1 if current.total else None
            closed = gap_closed(current, value, known[rival][0]) if rival in known else None
            rows.append((economy, indicator_id, value, row_id, growth, closed))
    frame = pd.DataFrame(
        rows, columns=["entity_id", "indicator_id", "value", "row_id", "growth", "closed"]
    )
    return frame.astype({"value": "float64", "growth": "float64", "closed": "float64"})


def invitations(
    found: pd.DataFrame, pillar_of: Mapping[str, str], open_gaps: Collection[str]
) -> pd.DataFrame:
    """Candidates by the share of the gaps they would close, best first.

    ``found`` is of `contributions`; ``open_gaps`` are the measures with a gap. The score is the mean
    over pillars of the mean over the pillar's measures, so that a pillar with many measures weighs
    like one with few. Columns: entity_id, closed, n (measures with a value), of; a candidate with a
    value in under half of the measures has no score and stands last.
    """
    wanted = [key for key in open_gaps if key in pillar_of]
    rows = []
    for economy, part in found[found["indicator_id"].isin(wanted)].groupby("entity_id", sort=True):
        known = part[part["value"].notna()]
        score = None
        if wanted and len(known) >= KNOWN_SHARE * len(wanted):
            pillars = known["indicator_id"].map(dict(pillar_of))
            score = float(known.groupby(pillars)["closed"].mean().mean())
        rows.append((str(economy), score, len(known), len(wanted)))
    frame = pd.DataFrame(rows, columns=["entity_id", "closed", "n", "of"])
    frame["closed"] = frame["closed"].astype("float64")
    return frame.sort_values(
        ["closed", "entity_id"], ascending=[False, True], na_position="last"
    ).reset_index(drop=True)
