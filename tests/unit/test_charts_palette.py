"""The palette keeps its promises: contrast, colour-blind distances, one source for all themes."""

from __future__ import annotations

import itertools
import math
import re
from typing import get_args

import pytest

from observatory.charts.colour import contrast, linear, rgb
from observatory.charts.icon_paths import PATHS
from observatory.charts.palette import (
    ECONOMIES,
    PILLARS,
    STATUS_BADGES,
    VERDICT_BADGES,
    Mode,
    Theme,
    css_variables,
    palette,
)
from observatory.model.vocab import Verdict

THEMES: tuple[Theme, ...] = get_args(Theme)
Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

# Machado, Oliveira and Fernandes 2009, severity 1.0, applied to linear light.
VISION: dict[str, Matrix] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_LMS: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_LAB: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def times(matrix: Matrix, vector: Triple) -> Triple:
    a, b, c = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return a, b, c


def oklab(colour: str, vision: str) -> Triple:
    r, g, b = (linear(c / 255) for c in rgb(colour))
    seen = times(VISION[vision], (r, g, b))
    low, mid, short = (min(max(c, 0.0), 1.0) for c in seen)
    lms = times(TO_LMS, (low, mid, short))
    return times(TO_LAB, (math.cbrt(lms[0]), math.cbrt(lms[1]), math.cbrt(lms[2])))


def nearest(colours: list[str], vision: str) -> float:
    seen = [oklab(colour, vision) for colour in colours]
    return 100 * min(math.dist(a, b) for a, b in itertools.combinations(seen, 2))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", VISION)
def test_economies_can_be_told_apart(theme: Theme, vision: str) -> None:
    colours = palette(theme)
    assert nearest([colours.economy(e) for e in ECONOMIES[:7]], vision) >= 7.5
    assert nearest([colours.economy(e) for e in ECONOMIES], vision) >= 4.0


@pytest.mark.parametrize("theme", THEMES)
def test_marks_and_labels_have_contrast(theme: Theme) -> None:
    colours = palette(theme)
    for economy_id in (*ECONOMIES, "USA"):
        assert contrast(colours.economy(economy_id), colours["bg"]) >= 3.0, economy_id
        assert contrast(colours.economy_text(economy_id), colours["bg"]) >= 4.5, economy_id
        on = colours.on_economy(economy_id)
        if on:
            assert contrast(on, colours.economy(economy_id)) >= 4.5, economy_id
    assert contrast(colours["ctx2"], colours["bg"]) >= 3.0
    for ink, ground in itertools.product(("ink", "ink2", "ink3"), ("bg", "panel", "sunk")):
        assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    for fill, ink in zip(colours.sequential, colours.on_sequential, strict=True):
        assert contrast(fill, ink) >= 4.5, (fill, ink)
    for badge in (*STATUS_BADGES.values(), *VERDICT_BADGES.values()):
        assert contrast(colours[badge.ink], colours[badge.ground]) >= 4.5, badge
        assert contrast(colours[badge.ink], colours["bg"]) >= 4.5, badge


@pytest.mark.parametrize("theme", THEMES)
def test_the_sequential_scale_runs_one_way(theme: Theme) -> None:
    lightness = [oklab(fill, "normal")[0] for fill in palette(theme).sequential]
    assert lightness == sorted(lightness, reverse=theme == "light")
    assert min(abs(a - b) for a, b in itertools.pairwise(lightness)) > 0.03


def test_labels_stay_outside_fills_that_no_ink_reads_on() -> None:
    for mode in get_args(Mode):
        without = [e for e in ECONOMIES if palette(mode).on_economy(e) is None]
        assert without == ["HKG", "THA"]


def test_css_mode_names_exactly_the_variables_of_both_themes() -> None:
    assert css_variables("light").keys() == css_variables("dark").keys()
    for name, reference in palette("css").tokens.items():
        assert reference == f"var(--{name})"
        assert f"--{name}" in css_variables("light")
    assert all(re.fullmatch(r"#[0-9A-F]{6}", c) for c in css_variables("dark").values())


def test_unknown_ids_are_grey() -> None:
    colours = palette("light")
    assert colours.economy("ZZZ") == colours["ctx2"] == colours.economy_bar("USA")
    assert colours.economy(None) == colours["ctx2"]
    assert colours.pillar("?") == colours.verdict("?") == colours["ctx2"]
    assert colours.dash("GBR") == "5 3"
    assert colours.dash("USA") is None


def test_every_pillar_and_verdict_has_a_colour() -> None:
    for theme in THEMES:
        assert len({palette(theme).pillar(p) for p in PILLARS}) == len(PILLARS)
        assert len({palette(theme).verdict(v) for v in Verdict}) == len(Verdict)


def test_icons_exist_for_all_words() -> None:
    for badge in (*STATUS_BADGES.values(), *VERDICT_BADGES.values()):
        assert badge.icon in PATHS
