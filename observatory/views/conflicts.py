"""Conflicts: where sources differ, by how much, what was chosen and by which rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from observatory.analysis import disagree
from observatory.cards.markup import Safe, h, icon, join
from observatory.db import queries, queries_evidence
from observatory.i18n import Translator
from observatory.model.differ import VALUE
from observatory.views import evidence_parts as ev
from observatory.views import links
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]
SORTS: Final = ("spread", "new", "name")
PAGE: Final = 20
ICONS: Final = {
    "disputed": "call_split", "weak": "help", "official": "verified", "near": "done_all", "words": "event",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader chose; empty texts limit nothing."""

    measure: str = ""
    entity: str = ""
    kind: str = ""
    about: str = ""
    cell: str = ""
    sort: str = "spread"
    page: int = 1

    def query(self, **changes: object) -> dict[str, str]:
        """URL parameters with some changed; what is as from the start is left out."""
        new = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        plain = asdict(Choice())
        return {name: str(value) for name, value in asdict(new).items() if value != plain[name]}


@dataclass(frozen=True)
class Conflict:
    """One thing that several sources speak of. ``rows`` have the columns of `queries_evidence.facts`
    with those of the source; ``spread`` is the share of the larger value, 0 where no figures differ."""

    cell_id: str
    kind: str
    rows: tuple[dict[str, Any], ...]
    chosen: str
    rule: str
    spread: float
    state: str
    fields: tuple[str, ...] = ()

    @property
    def first(self) -> dict[str, Any]:
        """The chosen row, else any: what all rows say of the thing itself."""
        return next((row for row in self.rows if row["row_id"] == self.chosen), self.rows[0])

    @property
    def entities(self) -> set[str]:
        """Economies and organisations it is about."""
        return {clean(row[name]) for row in self.rows for name in ("economy_id", "org_id")} - {""}

    @property
    def newest(self) -> str:
        """The day on which the newest of its rows became known."""
        return max(str(row["known_on"])[:10] for row in self.rows)

    @property
    def can_pick(self) -> bool:
        """Whether a reader's choice changes anything: figures of measures that differ."""
        return self.kind == "observations" and self.state in ("disputed", "weak", "official", "near")


@dataclass(frozen=True)
class Record:
    """Every thing with several rows, those that differ first by spread."""

    data: Catalogue
    every: tuple[Conflict, ...]
    cells: int
    """Facts on file: all things, also those with one source."""
    namer: ev.Namer = field(repr=False, default=None)  # type: ignore[assignment]

    @property
    def t(self) -> Translator:
        return self.data.t

    @property
    def conflicts(self) -> list[Conflict]:
        """Those that differ."""
        return [one for one in self.every if one.state != "agree"]

    def get(self, cell_id: str) -> Conflict | None:
        return next((one for one in self.every if one.cell_id == cell_id), None)


def load(data: Catalogue) -> Record:
    """All things that several rows speak of, as known on the catalogue's day."""
    shared = ev.rows_of(queries_evidence.shared_cells(data.db, data.as_of))
    facts_frame = queries_evidence.facts(data.db, data.as_of)
    wanted = {row["row_id"] for row in shared}
    facts = {row["row_id"]: row for row in ev.rows_of(facts_frame[facts_frame["row_id"].isin(wanted)])}
    ids = sorted({str(row["source_id"]) for row in facts.values()})
    sources = {row["source_id"]: row for row in ev.rows_of(queries.sources_by_id(data.db, ids))}
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in shared:
        groups.setdefault(str(row["cell_id"]), []).append(row)
    found = [
        one
        for cell_id, rows in groups.items()
        if (one := _conflict(cell_id, rows, facts, sources)) is not None
    ]
    found.sort(key=lambda one: (disagree.STATES.index(one.state) if one.state != "agree" else 9, -one.spread,
                                one.cell_id))  # fmt: skip
    return Record(data, tuple(found), int(facts_frame["cell_id"].nunique()), ev.Namer(data))


def _conflict(
    cell_id: str,
    rows: Sequence[Row],
    facts: Mapping[str, dict[str, Any]],
    sources: Mapping[str, dict[str, Any]],
) -> Conflict | None:
    lines = []
    for row in rows:
        fact = facts.get(str(row["row_id"]))
        if fact is not None:
            source = sources.get(fact["source_id"], {})
            lines.append({**fact, "publisher": clean(source.get("publisher")), "origin": clean(source.get("origin")),
                          "url": clean(source.get("url")), "published": clean(source.get("published")),
                          "source_kind": clean(source.get("source_kind"))})  # fmt: skip
    if len(lines) < 2:
        return None
    first = rows[0]
    kind = str(first["table_name"])
    differs = clean(first["differs"]).split(";")
    spread = float(first["spread"]) if VALUE in differs else 0.0
    fields = tuple(word for word in differs if word and word != VALUE)
    chosen, rule = clean(first["chosen_row_id"]), clean(first["rule"])
    lines.sort(key=lambda line: (line["amount"] if line["amount"] == line["amount"] else 0.0, line["row_id"]))
    return Conflict(
        cell_id, kind, tuple(lines), chosen, rule, spread,
        clean(first["outcome"]) or "agree", fields,
    )  # fmt: skip


