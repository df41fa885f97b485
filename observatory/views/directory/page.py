"""The directory of organisations: what a reader chose, and which organisations fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from observatory.db import queries, queries_directory
from observatory.db.connect import Database
from observatory.db.frames import plain_records
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.model.vocab import OrgKind, StackLayer
from observatory.views import labels
from observatory.views.asked import Asked
from observatory.views.ipo import stage as ipo_stage
from observatory.views.labels import clean
from observatory.views.links import link
from observatory.views.search import plain_query
from observatory.views.search_index import Finder

Row = Mapping[str, Any]

LAYERS: Final = tuple(str(one) for one in StackLayer)
KINDS: Final = tuple(str(one) for one in OrgKind)
HAS: Final = ("models", "chips", "clusters", "deals", "policies", "claims")
PAGE: Final = 50
# Columns that sort, and whether the first click puts the largest first.
SORTS: Final[dict[str, bool]] = {
    "name": False, "economy": False, "layer": False, "listing": True, "news": True, "models": True,
    "deals": True, "chips": True, "policies": True, "worth": True, "size": True, "match": True,
}  # fmt: skip
NO_LAYER: Final = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the URL asks for. Empty texts: no limit; `sort` is a key of SORTS, `down` its way."""

    q: str = ""
    layer: str = ""
    kind: str = ""
    listed: str = ""
    has: tuple[str, ...] = ()
    everywhere: bool = False
    sort: str = ""
    down: bool = True
    page: int = 1

    @property
    def order(self) -> str:
        """The key it is sorted by: with a query the best match first, else most on file."""
        return self.sort or ("match" if self.q else "size")

    @property
    def limits(self) -> int:
        """How many limits are set besides the economies."""
        return sum((bool(self.q), bool(self.layer), bool(self.kind), bool(self.listed))) + len(
            self.has
        )


def read(extra: Mapping[str, str]) -> tuple[Choice, list[str]]:
    """The choice of a URL's own parameters, and those that could not be used (`name=value`)."""
    asked = Asked(extra)
    wanted = [part for part in asked.text("has").split(",") if part]
    asked.bad += [("has", part) for part in dict.fromkeys(wanted) if part not in HAS]
    sort, down = asked.order(SORTS, "")
    page = asked.whole("page", 1, 9999)
    return Choice(
        q=plain_query(asked.text("q")),
        layer=asked.one("layer", (*LAYERS, NO_LAYER)),
        kind=asked.one("kind", KINDS),
        listed=asked.one("listed", ("yes", "no")),
        has=tuple(part for part in HAS if part in wanted),
        everywhere=asked.one("where", ("all",)) == "all",
        sort=sort,
        down=down if sort else True,
        page=page,
    ), asked.pairs


def address(choice: Choice, economies: str = "", **changes: Any) -> str:
    """The address of the directory with other choices; the list goes back to its first page.

    `economies` changes the shared choice of economies; left empty, it stays as it is.
    """
    c = replace(choice, **{"page": 1, **changes})
    query = {
        "q": c.q, "layer": c.layer, "kind": c.kind, "listed": c.listed, "has": ",".join(c.has),
        "where": "all" if c.everywhere else "", "page": str(c.page) if c.page > 1 else "",
        "sort": f"{'-' if c.down else ''}{c.sort}" if c.sort else "", "economies": economies,
    }  # fmt: skip
    return link("/companies", **{name: value for name, value in query.items() if value})


def rows_of(db: Database, as_of: date | None, today: date) -> tuple[Row, ...]:
    """Every organisation known by a day, with `size`: how many things are on file about it."""
    found = []
    stages = ipo_stage.by_company(db, as_of, today)
    for row in plain_records(queries_directory.directory(db, as_of, today)):
        stage = _stage(stages.get(row["org_id"]))
        size = sum(row[f"n_{what}"] for what in _COUNTED)
        found.append(
            {
                **row,
                **stage,
                "size": size,
                "listed": bool(row["tickers"]) or stage["stage"] == "listed",
            }
        )
    return tuple(found)


def _stage(shown: Row | None) -> dict[str, Any]:
    """The stage of a company's listing as a row of the directory holds it; None without one."""
    row = shown or {}
    return {
        "exchange": row.get("exchange"), "stage": row.get("stage"), "stage_date": row.get("stage_date"),
        "stage_ticker": row.get("ticker"), "stage_row": row.get("row_id"), "stage_status": row.get("status"),
    }  # fmt: skip


_COUNTED: Final = (
    "models",
    "deals",
    "attempts",
    "values",
    "chips",
    "clusters",
    "policies",
    "claims",
)


