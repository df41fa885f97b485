"""What pages ask the database: every page is run once and its queries are written down.

``python -m benchmarks.scale_pages FILE`` writes them as JSON, one record a distinct question:
`name` (of the named query; of a statement put together around one, that name and a plus), `pages`,
`sql`, and `parameters` (a day as ``{"day": "2026-01-31"}``).
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any
from unittest import mock

from observatory.db.connect import Database

# What stands in a link beyond the page's own defaults: every view of a page that asks for more.
VIEWS: dict[str, tuple[dict[str, str], ...]] = {
    "briefing": ({}, {"as_of": "2026-06-30"}),
    "economies": ({}, {"indicator": "gdp_usd"}),
    "economy": ({"economy": "KOR"}, {"economy": "JPN", "as_of": "2026-06-30"}),
    "compare": ({"with": "KOR,JPN,SGP"},),
    "scorecard": ({}, {"as_of": "2026-06-30"}),
    "indicator": ({}, {"indicator": "ai_user_share_microsoft"}, {"indicator": "gdp_usd"}),
    "company": ({"org": "zhipu"}, {"org": "tsmc"}),
    "model": ({"id": "glm-4-5"},),
    "benchmarks": ({}, {"board": "chatbot-arena-text"}),
    "policy": ({}, {"view": "beside"}, {"id": "kor-k-nvidia-2026"}),
    "coalition": ({}, {"members": "KOR,JPN,SGP"}),
    "sources": (
        {}, {"view": "cover"}, {"view": "fresh"}, {"view": "quality"}, {"view": "empty"},
        {"source": "world-bank-gdp-current"},
    ),
    "conflicts": ({}, {"about": "observations"}, {"entity": "KOR", "page": "2"}),
    "changes": ({}, {"since": "2026-08-20"}, {"by": "measure"}),
    "explorer": (
        {}, {"q": "korea"}, {"form": "periods"}, {"view": "picture"}, {"table": "deals"},
        {"sort": "-value", "page": "20"}, {"filter": "status:disputed"}, {"table": "sources"},
        *({"table": name} for name in ("ipo_events", "models", "results", "chips", "clusters",
                                       "supercomputers", "policies", "claims", "organizations")),
    ),
}  # fmt: skip


@dataclass(slots=True)
class Question:
    """One statement with its parameters, and the pages that asked it."""

    name: str
    sql: str
    parameters: Mapping[str, Any]
    pages: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.sql + json.dumps(encoded(self.parameters), sort_keys=True)


def encoded(value: Any) -> Any:
    """A value as JSON."""
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    if isinstance(value, Mapping):
        return {key: encoded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [encoded(item) for item in value]
    return value


def decoded(value: Any) -> Any:
    """The value that `encoded` took."""
    if isinstance(value, dict):
        if set(value) == {"day"} and isinstance(value["day"], str):
            return dt.date.fromisoformat(value["day"])
        return {key: decoded(item) for key, item in value.items()}
    return [decoded(item) for item in value] if isinstance(value, list) else value


def named() -> dict[str, str]:
    """Text of every named query by name."""
    folder = files("observatory.db").joinpath("sql")
    return {
        path.name[:-4]: path.read_text(encoding="utf-8")
        for path in sorted(folder.iterdir(), key=lambda item: item.name)
        if path.name.endswith(".sql")
    }


def _plain(sql: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"^--.*$", "", sql, flags=re.MULTILINE)).strip()


def name_of(sql: str, names: Mapping[str, str]) -> str:
    """Name of the query that a statement is, or holds (then with a plus)."""
    text = _plain(sql)
    if text in names:
        return names[text]
    inside = [name for plain, name in names.items() if plain in text]
    return f"{max(inside, key=len)}+" if inside else "unnamed"


@contextmanager
def listening(page: list[str]) -> Iterator[dict[str, Question]]:
    """Questions by their text and parameters, asked inside the block; `page` holds who asks."""
    names = {_plain(sql): name for name, sql in named().items()}
    found: dict[str, Question] = {}
    ways = {"select": Database.select, "table": Database.table}

    def heard(way: str) -> Any:
        def ask(self: Database, sql: str, parameters: Mapping[str, Any]) -> Any:
            one = Question(name_of(sql, names), sql, dict(parameters))
            one = found.setdefault(one.key, one)
            if page[-1] not in one.pages:
                one.pages.append(page[-1])
            return ways[way](self, sql, parameters)  # type: ignore[operator]

        return ask

    with mock.patch.multiple(Database, **{way: heard(way) for way in ways}):
        yield found


def record() -> list[Question]:
    """Every distinct question that the pages, the search, receipts and the API ask."""
    import logging

    from observatory.ui import collect, nav

    logging.getLogger("streamlit").setLevel(logging.ERROR)
    page = [""]
    with listening(page) as found:
        for info in nav.existing():
            for query in VIEWS.get(info.slug, ({},)):
                page.append(info.slug)
                try:
                    collect.page_view(info.slug, query)
                except collect.NotDrawn as fault:
                    print(f"{info.slug} {query}: {fault}", file=sys.stderr)
        _beside_pages(page)
    return list(found.values())


def _beside_pages(page: list[str]) -> None:
    """What answers beside the pages: search, receipts of every kind, feeds, and API listings."""
    from observatory.api.resources import RESOURCES
    from observatory.db import listing, queries, queries_directory
    from observatory.db.connect import Databases, builds_folder

    db = Databases(builds_folder()).get()
    page.append("search")
    queries_directory.search_things(db, None)
    queries_directory.search_names(db)
    page.append("receipts")
    for table in queries.KINDS.values():
        ids = db.select(f"SELECT row_id FROM serve.{table} ORDER BY row_id LIMIT 3", {})["row_id"]  # noqa: S608
        queries.rows_by_id(db, table, list(ids), None)
        for row in ids[:1]:
            queries.cell_of_row(db, row, None)
    page.append("api")
    for subject in RESOURCES:
        listing.page(db, subject.listing, {}, as_of=None, is_bulk=lambda n: n > 1000,
                     columns=None, limit=100, offset=0)  # fmt: skip


def save(questions: list[Question], path: Path) -> None:
    """Write questions as JSON."""
    kept = [
        {"name": one.name, "pages": one.pages, "sql": one.sql, "parameters": encoded(one.parameters)}
        for one in questions
    ]  # fmt: skip
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> list[Question]:
    """Questions that `save` wrote."""
    return [
        Question(one["name"], one["sql"], decoded(one["parameters"]), one["pages"])
        for one in json.loads(path.read_text(encoding="utf-8"))
    ]


def main() -> int:
    """Record and say which named queries nobody asked."""
    questions = record()
    save(questions, Path(sys.argv[1]))
    asked = {one.name.rstrip("+") for one in questions}
    print(f"{len(questions)} questions, {len(asked)} named queries")
    print("not asked:", ", ".join(sorted(set(named()) - asked)) or "none")
    return 0


if __name__ == "__main__":
    sys.exit(main())
