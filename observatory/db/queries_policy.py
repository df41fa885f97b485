"""Named queries of laws and programmes. ``as_of`` None means: all that is known."""

from __future__ import annotations

from datetime import date

import pandas as pd

from observatory.db.connect import Database
from observatory.db.queries import NOW


def policy_book(db: Database, as_of: date | None) -> pd.DataFrame:
    """What every source says of every policy, with source and issuer; the leading row first."""
    return db.query("policy_book", as_of=as_of or NOW)


def policy_book_links(db: Database) -> pd.DataFrame:
    """Relations: policy_id, relation, related_policy_id, basis."""
    return db.query("policy_book_links")


def policy_book_topics(db: Database) -> pd.DataFrame:
    """Topics: policy_id, topic, name_en, meaning."""
    return db.query("policy_book_topics")


def policy_book_parties(db: Database) -> pd.DataFrame:
    """Parties: policy_id, party_kind, party_id, party_name, role, and the names of organisations."""
    return db.query("policy_book_parties")


def policy_claims(db: Database, policy: str, as_of: date | None) -> pd.DataFrame:
    """Claims that point at a policy: claim_id, row_id, statement, verdict."""
    return db.query("policy_claims", policy=policy, as_of=as_of or NOW)
