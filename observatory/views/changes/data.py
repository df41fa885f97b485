"""What changed: what was asked, and the changed facts gathered into lines."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from observatory.analysis import revisions
from observatory.analysis.freshness import add_months
from observatory.db import queries, queries_changes
from observatory.db.connect import Database
from observatory.db.frames import records
from observatory.model.scope import SCOPE
from observatory.views import evidence_parts as ev
from observatory.views import links
from observatory.views.breaks import broken
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

VIEWS: Final = ("days", "builds")
BY: Final = ("economy", "company", "measure")
PAGE: Final = 40
FIRST: Final = date(2000, 1, 1)
OLD: Final = ("row_id", "amount", "text", "date", "state", "unit", "usd", "status")
"""What a line says of the row before."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader chose. Days hold in `days`, builds in `builds`; ``of``: one group laid out in full."""

    view: str = "days"
    since: date = FIRST
    until: date = FIRST
    old: str = ""
    new: str = ""
    by: str = "economy"
    of: str = ""
    how: str = ""
    page: int = 1
    default_since: date = FIRST
    default_until: date = FIRST

    def query(self, **changes: object) -> dict[str, str]:
        """URL parameters with some changed; what is as from the start is left out."""
        new = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        own = {
            name: value for name, value in asdict(new).items() if not name.startswith("default_")
        }
        plain = asdict(Choice(since=self.default_since, until=self.default_until))
        names = {"old": "from", "new": "to"}
        # Days say nothing of builds, nor builds of days.
        idle = ("old", "new") if new.view == "days" else ("since", "until")
        return {
            names.get(name, name): value.isoformat() if isinstance(value, date) else str(value)
            for name, value in own.items()
            if value != plain[name] and name not in idle
        }


def read(
    given: Mapping[str, str | None], builds: list[str], today: date
) -> tuple[Choice, list[str]]:
    """The choice that URL parameters name, and the parameters that could not be used.

    Without dates the last six months up to ``today``; without builds the newest two of those kept
    (``builds``, newest first).
    """
    bad: list[str] = []
    default = add_months(today, -6)
    found: dict[str, Any] = {
        "since": default, "until": today, "default_since": default, "default_until": today,
        "new": builds[0] if builds else "", "old": builds[1] if len(builds) > 1 else "",
    }  # fmt: skip
    for name in ("since", "until"):
        value = given.get(name) or ""
        if not value:
            continue
        try:
            day = date.fromisoformat(value) if len(value) == 10 else None
        except ValueError:
            day = None
        if day is None or not FIRST <= day <= today + timedelta(days=1):
            bad.append(name)
        else:
            found[name] = min(day, today)
    if found["since"] > found["until"]:
        bad.append("since")
        found["since"] = add_months(found["until"], -6)
    for name, key in (("from", "old"), ("to", "new")):
        value = given.get(name) or ""
        if value and value in builds:
            found[key] = value
        elif value:
            bad.append(name)
    for name, known in (("view", VIEWS), ("by", BY), ("how", revisions.HOWS)):
        value = given.get(name) or ""
        if value and value not in known:
            bad.append(name)
        elif value:
            found[name] = value
    if "view" not in found and (given.get("from") or given.get("to")):
        found["view"] = "builds"
    found["of"] = (given.get("of") or "")[:120]
    page = given.get("page") or "1"
    if page.isascii() and page.isdigit() and 1 <= int(page) <= 999:
        found["page"] = int(page)
    else:
        bad.append("page")
    c = Choice(**found)
    return c, bad


@dataclass(frozen=True)
class Change:
    """One line: what changed, and from what. ``n``: how many facts it stands for."""

    row: dict[str, Any]
    old: dict[str, Any]

    @property
    def how(self) -> str:
        return str(self.row["how"])

    @property
    def why(self) -> str:
        return str(self.row["why"])

    @property
    def what(self) -> str:
        """What changed: `amount`, `date`, `state`, `chosen`, or empty."""
        return clean(self.row.get("what"))

    @property
    def n(self) -> int:
        return int(self.row["n"])


