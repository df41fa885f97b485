"""The frame's data from the published build (`observatory.db`)."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from observatory.db import queries
from observatory.db.connect import Database, Databases, NoBuild, builds_folder, databases
from observatory.i18n import translator
from observatory.ui.data import Opened
from observatory.ui.lines import lines
from observatory.views import receipts

_NAME_COLUMNS: Final = {
    "en": "name_en",
    "zh-Hans": "name_zh_hans",
    "zh-Hant": "name_zh_hant",
    "ja": "name_ja",
    "ko": "name_ko",
}
_lock: Final = threading.Lock()


@lru_cache(maxsize=4)
def _databases(folder: str) -> Databases:
    return databases(builds_folder())


@lru_cache(maxsize=16)
def _counts(db: Database) -> dict[str, Any]:
    row = queries.site_counts(db, None).iloc[0].to_dict()
    return {str(name): value for name, value in row.items()}


@lru_cache(maxsize=16)
def _economies(db: Database) -> pd.DataFrame:
    return queries.economies(db)


@lru_cache(maxsize=64)
def _names(db: Database, lang: str) -> dict[str, str]:
    frame = _economies(db)
    column = _NAME_COLUMNS.get(lang, "name_en")
    names = frame[column].fillna(frame["name_en"])
    return dict(zip(frame["economy_id"], names, strict=True))


@lru_cache(maxsize=16)
def _orgs(db: Database) -> frozenset[str]:
    return frozenset(str(org) for org in queries.organizations(db, None)["org_id"])


@lru_cache(maxsize=16)
def _indicators(db: Database) -> frozenset[str]:
    return frozenset(str(key) for key in queries.indicators(db)["indicator_id"])


@lru_cache(maxsize=4096)
def _receipt(db: Database, row_id: str, as_of: dt.date | None, lang: str) -> dict[str, Any] | None:
    return receipts.receipt(db, row_id, translator(lang), as_of)


def _day(value: object) -> dt.date | None:
    if value is None or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return None
    return pd.Timestamp(str(value)).date()


class Published:
    """The builds in the folder that `OBSERVATORY_VAR` names, else `var/`."""

    def open_build(self, wanted: str | None) -> Opened | None:
        """Open the build asked for or the served one; None if nothing was built yet."""
        with _lock:
            try:
                db = _databases(str(builds_folder())).get(wanted)
            except NoBuild:
                return None
        counts = _counts(db)
        faults = "; ".join(f"{fault.build_id}: {fault.reason}" for fault in db.faults)
        return Opened(
            db=db,
            build_id=db.build_id,
            data_date=_day(counts.get("data_date")),
            sources=int(counts.get("all_sources") or 0),
            problem=faults,
        )

    def receipt(
        self, db: Any, row_id: str, as_of: dt.date | None, lang: str
    ) -> dict[str, Any] | None:
        """One receipt, None for an unknown row."""
        return _receipt(db, row_id, as_of, lang)

    def lines(self, db: Any, ids: Sequence[str], as_of: dt.date | None) -> list[dict[str, Any]]:
        """Lines of a CSV in the order of `ids`."""
        return lines(db, ids, as_of)

    def economy_names(self, db: Any, lang: str) -> dict[str, str]:
        """Economy id -> name in the reader's language."""
        return dict(_names(db, lang))

    def org_ids(self, db: Any) -> Collection[str] | None:
        """Ids of organisations with a profile."""
        return None if db is None else _orgs(db)

    def indicator_ids(self, db: Any) -> Collection[str] | None:
        """Ids of measures with a page."""
        return None if db is None else _indicators(db)

    def build_ids(self) -> Collection[str] | None:
        """Builds that are kept."""
        try:
            return _databases(str(builds_folder())).kept()
        except (NoBuild, ValueError):
            return None