def matches(finder: Finder, query: str) -> tuple[str, ...] | None:
    """Ids of organisations that a query names, best first; None without a query."""
    if not query:
        return None
    hits = finder.index.search(query, kinds=frozenset({"org"}))
    return tuple(finder.index.entries[hit.at].id for hit in hits)


@dataclass(frozen=True)
class Field:
    """The organisations of a day, and those that a query names (None: all)."""

    rows: tuple[Row, ...]
    found: tuple[str, ...] | None
    economies: Mapping[str, Row]
    members: tuple[str, ...]

    def economy_name(self, economy_id: str, t: Translator) -> str:
        row = self.economies.get(economy_id)
        return labels.economy_name(row, t) if row else ""


def field(
    db: Database, rows: tuple[Row, ...], found: tuple[str, ...] | None, members: tuple[str, ...]
) -> Field:
    """The field that all parts of the page look at."""
    economies = {row["economy_id"]: row for row in plain_records(queries.economies(db))}
    return Field(rows, found, economies, members)


def fits(f: Field, c: Choice, *, leave: str = "") -> list[Row]:
    """Rows that fit a choice; `leave` names one limit that does not count (`layer`, `economy` …)."""
    wanted = None if f.found is None else set(f.found)

    def fit(row: Row) -> bool:
        return (
            (leave == "q" or wanted is None or row["org_id"] in wanted)
            and (leave == "economy" or c.everywhere or row["economy_id"] in f.members)
            and (leave == "layer" or not c.layer or (clean(row["layer"]) or NO_LAYER) == c.layer)
            and (leave == "kind" or not c.kind or row["kind"] == c.kind)
            and (leave == "listed" or not c.listed or row["listed"] == (c.listed == "yes"))
            and (leave == "has" or all(row[f"n_{what}"] for what in c.has))
        )

    return [row for row in f.rows if fit(row)]


def ordered(f: Field, c: Choice, rows: Sequence[Row], t: Translator) -> list[Row]:
    """Rows in the order of the choice; what has no value stands last either way."""
    place = {org: at for at, org in enumerate(f.found or ())}
    keys: dict[str, Callable[[Row], Any]] = {
        "name": lambda row: name_of(row, t).main.casefold(),
        "economy": lambda row: f.economy_name(clean(row["economy_id"]), t) or None,
        "layer": lambda row: LAYERS.index(row["layer"]) if row["layer"] else None,
        "listing": _listing_key,
        "news": lambda row: row["news_day"],
        "worth": lambda row: row["worth_usd"],
        "size": lambda row: row["size"],
        "match": lambda row: -place.get(row["org_id"], len(place)),
    }  # fmt: skip

    def count(row: Row) -> Any:
        return row[f"n_{c.order}"] or None

    key: Callable[[Row], Any] = keys.get(c.order, count)
    by_size = sorted(rows, key=lambda row: (-row["size"], row["name"]))
    known = [row for row in by_size if key(row) is not None]
    known.sort(key=key, reverse=c.down)
    return known + [row for row in by_size if key(row) is None]


def _listing_key(row: Row) -> tuple[str, str] | None:
    """Newest stage first; those with a ticker alone after them."""
    if not row["stage"] and not row["tickers"]:
        return None
    return clean(row["stage_date"]), clean(row["tickers"])


def name_of(row: Row, t: Translator) -> labels.OrgName:
    """How to print an organisation's name."""
    return labels.org_name(row["name"], row["native_name"], row["native_language"], t)


def facet(f: Field, c: Choice, which: str) -> dict[str, int]:
    """How many fit by each value of one facet, the others as chosen."""
    rows = fits(f, c, leave="" if which == "has" else which)
    counts: dict[str, int] = {"": len(rows)}
    for row in rows:
        for value in _values(row, which):
            counts[value] = counts.get(value, 0) + 1
    return counts


def _values(row: Row, which: str) -> list[str]:
    match which:
        case "layer":
            return [clean(row["layer"]) or NO_LAYER]
        case "kind":
            return [clean(row["kind"])]
        case "listed":
            return ["yes" if row["listed"] else "no"]
        case _:
            return [what for what in HAS if row[f"n_{what}"]]


def elsewhere(f: Field, c: Choice) -> int:
    """How many more fit outside the chosen economies."""
    return 0 if c.everywhere else len(fits(f, c, leave="economy")) - len(fits(f, c))


def rows_shown(f: Field, c: Choice) -> tuple[str, ...]:
    """Economies of the matrix in the house order: those chosen, or all with any."""
    if not c.everywhere:
        return f.members
    return tuple(code for code in SCOPE + COMPARATORS)
