"""The read-me that lies in every bundle."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

from observatory.db.pointer import Build

if TYPE_CHECKING:
    from etl.release.tables import TableInfo

_TEXT = files("etl.release").joinpath("readme.md").read_text(encoding="utf-8")


def readme(made: Build, day: str, tables: Sequence[TableInfo], left: int) -> str:
    """The text of README.md."""
    rows = "\n".join(f"| `{table.name}` | {table.rows:,} | {table.text} |" for table in tables)
    return _TEXT.format(
        build=made.build_id, day=day, content=made.content_hash, left=f"{left:,}", tables=rows,
        example="internet_users_pct",
    )  # fmt: skip
