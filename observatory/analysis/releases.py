"""Release dates of the models on boards, found where a source on file states them.

Nothing is guessed: not from a date in a model's name, not from the day a board first listed it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from observatory.model.time import PeriodError, parse_period

Basis = Literal["board", "model", "name", "setting"]

APART: Final = 31
"""Days by which the dates of one name may differ; beyond that the name is left undated."""
_STATED: Final = re.compile(r"\bmodel release ([0-9]{4}(?:-[0-9]{2}){0,2})\b")
_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+")
_ACCOUNT: Final = re.compile(r"^[\w.-]+/(?=\S+$)")
_SETTING: Final = re.compile(r"_(?:[0-9]+K|none|minimal|low|medium|high|xhigh|max)$")


@dataclass(frozen=True, slots=True)
class Release:
    """A stated date, how it was found, and the public id of the row that states it."""

    period: str
    basis: Basis
    row_id: str


def spelling(name: str) -> str:
    """A name without case, punctuation and account (`Qwen/Qwen2.5` is `qwen 2 5`)."""
    bare = _ACCOUNT.sub("", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(_TOKEN.findall(bare))


def _text(value: Any) -> str:
    return "" if value is None or value != value else str(value)


def _valid(period: str) -> str:
    try:
        parse_period(period)
    except PeriodError:
        return ""
    return period


def stated(note: str) -> str:
    """The release date that a board's row states in its note; empty without one."""
    found = _STATED.search(note)
    return _valid(found[1]) if found else ""


def _one(found: list[Release]) -> Release | None:
    """The earliest of the dates of a name, None where they are too far apart."""
    if not found:
        return None
    starts = [parse_period(release.period).start for release in found]
    if (max(starts) - min(starts)).days > APART:
        return None
    return min(found, key=lambda release: (parse_period(release.period).end, release.row_id))


def release_dates(
    results: pd.DataFrame, models: pd.DataFrame, names: pd.DataFrame
) -> dict[str, Release]:
    """Release of each result row that has one, by row id.

    Tried in this order: the row's own note (`board`); the model it is linked to (`model`); a
    dated model or row of the same maker with the same name (`name`); the same model at another
    setting on the same board (`setting`).
    Columns: results row_id, benchmark_id, model_id, model_name, org_id, note; models model_id,
    name, native_name, org_id, released, row_id; names model_id, name.
    """
    by_model: dict[str, Release] = {}
    owner: dict[str, str] = {}
    by_name: dict[tuple[str, str], list[Release]] = defaultdict(list)
    for row in models[["model_id", "name", "native_name", "org_id", "released", "row_id"]].to_dict(
        "records"
    ):
        period = _valid(_text(row["released"]))
        if not period:
            continue
        release = Release(period, "model", str(row["row_id"]))
        key = str(row["model_id"])
        by_model[key], owner[key] = release, _text(row["org_id"])
        for name in (row["name"], row["native_name"]):
            if _text(name) and owner[key]:
                by_name[spelling(str(name)), owner[key]].append(release)
    for row in names.to_dict("records"):
        key = str(row["model_id"])
        if key in by_model and owner[key]:
            by_name[spelling(str(row["name"])), owner[key]].append(by_model[key])
    needed = ["row_id", "benchmark_id", "model_id", "model_name", "org_id", "note"]
    rows = [{str(k): v for k, v in row.items()} for row in results[needed].to_dict("records")]
    found: dict[str, Release] = {}
    for result in rows:
        period, org = stated(_text(result["note"])), _text(result["org_id"])
        if period:
            release = Release(period, "board", str(result["row_id"]))
            found[release.row_id] = release
            if org:
                by_name[spelling(str(result["model_name"])), org].append(release)
    for result in rows:
        row_id, linked = str(result["row_id"]), by_model.get(_text(result["model_id"]))
        if row_id not in found and linked:
            found[row_id] = linked
    known = {key: _one(releases) for key, releases in by_name.items()}
    for result in rows:
        row_id, org = str(result["row_id"]), _text(result["org_id"])
        same = known.get((spelling(str(result["model_name"])), org)) if org else None
        if row_id not in found and same:
            found[row_id] = Release(same.period, "name", same.row_id)
    _other_settings(rows, found)
    return found


def _other_settings(rows: list[dict[str, Any]], found: dict[str, Release]) -> None:
    """Date a row by the same model at another setting on the same board."""
    siblings: dict[tuple[str, str, str], list[Release]] = defaultdict(list)

    def key(row: dict[str, Any]) -> tuple[str, str, str]:
        base = _SETTING.sub("", str(row["model_name"]))
        return str(row["benchmark_id"]), _text(row["org_id"]), base

    for row in rows:
        release = found.get(str(row["row_id"]))
        if release and release.basis != "name":
            siblings[key(row)].append(release)
    for row in rows:
        row_id = str(row["row_id"])
        if row_id not in found and _SETTING.search(str(row["model_name"])):
            same = _one(siblings.get(key(row), []))
            if same:
                found[row_id] = Release(same.period, "setting", same.row_id)
