"""Which rows of schema serve may leave in bulk: those that rest on openly licensed sources.

One condition a view, in SQL over the views themselves. A view that is not named here and has no
source of its own is left out whole: whoever adds one says here what it rests on.
"""

# ruff: noqa: S608 - statements are made of constants of this package; values are bound

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

OWN: Final = frozenset(
    "benchmarks build economies indicator_breaks indicators policy_terms readings scale_blocks"
    " scorecard_indicators scorecard_pillars scorecard_presets scorecard_weights sources"
    " stack_conditions stack_layers stack_signs stack_suppliers subnational upstreams".split()
)
"""Views of the observatory's own making: definitions, names of economies, lists of titles."""

_CLOSED: Final = "(SELECT source_id FROM {s}.sources WHERE reuse <> 'open')"
_SOURCED: Final = f"source_id NOT IN {_CLOSED}"
# Views whose rows have both a row id and a source.
_FACTS: Final = (
    "observations", "deals", "ipo_events", "models", "benchmark_results", "chips", "supercomputers",
    "clusters", "policies", "organizations", "fx_rates", "claims",
)  # fmt: skip
_CLOSED_ROWS: Final = "(" + " UNION ".join(
    f"SELECT row_id FROM {{s}}.{view} WHERE source_id IN {_CLOSED}" for view in _FACTS
) + ")"  # fmt: skip
_MIXED_CELLS: Final = (
    f"(SELECT cell_id FROM {{s}}.states WHERE row_id IN {_CLOSED_ROWS} AND cell_id IS NOT NULL)"
)

WHOLE: Final = frozenset(
    "cell_days checks corrections entity_periods entity_sources measure_cover measure_quality measure_reach"
    " source_days value_counts".split()
)
"""Views that are left out whole: what they say repeats or counts values of any row."""


def _things(view: str, column: str, as_: str = "") -> str:
    """Rows about things none of whose sources is closed to bulk."""
    return (
        f"{as_ or column} NOT IN (SELECT {column} FROM {{s}}.{view} WHERE source_id IN {_CLOSED})"
    )


_CONDITIONS: Final[Mapping[str, str]] = {
    "claims": f"{_SOURCED} AND coalesce(second_source_id NOT IN {_CLOSED}, true)",
    "events": f"row_id NOT IN {_CLOSED_ROWS}",
    "states": f"row_id NOT IN {_CLOSED_ROWS}",
    "row_keys": f"row_id NOT IN {_CLOSED_ROWS}",
    "cells": f"cell_id NOT IN {_MIXED_CELLS}",
    "conflicts": f"cell_id NOT IN {_MIXED_CELLS}",
    "deal_parties": _things("deals", "deal_id"),
    "deal_links": _things("deals", "deal_id")
    + " AND "
    + _things("deals", "deal_id", "related_deal_id"),
    "policy_parties": _things("policies", "policy_id"),
    "policy_topics": _things("policies", "policy_id"),
    "policy_links": _things("policies", "policy_id")
    + " AND "
    + _things("policies", "policy_id", "related_policy_id"),
    "model_names": _things("models", "model_id"),
    "names": _things("organizations", "org_id"),
    **dict.fromkeys(WHOLE, "false"),
}
# The lowest and highest of all sources of a cell say something of each of them.
_SPREADS: Final[Mapping[str, tuple[str, ...]]] = {
    "headlines": ("low", "high", "spread"),
    "deals": ("low", "high"),
}


def condition(view: str, columns: Collection[str], schema: str = "serve") -> str:
    """The condition under which rows of a view are open."""
    if view in _CONDITIONS:
        text = _CONDITIONS[view]
    elif view in OWN:
        text = "true"
    else:
        text = _SOURCED if "source_id" in columns else "false"
    return text.replace("{s}", schema)


def select_open(view: str, columns: Collection[str], schema: str = "serve") -> str:
    """A statement for the open rows of a view, without the spread of cells that are not all open."""
    replaced = ", ".join(
        f"CASE WHEN cell_id NOT IN {_MIXED_CELLS} THEN {name} END AS {name}"
        for name in _SPREADS.get(view, ())
    ).replace("{s}", schema)
    what = f"* REPLACE ({replaced})" if replaced else "*"
    return f"SELECT {what} FROM {schema}.{view} WHERE {condition(view, columns, schema)}"


def select_all(view: str, schema: str = "serve") -> str:
    """A statement for every row of a view."""
    return f"SELECT * FROM {schema}.{view}"
