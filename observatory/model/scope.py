"""Which economies are ranked, and the named groups readers can choose."""

from __future__ import annotations

EAST_ASIA: tuple[str, ...] = ("CHN", "JPN", "KOR", "TWN", "HKG")
SOUTH_EAST_ASIA: tuple[str, ...] = ("SGP", "VNM", "IDN", "MYS", "THA", "PHL")
MIDDLE_POWERS: tuple[str, ...] = ("IND", "AUS")

SCOPE: tuple[str, ...] = EAST_ASIA + SOUTH_EAST_ASIA + MIDDLE_POWERS
COMPARATORS: tuple[str, ...] = ("USA", "GBR", "FRA", "DEU", "CAN", "ARE", "ISR")

PRESETS: dict[str, tuple[str, ...]] = {
    "all13": SCOPE,
    "east-asia": EAST_ASIA,
    "east-se-asia": EAST_ASIA + SOUTH_EAST_ASIA,
    "asean6": SOUTH_EAST_ASIA,
    "third-way5": ("AUS", "IND", "IDN", "KOR", "SGP"),
}

# A cross-section is one period that at least this many of the scope hold.
MIN_CROSS_SECTION = 8
# Fewer values than this: shown, but no leader and no rank.
MIN_RANKED = 5
# Without a common period, an economy's latest value counts if at most this old (years).
MAX_AGE_YEARS = 3
