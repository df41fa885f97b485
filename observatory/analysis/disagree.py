"""What was done where sources of one thing differ: the words of column `outcome` of serve.conflicts."""

from __future__ import annotations

from typing import Final, Literal

State = Literal["disputed", "weak", "official", "near", "words", "agree"]
STATES: Final[tuple[State, ...]] = ("disputed", "weak", "official", "near", "words")
"""No value is chosen; none is strong enough; the official one goes first; near enough to choose by
the rule; dates or conditions differ, not the figure. `agree` is no difference."""