def read(
    given: Mapping[str, str | None], record: Record
) -> tuple[Choice, list[str]]:
    """The choice that URL parameters name, and the parameters that could not be used."""
    entities = {key for one in record.every for key in one.entities}
    allowed: dict[str, Collection[str]] = {
        "measure": record.data.indicators.keys(),
        "entity": entities | set(record.data.economies),
        "kind": disagree.STATES,
        "about": ev.KINDS,
        "cell": {one.cell_id for one in record.every},
        "sort": SORTS,
    }
    found: dict[str, Any] = {}
    bad: list[str] = []
    for name, known in allowed.items():
        value = given.get(name) or ""
        if value and value not in known:
            bad.append(name)
        elif value:
            found[name] = value
    page = given.get("page") or "1"
    if page.isascii() and page.isdigit() and 1 <= int(page) <= 99:
        found["page"] = int(page)
    else:
        bad.append("page")
    return Choice(**found), bad


def fits(record: Record, c: Choice, but: str = "") -> list[Conflict]:
    """The conflicts within all limits of the choice except one, in its order."""
    rows = [
        one
        for one in record.conflicts
        if (but == "kind" or c.kind in ("", one.state))
        and (but == "about" or c.about in ("", one.kind))
        and (but == "measure" or c.measure in ("", clean(one.first["indicator_id"])))
        and (but == "entity" or not c.entity or c.entity in one.entities)
    ]
    if c.sort == "new":
        rows.sort(key=lambda one: one.newest, reverse=True)
    elif c.sort == "name":
        rows.sort(key=lambda one: record.namer.what(one.first).casefold())
    else:
        rows.sort(key=lambda one: -one.spread)
    return rows


def address(c: Choice, **changes: object) -> str:
    """Link to this page with some of the choice changed."""
    return links.link("/conflicts", **c.query(**changes))


# Words --------------------------------------------------------------------------------------------


def state_name(word: str, t: Translator) -> str:
    """What was done about a difference, short."""
    match word:
        case "disputed":
            return t("In dispute")
        case "weak":
            return t("All sources weak")
        case "official":
            return t("Official figure goes first")
        case "near":
            return t("Near enough to choose")
        case _:
            return t("Dates or conditions differ")


def title(record: Record) -> str:
    """How many facts sources differ on, and how many of them have no chosen value."""
    t = record.t
    n = len(record.conflicts)
    none = sum(one.state in ("disputed", "weak") for one in record.conflicts)
    if not n:
        return t("No source on file contradicts another")
    return t.n(
        "Sources differ on {n} fact; {none} of them has no chosen value",
        "Sources differ on {n} facts; {none} of them have no chosen value",
        n, none=t.number(none),
    )  # fmt: skip


def deck(record: Record) -> str:
    """What rests on several sources, and what happens where they differ."""
    t = record.t
    return t(
        "{several} of {all} facts on file rest on two or more sources. Where independent sources differ beyond 2 %, or"
        " half of the last printed digit, none is chosen unless one is the official figure: such values stay out of"
        " ranks, scores and findings. You can choose one yourself and see what that changes.",
        several=t.number(len(record.every)), all=t.number(record.cells),
    )  # fmt: skip


def strip(record: Record, c: Choice) -> Safe | None:
    """All conflicts as one bar by what was done about them, with linked counts."""
    t = record.t
    counts = Counter(one.state for one in fits(record, c, but="kind"))
    parts = [
        (
            f"cf-{word}",
            counts[word],
            join([h("b", icon(ICONS[word]), state_name(word, t)), h("span", t.number(counts[word]), cls="muted")], " "),
            address(c, kind="" if c.kind == word else word),
            c.kind == word,
        )
        for word in disagree.STATES
        if counts[word]
    ]  # fmt: skip
    return ev.share_strip(parts, t("Conflicts by what was done")) if parts else None


def facets(record: Record, c: Choice) -> Safe:
    """Limits of the list with counts."""
    t = record.t
    about = Counter(one.kind for one in fits(record, c, but="about"))
    orders = {"spread": t("Widest gap first"), "new": t("Newest first"), "name": t("By name")}
    sorts = h("div", h("dt", t("Order")), h("dd", *(
        h("a", orders[key], href=address(c, sort=key), data_go=True, cls="mo-f on" if c.sort == key else "mo-f",
          aria_current="true" if c.sort == key else None) for key in SORTS)))  # fmt: skip
    limits = ev.facets(
        [(t("What they tell of"), "about", ev.KINDS, lambda word: ev.kind_name(word, t), about, c.about)],
        lambda name, value: address(c, **{name: value}), t,
    )  # fmt: skip
    return limits + h("dl", sorts, cls="mo-facets")
