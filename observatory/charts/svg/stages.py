"""Stages of a listing: a mark of its own shape each, a progress bar, and tracks over time.

Shape carries the stage, colour the economy, so nothing is lost without colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from observatory.charts.palette import Palette
from observatory.charts.svg import elements as svg

if TYPE_CHECKING:
    from observatory.i18n import Translator

STAGES: Final = (
    *("rumoured", "planned", "tutoring", "filed", "hearing", "priced", "listed"),
    *("postponed", "lapsed", "withdrawn"),
)
"""Stages in order; the last three end or halt an attempt."""

HALTED: Final = frozenset({"postponed", "lapsed", "withdrawn"})
ENDED: Final = frozenset({"listed", "lapsed", "withdrawn"})

_REACH: Final = (
    *("rumoured", "planned", "tutoring", "filed", "hearing", "priced"),
    *("postponed", "lapsed", "withdrawn", "listed"),
)

# Tutoring and filing are one step of the bar: only mainland Chinese boards know the first.
_STEP: Final[Mapping[str, int]] = MappingProxyType(
    {"rumoured": 1, "planned": 2, "tutoring": 3, "filed": 3, "hearing": 4, "priced": 5, "listed": 6}
)
STEPS: Final = 6


def furthest(stage: str) -> int:
    """Rank a stage, furthest last: decides where an attempt stands when dates cannot."""
    return _REACH.index(stage) if stage in _REACH else -1


def stage_word(stage: str, t: Translator) -> str:
    """Write a stage in words; an unknown one comes back as it is."""
    words = {
        "rumoured": t("Rumoured"),
        "planned": t("Planned"),
        "tutoring": t("Tutoring"),
        "filed": t("Filed"),
        "hearing": t("Hearing passed"),
        "priced": t("Priced"),
        "listed": t("Listed"),
        "postponed": t("Postponed"),
        "lapsed": t("Lapsed"),
        "withdrawn": t("Withdrawn"),
    }
    return words.get(stage, stage)


def stage_shape(stage: str, x: float, y: float, colour: str, ground: str) -> str:
    """Draw a stage's shape centred at (x, y), about 10 px wide, for use inside a drawing."""
    if stage == "rumoured":
        return svg.dot(x, y, 4.4, ground, colour, 1.6)
    if stage == "planned":
        half = f"M{svg.num(x - 4.4)} {svg.num(y)}A4.4 4.4 0 0 1 {svg.num(x + 4.4)} {svg.num(y)}Z"
        return svg.dot(x, y, 4.4, ground, colour, 1.6) + svg.tag("path", d=half, fill=colour)
    if stage in {"tutoring", "filed"}:
        hollow = stage == "tutoring"
        return svg.tag(
            "rect",
            x=x - 4,
            y=y - 4,
            width=8,
            height=8,
            rx=1 if hollow else 0.5,
            fill=ground if hollow else colour,
            stroke=colour,
            stroke_width=1.6 if hollow else 0.8,
        )
    if stage == "hearing":
        return svg.tag(
            "path", d=f"M{svg.num(x)} {svg.num(y - 5.6)}l5.6 5.6l-5.6 5.6l-5.6 -5.6Z", fill=colour
        )
    if stage == "priced":
        return svg.dot(x, y, 3, colour, ground, 1)
    if stage == "listed":
        return svg.dot(x, y, 5.4, colour, ground, 1)
    if stage == "postponed":
        bars = (
            f"M{svg.num(x - 2.4)} {svg.num(y - 4.6)}v9.2M{svg.num(x + 2.4)} {svg.num(y - 4.6)}v9.2"
        )
        return svg.tag("path", d=bars, fill="none", stroke=colour, stroke_width=2.2)
    cross = f"M{svg.num(x - 4)} {svg.num(y - 4)}l8 8M{svg.num(x + 4)} {svg.num(y - 4)}l-8 8"
    if stage == "withdrawn":
        cross = f"M{svg.num(x - 2.2)} {svg.num(y - 2.2)}l4.4 4.4"
        cross += f"M{svg.num(x + 2.2)} {svg.num(y - 2.2)}l-4.4 4.4"
        return svg.dot(x, y, 5, ground, colour, 1.6) + svg.tag(
            "path", d=cross, fill="none", stroke=colour, stroke_width=1.6
        )
    return svg.tag("path", d=cross, fill="none", stroke=colour, stroke_width=2)


def stage_progress(
    stage: str,
    colours: Palette,
    t: Translator,
    economy_id: str = "",
    *,
    reached: str = "",
    width: float = 56,
) -> str:
    """Draw how far a listing has come: six segments from rumoured to listed.

    For a halted attempt `reached` is the last stage before; its segments are grey and a cross
    or pause follows. An unknown stage shows no segment.
    """
    halted = stage in HALTED
    step = _STEP.get(reached if halted else stage, 0)
    colour = colours["ctx2"] if halted else colours.economy(economy_id)
    room = width - 12 if halted else width
    wide = (room + 2) / STEPS
    parts = [
        svg.tag(
            "rect",
            x=i * wide,
            y=5,
            width=wide - 2,
            height=4,
            rx=1,
            fill=colour if i < step else colours["rule"],
        )
        for i in range(STEPS)
    ]
    if halted:
        parts.append(stage_shape(stage, width - 5, 7, colours["ink2"], colours["bg"]))
    name = t(
        "{stage}, step {step} of {steps}",
        stage=stage_word(stage, t),
        step=t.number(step),
        steps=t.number(STEPS),
    )
    if halted:
        name = stage_word(stage, t)
    return svg.document(width, 14, *parts, name=name, lang=t.html_lang, fixed=True)
