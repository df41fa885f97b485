"""What a reader chose on the scorecard: read from the link, written to it, only what differs.

`preset` names the start, `w` holds changed weights (`talent:30,papers_iclr:2`: points of pillars 0 to
100, weights of measures 0 to 5), `norm` the scaling, `agg` the average, `per=population` values per
million people, `noise=weights` draws that vary the weights only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, cast

import numpy as np

from observatory.analysis.scorecard import AGGS, NORMS, Agg, Goal, Norm, Weights
from observatory.db import queries_scorecard as queries
from observatory.db.connect import Database
from observatory.model.scorecard import DEFAULT_PRESET, MAX_POINTS, MAX_WEIGHT
from observatory.views.asked import Asked
from observatory.views.labels import clean

PARAMS: Final = ("preset", "w", "norm", "agg", "per", "noise")
_ITEM: Final = re.compile(r"([A-Za-z0-9_.+-]+):(\d{1,3})")


@dataclass(frozen=True)
class Plan:
    """The scorecard of a build: measures with goalposts, pillars, presets."""

    rows: tuple[Mapping[str, Any], ...]
    """One a measure: columns of ``serve.scorecard_indicators``."""
    meanings: Mapping[str, str]
    """What each pillar stands for."""
    presets: Mapping[str, tuple[str, str]]
    """Name and reason of each preset."""
    weights: Mapping[str, Mapping[str, int]]
    """Weights of each preset by pillar or measure; a measure not named counts once."""

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        return tuple(str(row["indicator_id"]) for row in self.rows)

    @cached_property
    def pillars(self) -> tuple[str, ...]:
        return tuple(self.meanings)

    @cached_property
    def pillar_of(self) -> dict[str, str]:
        return {str(row["indicator_id"]): str(row["pillar"]) for row in self.rows}

    def of_pillar(self, pillar: str) -> list[str]:
        """Measures of a pillar."""
        return [key for key in self.indicators if self.pillar_of[key] == pillar]

    def default(self, preset: str, target: str) -> int:
        """Weight that a preset gives to a pillar or measure."""
        usual = 0 if target in self.meanings else 1
        return int(self.weights.get(preset, {}).get(target, usual))

    def divided(self, indicator: str) -> bool:
        """Whether the measure has goalposts per million people."""
        row = self.rows[self.indicators.index(indicator)]
        return bool(clean(row["person_scale"]))

    def goal(self, indicator: str, rising: bool, per_person: bool) -> Goal:
        """Goalposts of a measure, those per million people where it is divided."""
        row = self.rows[self.indicators.index(indicator)]
        by = "person_" if per_person and self.divided(indicator) else ""
        low, high = float(row[f"{by}low"]), float(row[f"{by}high"])
        return Goal(low, high, clean(row[f"{by}scale"]) == "log", rising)

    def why(self, indicator: str, per_person: bool) -> str:
        """The reason for the goalposts, in English."""
        row = self.rows[self.indicators.index(indicator)]
        return clean(row["person_why" if per_person and self.divided(indicator) else "why"])


def plan_of(db: Database) -> Plan | None:
    """The plan of a build; None for builds made before there was one."""
    if not queries.has_scorecard(db):
        return None
    rows = [
        {str(key): value for key, value in row.items()}
        for row in queries.scored_indicators(db).to_dict("records")
    ]
    if not rows:
        return None
    pillars = queries.pillars(db)
    presets = queries.presets(db)
    found: dict[str, dict[str, int]] = {key: {} for key in presets["preset_id"].astype(str)}
    for key, target, weight in queries.weights(db)[["preset_id", "target", "weight"]].itertuples(
        index=False, name=None
    ):
        found[str(key)][str(target)] = int(weight)
    return Plan(
        tuple(rows),
        dict(zip(pillars["pillar"].astype(str), pillars["meaning"], strict=True)),
        {
            str(key): (str(name), str(why))
            for key, name, why in presets.itertuples(index=False, name=None)
        },
        found,
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """Weights and methods in force. ``changed`` holds (target, weight) that differ from the preset."""

    preset: str = DEFAULT_PRESET
    changed: tuple[tuple[str, int], ...] = ()
    norm: Norm = "goalposts"
    agg: Agg = "arithmetic"
    per_person: bool = False
    weights_only: bool = False

    def weight(self, plan: Plan, target: str) -> int:
        """Points of a pillar or weight of a measure."""
        found = dict(self.changed).get(target)
        return plan.default(self.preset, target) if found is None else found

    def weights(self, plan: Plan) -> Weights:
        """All weights as arrays, in the order of the plan."""
        return Weights(
            np.array([self.weight(plan, key) for key in plan.pillars], dtype=float),
            np.array([self.weight(plan, key) for key in plan.indicators], dtype=float),
        )

    def with_weight(self, plan: Plan, target: str, weight: int) -> Choice:
        """The same with one weight changed; back at the preset's weight it is no change."""
        kept = dict(self.changed)
        kept.pop(target, None)
        if weight != plan.default(self.preset, target):
            kept[target] = weight
        order = [*plan.pillars, *plan.indicators]
        return replace(self, changed=tuple(sorted(kept.items(), key=lambda it: order.index(it[0]))))

    def with_preset(self, preset: str) -> Choice:
        """Another start: own changes of weights go."""
        return replace(self, preset=preset, changed=())


def read(values: Mapping[str, str], plan: Plan) -> tuple[Choice, list[str]]:
    """The choice a link stands for, and the parts of it that could not be used."""
    asked = Asked(values)
    preset = asked.one("preset", tuple(plan.presets), DEFAULT_PRESET)
    choice = Choice(
        preset=preset,
        norm=cast("Norm", asked.one("norm", NORMS, NORMS[0])),
        agg=cast("Agg", asked.one("agg", AGGS, AGGS[0])),
        per_person=asked.one("per", ("size", "population"), "size") == "population",
        weights_only=asked.one("noise", ("all", "weights"), "all") == "weights",
    )
    for part in asked.text("w").split(",") if asked.text("w") else ():
        found = _ITEM.fullmatch(part.strip())
        target, weight = (found[1], int(found[2])) if found else ("", 0)
        top = MAX_POINTS if target in plan.meanings else MAX_WEIGHT
        if (target not in plan.meanings and target not in plan.pillar_of) or weight > top:
            asked.bad.append(("w", part))
            continue
        choice = choice.with_weight(plan, target, weight)
    return choice, asked.pairs


def write(choice: Choice) -> dict[str, str]:
    """Parameters of a choice, without what is the usual."""
    found = {
        "preset": choice.preset if choice.preset != DEFAULT_PRESET else "",
        "w": ",".join(f"{target}:{weight}" for target, weight in choice.changed),
        "norm": choice.norm if choice.norm != NORMS[0] else "",
        "agg": choice.agg if choice.agg != AGGS[0] else "",
        "per": "population" if choice.per_person else "",
        "noise": "weights" if choice.weights_only else "",
    }
    return {name: value for name, value in found.items() if value}
