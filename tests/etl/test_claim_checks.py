"""Claims: a later check is later, and the verdicts stand on their own days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tiny import Refuse, Tiny

from observatory.db import queries, queries_claims
from observatory.db.connect import Database, Databases


@pytest.fixture(scope="module")
def tiny_db(tiny_built: Path) -> Database:
    return Databases(tiny_built).get()


@pytest.mark.parametrize("day", ["2026-01-10", "2025-12-31"])
def test_a_check_before_the_first_is_refused(tiny: Tiny, refuse: Refuse, day: str) -> None:
    tiny.set("evidence/claim_checks.csv", 2, checked_on=day)
    (found,) = refuse(("evidence/claim_checks.csv:2:2", "claim-check"))
    assert "no later than the first check on 2026-01-10" in found


def test_a_check_of_no_claim_is_refused(tiny: Tiny, refuse: Refuse) -> None:
    tiny.set("evidence/claim_checks.csv", 2, claim_id="C999")
    refuse(("evidence/claim_checks.csv:2:1", "unknown-id"))


def test_verdicts_stand_from_the_day_of_their_check(tiny_db: Database) -> None:
    def verdicts(day: date | None) -> list[str]:
        return queries.claims(tiny_db, day)["verdict"].tolist()

    assert verdicts(date(2026, 1, 9)) == []
    assert verdicts(date(2026, 1, 10)) == ["partly"]
    assert verdicts(date(2026, 1, 31)) == ["partly"]
    assert verdicts(date(2026, 2, 1)) == ["contradicted"]
    assert verdicts(None) == ["contradicted"]
    history = queries_claims.claim_history(tiny_db, None)
    assert history["verdict"].tolist() == ["contradicted", "partly"]
    assert queries_claims.claim_history(tiny_db, date(2026, 1, 20))["verdict"].tolist() == [
        "partly"
    ]
