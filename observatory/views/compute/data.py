"""The compute page's data and what a reader asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from observatory.db import queries_compute
from observatory.db.connect import Database
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import links
from observatory.views.asked import Asked
from observatory.views.labels import clean

Row = Mapping[str, Any]
VIEWS: Final = ("top500", "clusters", "national", "power")
MEASURES: Final[Mapping[str, str]] = {
    "rmax": "top500_rmax_pflops", "systems": "top500_systems",
    "accelerated": "top500_accelerated_systems",
}  # fmt: skip
STATES: Final = ("operational", "under_construction", "planned", "decommissioned")
EPOCH: Final = "Epoch AI"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is looked at: the view, the TOP500 measure and list, limits of the list of clusters."""

    view: str = "top500"
    measure: str = "rmax"
    edition: str = ""
    origin: str = ""
    state: str = ""


@dataclass(frozen=True)
class Machines:
    """Systems of all lists and AI clusters, as known on a day; the same for all languages."""

    systems: tuple[Row, ...]
    clusters: tuple[Row, ...]
    editions: tuple[str, ...] = field(default=())

    def of_list(self, edition: str) -> list[Row]:
        return [row for row in self.systems if row["list_date"] == edition]


def load(db: Database, as_of: date | None) -> Machines:
    """Everything on file."""
    systems = records(queries_compute.listed_systems(db, as_of))
    clusters = records(queries_compute.ai_clusters(db, as_of))
    editions = sorted({clean(row["list_date"]) for row in systems}, reverse=True)
    return Machines(tuple(systems), tuple(clusters), tuple(editions))


def read(
    extra: Mapping[str, str], machines: Machines
) -> tuple[Choice, tuple[tuple[str, str], ...]]:
    """What was asked for, and (parameter, value) pairs that could not be used."""
    asked = Asked(extra)
    chosen = Choice(
        view=asked.one("view", VIEWS, "top500"),
        measure=asked.one("measure", MEASURES, "rmax"),
        edition=asked.one(
            "list", machines.editions, machines.editions[0] if machines.editions else ""
        ),
        origin=asked.one("from", SCOPE + COMPARATORS),
        state=asked.one("state", STATES),
    )
    return chosen, tuple(asked.bad)


def address(c: Choice, newest: str, **changes: Any) -> str:
    """The page with some choices changed; `newest` is the list that needs no name."""
    new = replace(c, **changes)
    pairs = {
        "view": "" if new.view == "top500" else new.view,
        "measure": "" if new.measure == "rmax" else new.measure,
        "list": "" if new.edition == newest else new.edition, "from": new.origin, "state": new.state,
    }  # fmt: skip
    return links.link("/compute", **{key: value for key, value in pairs.items() if value})


def view_name(view: str, t: Translator) -> str:
    """A view of the page."""
    match view:
        case "top500":
            return t("Supercomputers")
        case "clusters":
            return t("AI clusters")
        case "national":
            return t("National capacity")
        case _:
            return t("Power")


def measure_name(measure: str, t: Translator) -> str:
    """A measure of the TOP500, for the switch."""
    match measure:
        case "systems":
            return t("Systems")
        case "accelerated":
            return t("With accelerators")
        case _:
            return t("Performance")


_MAKERS: Final = (
    ("NVIDIA", ("nvidia",)), ("AMD", ("amd",)), ("Intel", ("intel",)), ("NUDT", ("matrix",)),
    ("PEZY", ("pezy",)), ("Preferred Networks", ("mn-core",)),
)  # fmt: skip


def maker_of(accelerator: str) -> str:
    """Maker of an accelerator by the words of the list; `other` for names we do not place, empty for none."""
    text = accelerator.casefold()
    if not text:
        return ""
    return next((name for name, words in _MAKERS if any(word in text for word in words)), "other")


def clusters_of(
    machines: Machines, c: Choice, members: Sequence[str], *, but: str = ""
) -> list[Row]:
    """Clusters that fit the limits; `but` names one that is left aside, for its counts."""
    return [
        row
        for row in machines.clusters
        if (clean(row["economy_id"]) in members or clean(row["economy_id"]) == c.origin)
        and (but == "from" or not c.origin or clean(row["economy_id"]) == c.origin)
        and (but == "state" or not c.state or clean(row["cluster_status"]) == c.state)
    ]


def overdue(row: Row, today: date) -> bool:
    """A plan whose date is over while no source on file says what became of it."""
    end = row["period_end"]
    if (
        clean(row["cluster_status"]) not in ("planned", "under_construction")
        or end is None
        or end != end
    ):
        return False
    return str(end)[:10] < today.isoformat()
