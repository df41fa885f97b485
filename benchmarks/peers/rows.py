"""The rows that peers show, read from the build as our own pages read them."""

from __future__ import annotations

from pathlib import Path

from observatory.db.connect import Databases, builds_folder

MEASURES = (
    "github_developers",
    "github_repositories",
    "cs_articles_fractional_nsf",
    "top500_systems",
)
"""Long series of many economies; the four charts of every peer."""


def write(path: Path) -> int:
    """Write the rows as CSV; how many there are."""
    db = Databases(builds_folder()).get()
    found = db.select(
        "select indicator_id as measure, entity_id as economy, period, value, unit,"
        " source_id as source from serve.headlines"
        " where indicator_id in (select unnest($measures)) and valid_to is null and value is not null"
        " order by measure, economy, period",
        {"measures": list(MEASURES)},
    )
    found.to_csv(path, index=False)
    return len(found)
