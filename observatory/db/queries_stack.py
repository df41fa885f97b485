"""Named queries of the sovereign stack: its rule, what it counts, and what layers rest on."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW

Part = Literal["layers", "signs", "conditions", "suppliers"]


def rule(db: Database, part: Part) -> pd.DataFrame:
    """One part of `data/stack.yml`, in the order of the file."""
    return db.query(f"stack_{part}")


def rows(db: Database, as_of: date | None) -> pd.DataFrame:
    """Rows that signs may count, with their conditions (`is_...`), known by a day; of any status."""
    return db.query("stack_rows", as_of=as_of or NOW)


def rests(db: Database, as_of: date | None) -> pd.DataFrame:
    """Chips, listed systems, clusters, plans, models and partners: whose they are, and the text or
    organisation (`supplier`) that names what they rest on."""
    return db.query("stack_rests", as_of=as_of or NOW)


def named(db: Database, as_of: date | None) -> pd.DataFrame:
    """Organisations with a layer, and systems of the newest TOP500 list."""
    return db.query("stack_named", as_of=as_of or NOW)