@dataclass(frozen=True)
class News:
    """All changes between two states, the largest first. ``tables``: other tables whose number of rows
    differs between two builds: name, rows before, rows after."""

    changes: tuple[Change, ...]
    counts: Mapping[str, int]
    tables: tuple[tuple[str, int, int], ...] = ()

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def between(
    data: Catalogue, before: tuple[Database, date | None], after: tuple[Database, date | None]
) -> News:
    """What changed from one state to another: (build, day of knowledge) each."""
    changed = _changed(queries_changes.touched(before, after))
    counts = changed.groupby("how")["n"].sum() if len(changed) else pd.Series(dtype="int64")
    out = revisions.gathered(changed)
    values = out[out["kind"] == "observations"]
    new = values.loc[values["how"] == "new", "row_id"]
    rows = queries_changes.before(*after, sorted(new))
    spans = queries_changes.ranges(*after, sorted(set(values["indicator_id"])))
    sources = records(queries.sources_by_id(after[0], sorted(set(rows["source_id"]))))
    makers = {row["source_id"]: (clean(row["origin"]), clean(row["edition"])) for row in sources}
    told = revisions.told(out, rows, spans, makers, broken(data) | _unfair(data, rows))
    same = ("kind", "indicator_id", "thing_id", "title", "org_id", "economy_id")
    lines = []
    for row in records(told.drop(columns=["line", "end"], errors="ignore")):
        old = {name: row.get(f"old_{name}") for name in OLD}
        old |= {name: row[name] for name in same}
        lines.append(Change(row, old))
    return News(
        tuple(lines),
        {how: int(counts[how]) for how in revisions.HOWS if how in counts.index},
        _tables(before[0], after[0]),
    )


def _changed(rows: queries_changes.Touched) -> pd.DataFrame:
    """Changed things, ``n`` each: new values of one measure and entity are one row already."""
    changed = revisions.compare(rows.before, rows.after).assign(n=1)
    parts = [part for part in (changed, revisions.added(rows.new)) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else changed


def _unfair(data: Catalogue, facts: pd.DataFrame) -> frozenset[str]:
    """Values whose step from the one before says nothing: a year not over yet, the largest of a year."""
    rows = facts[facts["kind"] == "observations"]
    most = {key for key, item in data.indicators.items() if clean(item.row["aggregation"]) == "max"}
    # A year counts as running until the day its figure became known lies after it.
    year = rows["known_on"].dt.year.astype("string")
    running = (rows["date"] == year) & rows["status_reason"].isin(["counted", "modelled"])
    return frozenset(rows.loc[rows["indicator_id"].isin(most) | running, "row_id"])


def _tables(one: Database, two: Database) -> tuple[tuple[str, int, int], ...]:
    a, b = one.build.tables, two.build.tables
    own = {*ev.KINDS, "build", "cells", "row_status", "events", "check_results"}
    return tuple(
        (name, int(a.get(name, 0)), int(b.get(name, 0)))
        for name in sorted({*a, *b} - own)
        if a.get(name, 0) != b.get(name, 0)
    )


def homes(data: Catalogue) -> dict[str, str]:
    """Economy of each organisation's head office."""
    frame = queries.organizations(data.db, None)
    return {str(row["org_id"]): clean(row["economy_id"]) for row in records(frame)}


def group_key(change: Change, by: str, home: Mapping[str, str]) -> str:
    """The group a change stands in; empty for those that have none."""
    row = change.row
    org = clean(row["org_id"])
    match by:
        case "economy":
            return clean(row["economy_id"]) or home.get(org, "")
        case "company":
            return org
        case _:
            return clean(row["indicator_id"]) or f"table:{row['kind']}"


def of_economies(news: News, members: Collection[str], home: Mapping[str, str]) -> News:
    """The changes of some economies and of those at home in them. All thirteen hold everything."""
    if set(SCOPE) <= set(members):
        return news
    kept = tuple(one for one in news.changes if group_key(one, "economy", home) in members)
    counts = {how: sum(one.n for one in kept if one.how == how) for how in news.counts}
    return replace(news, changes=kept, counts={how: n for how, n in counts.items() if n})


def address(c: Choice, **changes: object) -> str:
    """Link to this page with some of the choice changed."""
    return links.link("/changes", **c.query(**changes))
