"""What was done where sources of one thing differ: the words of column `outcome` of serve.conflicts."""

from __future__ import annotations

from typing import Final, Literal

State = Literal["disputed", "weak", "official", "near", "words", "agree"]
STATES: Final[tuple[State, ...]] = ("disputed", "weak", "official", "near", "words")
"""No value is chosen; none is strong enough; the official one goes first; near enough to choose by
the rule; dates or conditions differ, not the figure. `agree` is no difference."""

MANY: Final = 2.0
"""From this factor on values are so many times apart, below it a share of the larger."""


def times(spread: float) -> float | None:
    """How many times the smaller value the larger is, from a gap as a share of the larger.

    None below `MANY`, and where no such number is: one value is zero or below it.
    """
    if not 0 <= spread < 1:
        return None
    factor = 1 / (1 - spread)
    # A share of one half that is a little less as a fraction of two is two times.
    return factor if factor > MANY - 1e-9 else None
