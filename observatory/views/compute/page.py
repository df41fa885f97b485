"""The head of the compute page: what is on file of each view."""

from __future__ import annotations

from observatory.i18n import Translator
from observatory.views.compute.data import Choice


def deck(c: Choice, t: Translator) -> str:
    """What the chosen view shows, and what it must not be taken for."""
    match c.view:
        case "clusters":
            return t(
                "AI clusters that run, are being built or are planned. Plans are never added to machines."
            )
        case "national":
            return t(
                "Capacity as states and institutes put it. Precisions and definitions differ, so every series stands"
                " by itself."
            )  # fmt: skip
        case "power":
            return t(
                "Data centres, the electricity they take, how much there is, and how clean it is."
            )
        case _:
            return t(
                "The TOP500 from 2015 to 2026: a voluntary list in 64-bit arithmetic. It shows who submits, not who"
                " has most AI compute."
            )  # fmt: skip
