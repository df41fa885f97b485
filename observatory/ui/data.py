"""What the frame itself asks the database: the build, names, receipts."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from observatory.model.scope import COMPARATORS, SCOPE

if TYPE_CHECKING:
    from observatory.ui.context import Context

_LOG = logging.getLogger("observatory.ui")


@dataclass(frozen=True)
class Opened:
    """An open build. `problem` says why it is not the newest one, if so."""

    db: Any = None
    build_id: str = ""
    data_date: dt.date | None = None
    sources: int = 0
    problem: str = ""


class Service(Protocol):
    """What the frame needs from a database; tests and demonstrations put in their own."""

    def open_build(self, wanted: str | None) -> Opened | None:
        """Open a build by id or the current one; None if there is none to open."""

    def receipt(self, db: Any, row_id: str, as_of: dt.date | None, lang: str) -> Any:
        """One receipt as a dictionary, or None."""

    def lines(self, db: Any, ids: Sequence[str], as_of: dt.date | None) -> Any:
        """Lines of a CSV in the order of `ids`; unknown ids are left out."""

    def economy_names(self, db: Any, lang: str) -> dict[str, str]:
        """Economy id -> name in a language."""

    def org_ids(self, db: Any) -> Collection[str] | None:
        """Ids of all organisations, None if not known."""

    def indicator_ids(self, db: Any) -> Collection[str] | None:
        """Ids of all measures, None if not known."""

    def build_ids(self) -> Collection[str] | None:
        """Ids of the builds that are kept."""


_service: Service | None = None
_served = ""


def use(service: Service | None) -> None:
    """Set where the frame gets its data; None goes back to the published build."""
    global _service
    _service = service


def service() -> Service:
    """The service in use."""
    global _service
    if _service is None:
        from observatory.ui.published import Published

        _service = Published()
    return _service


def open_build(wanted: str | None = None) -> Opened | None:
    """Open a build; None if there is none."""
    global _served
    found = service().open_build(wanted)
    if not wanted:
        _served = found.build_id if found else ""
    return found


def served_id() -> str:
    """Id of the build that was served last, without asking; empty before the first."""
    return _served


def receipt(ctx: Context, row_id: str) -> dict[str, Any] | None:
    """The receipt of a row in the reader's language, as known on the chosen day."""
    found = service().receipt(ctx.db, row_id, ctx.as_of, ctx.lang)
    return dict(found) if found else None


def lines(ctx: Context, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Lines of a CSV of many rows, in order."""
    return [dict(found) for found in service().lines(ctx.db, ids, ctx.as_of)]


def economy_names(ctx: Context) -> dict[str, str]:
    """Economy id -> name in the reader's language."""
    return service().economy_names(ctx.db, ctx.lang)


def economy_ids(opened: Opened) -> Collection[str]:
    """Economies a reader can choose."""
    return SCOPE + COMPARATORS


def org_ids(opened: Opened) -> Collection[str] | None:
    """Organisations that have a profile; None if that is not known yet."""
    return service().org_ids(opened.db)


def indicator_ids(opened: Opened) -> Collection[str] | None:
    """Measures that have a page; None if that is not known yet."""
    return service().indicator_ids(opened.db)


def build_ids(opened: Opened) -> Collection[str] | None:
    """Builds a link may name."""
    return service().build_ids()


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
