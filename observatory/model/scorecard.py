"""Records of `data/scorecard.yml`: scored indicators with goalposts, pillars, presets, weights."""

from __future__ import annotations

from typing import Final

from pydantic import Field, model_validator

from observatory.model import vocab as v
from observatory.model.fields import Id, NonNegative, Number, Record, Text

DEFAULT_PRESET: Final = "balanced"
PRESETS: Final = ("balanced", "equal", "research", "industry", "sovereignty")
"""Presets that must exist, in the order of the page."""
MAX_POINTS: Final = 100
MAX_WEIGHT: Final = 5
"""Largest points of a pillar and largest weight of an indicator a reader can choose."""


class Goalposts(Record):
    """Values that stand for 0 and 100 points; for a measure where less is better the order is turned."""

    scale: v.GoalScale = Field(description="linear, or log: equal ratios count alike")
    low: Number = Field(description="Lower goalpost, in the unit of the measure")
    high: Number = Field(description="Upper goalpost, in the unit of the measure")
    why: Text = Field(description="Why these goalposts")

    @model_validator(mode="after")
    def _order(self) -> Goalposts:
        check_goalposts(self.scale, self.low, self.high)
        return self


def check_goalposts(scale: v.GoalScale, low: float, high: float) -> None:
    """ValueError where the goalposts span no scale."""
    if low >= high:
        raise ValueError(f"low {low:g} is not below high {high:g}; expected low < high")
    if scale is v.GoalScale.LOG and low <= 0:
        raise ValueError(f"low {low:g} on a log scale; expected a value above zero")


class ScoredIndicatorRow(Goalposts):
    """A measure that enters the scorecard, with its goalposts and the reason for them."""

    indicator_id: Id = Field(description="Measure")
    pillar: v.Pillar = Field(description="Pillar it counts in")
    composite: Text | None = Field(
        default=None, description="Index of another publisher it is taken from"
    )
    person_scale: v.GoalScale | None = Field(
        default=None, description="Scale of the value per million people; empty if never divided"
    )
    person_low: Number | None = Field(default=None, description="Lower goalpost per million people")
    person_high: Number | None = Field(
        default=None, description="Upper goalpost per million people"
    )
    person_why: Text | None = Field(default=None, description="Why these goalposts")

    @model_validator(mode="after")
    def _person(self) -> ScoredIndicatorRow:
        given = (self.person_scale, self.person_low, self.person_high, self.person_why)
        if all(item is None for item in given):
            return self
        if self.person_scale is None or self.person_low is None or self.person_high is None:
            raise ValueError("per-person goalposts need person_scale, person_low and person_high")
        if self.person_why is None:
            raise ValueError("per-person goalposts need their reason, person_why")
        try:
            check_goalposts(self.person_scale, self.person_low, self.person_high)
        except ValueError as fault:
            raise ValueError(f"per person: {fault}") from fault
        return self


class ScorePillarRow(Record):
    """A pillar of the scorecard."""

    pillar: v.Pillar = Field(description="Pillar")
    meaning: Text = Field(description="What it stands for")


class ScorePresetRow(Record):
    """A named set of weights a reader can start from."""

    preset_id: Id = Field(description="Identifier, as in links")
    name: Text = Field(description="Name in English")
    why: Text = Field(description="Whose view it is")


class ScoreWeightRow(Record):
    """A weight of a preset: points of a pillar, or the weight of an indicator inside its pillar."""

    preset_id: Id = Field(description="Preset")
    kind: v.ScoreTarget = Field(description="What the weight belongs to")
    target: Id = Field(description="Pillar or indicator")
    weight: NonNegative = Field(
        le=MAX_POINTS, description="Points of a pillar; for an indicator 1 is the usual weight"
    )
