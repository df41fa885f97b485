"""Every thing on which several sources differ: short lines of all, and the rows of those that are shown."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from observatory.analysis import disagree
from observatory.db import queries, queries_evidence
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.differ import VALUE
from observatory.views import evidence_parts as ev
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]


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
        return self.kind == "observations" and self.state in (
            "disputed",
            "weak",
            "official",
            "near",
        )


@dataclass(frozen=True)
class Record:
    """Every thing with several rows. Observations, which may be very many, are told by short lines until
    they are shown; of other tables all rows are at hand.

    ``heads``: one line a thing on which sources differ, what was done first, then the widest: cell_id,
    kind, state, indicator_id, entity_id (of observations), spread, newest (a day). ``others``:
    things of other tables that several rows tell of, those that agree among them.
    """

    data: Catalogue
    heads: pd.DataFrame
    others: Mapping[str, Conflict]
    several: int
    """Things that several rows tell of."""
    cells: int
    """Facts on file: all things, also those with one source."""
    namer: ev.Namer = field(repr=False, default=None)  # type: ignore[assignment]
    _one: dict[Hashable, Any] = field(repr=False, default_factory=dict)

    @property
    def t(self) -> Translator:
        return self.data.t

    def get(self, cell_id: str) -> Conflict | None:
        """A thing that several rows tell of, whether they differ or agree."""
        if not cell_id:
            return None
        if cell_id not in self._one:
            self._one[cell_id] = next(iter(self.full([cell_id])), None)
        found: Conflict | None = self._one[cell_id]
        return found

    def full(self, cells: Sequence[str]) -> list[Conflict]:
        """Things with their rows, in the order asked for; one row alone is no such thing."""
        asked = [key for key in cells if key not in self.others]
        found = dict(self.others)
        if asked:
            rows = records(queries_evidence.conflict_values(self.data.db, self.data.as_of, asked))
            found |= _conflicts(self.data, rows, {str(row["row_id"]): row for row in rows})
        return [found[key] for key in cells if key in found]

    def picked(self, picks: Sequence[str]) -> set[str]:
        """The cells of the rows that a reader chose, where these can be chosen."""
        if not picks:
            return set()
        cells = queries_evidence.cells_of(self.data.db, picks)
        return {
            one.cell_id
            for one in self.full(cells)
            if any(row["row_id"] in picks for row in one.rows)
        }

    def knows(self, entity: str) -> bool:
        """Whether several rows tell of anything about an economy or organisation; all economies are known."""
        return bool(entity) and (
            entity in self.data.economies
            or any(entity in one.entities for one in self.others.values())
            or queries_evidence.told_of(self.data.db, self.data.as_of, entity)
        )

    def about(self, entity: str) -> np.ndarray:
        """Which heads are about an economy or organisation."""
        mine = [key for key, one in self.others.items() if entity in one.entities]
        found: np.ndarray = (
            (self.heads["entity_id"] == entity) | self.heads["cell_id"].isin(mine)
        ).to_numpy()
        return found

    def entities(self, heads: pd.DataFrame) -> set[str]:
        """Economies and organisations that some heads are about."""
        values = heads["kind"] == "observations"
        found = {clean(key) for key in heads.loc[values, "entity_id"].unique()} - {""}
        return found.union(*(self.others[key].entities for key in heads.loc[~values, "cell_id"]))

    def names(self, heads: pd.DataFrame) -> pd.Series:
        """What each head is, in the reader's language and to be sorted by."""
        what = self.namer.what
        values = heads["kind"] == "observations"
        named = {
            key: what({"kind": "observations", "indicator_id": key, "title": ""}).casefold()
            for key in heads.loc[values, "indicator_id"].unique()
        }
        found = heads["indicator_id"].astype(object).map(named).astype(object)
        found[~values] = [
            what(self.others[key].first).casefold() for key in heads.loc[~values, "cell_id"]
        ]
        return found


def load(data: Catalogue) -> Record:
    """All things that several rows speak of, as known on the catalogue's day."""
    db, day = data.db, data.as_of
    shared = records(queries_evidence.shared_cells(db, day))
    facts_frame = queries_evidence.facts(db, day, values=False)
    wanted = {row["row_id"] for row in shared}
    facts = {row["row_id"]: row for row in records(facts_frame[facts_frame["row_id"].isin(wanted)])}
    others = _conflicts(data, shared, facts)
    cells, several = queries_evidence.cell_days(db, day)
    return Record(
        data, _heads(queries_evidence.conflict_heads(db, day), others.values()), others, several + len(others),
        cells + int(facts_frame["cell_id"].nunique()), ev.Namer(data),
    )  # fmt: skip


def _heads(values: pd.DataFrame, others: Iterable[Conflict]) -> pd.DataFrame:
    """Conflicts over values, and those of other tables, in the columns of `Record.heads`."""
    told = pd.DataFrame(
        [
            (one.cell_id, one.kind, one.state, None, None, one.spread, one.newest)
            for one in others
            if one.state != "agree"
        ],
        columns=["cell_id", "kind", "state", "indicator_id", "entity_id", "spread", "newest"],
    ).astype({"spread": "float64"})
    mine = values.rename(columns={"outcome": "state", "last_known": "newest"}).assign(
        kind="observations"
    )[list(told.columns)]
    found = pd.concat([part for part in (mine, told) if len(part)] or [told], ignore_index=True)
    found["newest"] = pd.to_datetime(found["newest"])
    found["state"] = pd.Categorical(found["state"], disagree.STATES, ordered=True)
    # Few words told very often.
    for name in ("kind", "indicator_id", "entity_id"):
        found[name] = found[name].astype("category")
    found["wide"] = -found["spread"]
    found = found.sort_values(["state", "wide", "cell_id"], ignore_index=True)
    return found.drop(columns="wide")


def _conflicts(
    data: Catalogue, shared: Sequence[Row], facts: Mapping[str, dict[str, Any]]
) -> dict[str, Conflict]:
    """Things by their cells; ``shared``: rows of the same cell stand together."""
    ids = sorted({str(row["source_id"]) for row in facts.values()})
    sources = {row["source_id"]: row for row in records(queries.sources_by_id(data.db, ids))}
    groups: dict[str, list[Row]] = {}
    for row in shared:
        groups.setdefault(str(row["cell_id"]), []).append(row)
    found = (_conflict(key, rows, facts, sources) for key, rows in groups.items())
    return {one.cell_id: one for one in found if one is not None}


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
    lines.sort(
        key=lambda line: (
            line["amount"] if line["amount"] == line["amount"] else 0.0,
            line["row_id"],
        )
    )
    return Conflict(
        cell_id, kind, tuple(lines), chosen, rule, spread,
        clean(first["outcome"]) or "agree", fields,
    )  # fmt: skip
