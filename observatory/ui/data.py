"""What the frame itself asks the published build: names, receipts, lines of files.

The builds are those of the folder that `OBSERVATORY_VAR` names, else `var/`.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from observatory.db import queries
from observatory.db.connect import Database, Databases, NoBuild, builds_folder, databases
from observatory.i18n import translator
from observatory.ui import lines as csv_lines
from observatory.views import receipts

if TYPE_CHECKING:
    from observatory.ui.context import Context

# The analysis takes a few rows at a time from small frames. Columns of text as Python's own strings
# are taken several times as fast as Arrow's, which makes a sixth of the work of a new view.
pd.options.mode.string_storage = "python"

_NAME_COLUMNS: Final = {
    "en": "name_en",
    "zh-Hans": "name_zh_hans",
    "zh-Hant": "name_zh_hant",
    "ja": "name_ja",
    "ko": "name_ko",
}
_lock: Final = threading.Lock()
_served = ""


@dataclass(frozen=True)
class Opened:
    """An open build. `problem` says why it is not the newest one, if so."""

    db: Any = None
    build_id: str = ""
    data_date: dt.date | None = None
    sources: int = 0
    problem: str = ""


# Asked again and again of one build, which never changes ------------------------------------------


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


# Builds -------------------------------------------------------------------------------------------


def open_build(wanted: str | None = None) -> Opened | None:
    """Open the build asked for or the served one; None if nothing was built yet."""
    global _served
    found = _open(wanted)
    if not wanted:
        _served = found.build_id if found else ""
    return found


def _open(wanted: str | None) -> Opened | None:
    with _lock:
        try:
            db = _databases(str(builds_folder())).get(wanted)
        except NoBuild:
            return None
    counts = _counts(db)
    return Opened(
        db=db,
        build_id=db.build_id,
        data_date=_day(counts.get("data_date")),
        sources=int(counts.get("all_sources") or 0),
        problem="; ".join(f"{fault.build_id}: {fault.reason}" for fault in db.faults),
    )


def served_id() -> str:
    """Id of the build that was served last, without asking; empty before the first."""
    return _served


def build_ids() -> Collection[str] | None:
    """Builds a link may name; None where the list cannot be read."""
    try:
        return _databases(str(builds_folder())).kept()
    except (NoBuild, ValueError):
        return None


# What a build says --------------------------------------------------------------------------------


def receipt(ctx: Context, row_id: str) -> dict[str, Any] | None:
    """The receipt of a row in the reader's language, as known on the chosen day; None for no row."""
    found = _receipt(ctx.db, row_id, ctx.as_of, ctx.lang)
    return dict(found) if found else None


def lines(ctx: Context, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Lines of a CSV of many rows, in order; unknown ids are left out."""
    return lines_of(ctx.db, ids, ctx.as_of)


def lines_of(db: Any, ids: Sequence[str], as_of: dt.date | None) -> list[dict[str, Any]]:
    """The same of an open build, outside a reader's session."""
    return csv_lines.lines(db, ids, as_of)


def economy_names(ctx: Context) -> dict[str, str]:
    """Economy id -> name in the reader's language."""
    return names_of(ctx.db, ctx.lang)


def names_of(db: Any, lang: str) -> dict[str, str]:
    """Economy id -> name in a language."""
    return dict(_names(db, lang))


def org_ids(opened: Opened) -> Collection[str] | None:
    """Organisations that have a profile; None without a database."""
    return None if opened.db is None else _orgs(opened.db)


def indicator_ids(opened: Opened) -> Collection[str] | None:
    """Measures that have a page; None without a database."""
    return None if opened.db is None else _indicators(opened.db)


def address(ctx: Context, row_id: str) -> str:
    """The lasting link of a receipt, as a path on this site."""
    from urllib.parse import urlencode

    query = {"receipt": row_id, "lang": ctx.lang}
    if ctx.as_of:
        query["as_of"] = ctx.as_of.isoformat()
    if ctx.build_id:
        query["build"] = ctx.build_id
    return "/?" + urlencode(query)


def report_url() -> str:
    """Where slips are reported, from OBSERVATORY_REPORT_URL; empty while no address is set.

    The page for a new issue, an address with `{title}` and `{body}`, or `mailto:` and an address.
    """
    import os

    return os.environ.get("OBSERVATORY_REPORT_URL", "")
