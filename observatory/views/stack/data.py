"""The sovereign stack as data: signs with the values they rest on, and the grades of all cells.

The rule stands in `data/stack.yml`; `docs/method.md` says it in words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal

import pandas as pd

from observatory.analysis.cross_section import BAD, is_part_year
from observatory.analysis.stack import Level, State, level, state
from observatory.db import queries_benchmarks, queries_stack
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.model.vocab import GradedLayer
from observatory.views.labels import clean
from observatory.views.measures import Catalogue, Indicator

EVERYONE: Final = SCOPE + COMPARATORS
LAYERS: Final = tuple(layer.value for layer in GradedLayer)
ORG_LAYERS: Final[dict[str, tuple[str, ...]]] = {
    **{layer: (layer,) for layer in LAYERS}, "applications": ("applications", "robotics"),
}  # fmt: skip
"""Layers of organisations that stand behind a graded layer."""
Hole = Literal["none", "disputed", "unchecked", "forecast", "part_year", "other_period", "old"]


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of a layer: columns of `serve.stack_signs`, its conditions, its indicator."""

    row: Mapping[str, Any]
    where: Mapping[str, tuple[str, ...]]
    indicator: Indicator | None

    @property
    def id(self) -> str:
        return str(self.row["sign_id"])

    @property
    def layer(self) -> str:
        return str(self.row["layer"])

    @property
    def kind(self) -> str:
        return str(self.row["kind"])

    @property
    def table(self) -> str:
        return clean(self.row["table"])

    @property
    def column(self) -> str:
        return clean(self.row["column"])

    @property
    def board(self) -> str:
        return clean(self.row["board"])

    @property
    def since(self) -> int | None:
        value = clean(self.row["since"])
        return int(float(value)) if value else None

    @property
    def steps(self) -> tuple[float, float]:
        return float(self.row["medium_from"]), float(self.row["high_from"])

    @property
    def fewer(self) -> bool:
        """Whether less is better."""
        return self.kind == "behind"

    def level(self, value: float) -> Level:
        return level(value, *self.steps, fewer=self.fewer)


@dataclass(frozen=True, slots=True)
class Value:
    """What a sign says of an economy. ``rows``: what it is made of, one row id each, the first of
    them the leading one (entity_id, row_id, name, said, status, source_id, known_on, value)."""

    value: float
    level: Level
    period: str
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a sign says nothing of an economy; ``row_id`` and ``period`` of the nearest row, if any."""

    why: Hole
    row_id: str = ""
    period: str = ""


@dataclass
class Stack:
    """Signs, values and grades as known on the catalogue's day, whatever years a reader chose."""

    data: Catalogue
    _levels: dict[tuple[str, str], list[Level]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.data.years:
            self.data = Catalogue(self.data.db, self.data.t, self.data.as_of)

    @cached_property
    def meanings(self) -> dict[str, str]:
        """Layer -> what it stands for, in English."""
        found = queries_stack.rule(self.data.db, "layers")
        return dict(zip(found["layer"].astype(str), found["meaning"], strict=True))

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        where: dict[str, dict[str, tuple[str, ...]]] = {}
        for row in queries_stack.rule(self.data.db, "conditions").to_dict("records"):
            of = where.setdefault(str(row["sign_id"]), {})
            of[str(row["field"])] = (*of.get(str(row["field"]), ()), str(row["word"]))
        return tuple(
            Sign(_plain(row), where.get(str(row["sign_id"]), {}),
                 self.data.indicators.get(clean(row["indicator"])))
            for row in queries_stack.rule(self.data.db, "signs").to_dict("records")
        )  # fmt: skip

    def of_layer(self, layer: str) -> tuple[Sign, ...]:
        return tuple(sign for sign in self.signs if sign.layer == layer)

    @cached_property
    def words(self) -> dict[str, dict[str, str]]:
        """Words of suppliers by kind: foundries, chips, weights."""
        found: dict[str, dict[str, str]] = {}
        for row in queries_stack.rule(self.data.db, "suppliers").to_dict("records"):
            found.setdefault(str(row["kind"]), {})[str(row["word"])] = str(row["org_id"])
        return found

    @cached_property
    def _rows(self) -> dict[str, pd.DataFrame]:
        found = queries_stack.rows(self.data.db, self.data.as_of)
        return {str(key): rows for key, rows in found.groupby("source_table")}

    @cached_property
    def values(self) -> dict[tuple[str, str], Value]:
        """(economy, sign id) -> what the sign says; economies without a value are left out."""
        found: dict[tuple[str, str], Value] = {}
        for sign in self.signs:
            match sign.kind:
                case "indicator":
                    said = self._measured(sign)
                case "behind":
                    said = self._behind(sign)
                case _:
                    said = self._counted(sign)
            found |= {(economy, sign.id): value for economy, value in said.items()}
        return found

    def _measured(self, sign: Sign) -> dict[str, Value]:
        if sign.indicator is None:
            return {}
        frame = self.data.section(sign.indicator.id, EVERYONE).frame
        found = {}
        for row in frame.to_dict("records"):
            if pd.Timestamp(row["period_end"]).year < (sign.since or 0):
                continue
            value = float(row["value"])
            one = {**_plain(row), "name": sign.indicator.short, "said": row["period"]}
            found[str(row["entity_id"])] = Value(
                value, sign.level(value), str(row["period"]), (one,)
            )
        return found

    def fitting(self, sign: Sign) -> pd.DataFrame:
        """Rows of a sign's table that meet its conditions, whatever their status."""
        rows = self._rows.get(sign.table)
        if rows is None:
            return pd.DataFrame(columns=["economy_id", "status", "row_id", "id"])
        keep = pd.Series(True, index=rows.index)
        for name, words in sign.where.items():
            keep &= rows[f"is_{name}"].isin(words)
        if text := clean(sign.row["id_without"]):
            keep &= ~rows["id"].str.contains(text, regex=False)
        barred = rows["not_compared"].fillna("").str.split(";")
        keep &= ~barred.map(lambda names: sign.column in names).astype(bool)
        if sign.since:
            keep &= pd.to_datetime(rows["period_end"]).dt.year >= sign.since
        return rows[keep & rows[sign.column].notna() & rows["economy_id"].isin(EVERYONE)]

    def _counted(self, sign: Sign) -> dict[str, Value]:
        rows = self.fitting(sign)
        rows = rows[~rows["status"].isin(BAD)]
        found = {}
        for economy, own in rows.groupby("economy_id"):
            if sign.kind == "largest":
                first = own.sort_values([sign.column, "row_id"], ascending=[False, True]).head(1)
                value, shown = float(first[sign.column].iloc[0]), first
            else:
                shown = own.sort_values(["org_name", "name", "row_id"]).drop_duplicates(sign.column)
                value = float(len(shown))
            parts = shown.assign(value=shown[sign.column]).to_dict("records")
            period = clean(parts[0]["said"]) if sign.kind == "largest" else ""
            made: tuple[Mapping[str, Any], ...] = tuple(
                {str(k): v for k, v in part.items()} for part in parts
            )
            found[str(economy)] = Value(value, sign.level(value), period, made)
        return found

    def _behind(self, sign: Sign) -> dict[str, Value]:
        rows = queries_benchmarks.board_results(self.data.db, self.data.as_of, [sign.board])
        rows = rows[rows["score"].notna() & ~rows["status"].isin(BAD)]
        if rows.empty:
            return {}
        newest = rows[rows["period_end"] == rows["period_end"].max()]
        newest = newest.sort_values(["score", "row_id"], ascending=[False, True])
        best = {str(k): v for k, v in newest.iloc[0].to_dict().items()}
        found = {}
        for row in newest.drop_duplicates("economy_id").to_dict("records"):
            economy = clean(row["economy_id"])
            if economy not in EVERYONE:
                continue
            value = float(best["score"]) - float(row["score"])
            parts = [{str(k): v for k, v in row.items()}]
            if row["row_id"] != best["row_id"]:
                parts.append(best)
            made = tuple(
                {**part, "name": part["model_name"], "said": part["as_of"], "value": part["score"]}
                for part in parts
            )
            found[economy] = Value(value, sign.level(value), str(row["as_of"]), made)
        return found

    # Cells ---------------------------------------------------------------------------------------

    def levels(self, economy: str, layer: str) -> list[Level]:
        key = (economy, layer)
        if key not in self._levels:
            self._levels[key] = [
                self.values[economy, sign.id].level
                for sign in self.of_layer(layer)
                if (economy, sign.id) in self.values
            ]
        return self._levels[key]

    def state(self, economy: str, layer: str) -> State:
        """What a cell is: its grade, "named" or "empty"."""
        return state(self.levels(economy, layer), (economy, layer) in self.named)

    @cached_property
    def _behind_cells(self) -> pd.DataFrame:
        return queries_stack.named(self.data.db, self.data.as_of)

    @cached_property
    def named(self) -> dict[tuple[str, str], list[dict[str, Any]]]:
        """(economy, layer) -> what is named on file, whether it counts for a sign or not."""
        found: dict[tuple[str, str], list[dict[str, Any]]] = {}
        homes = {part: layer for layer, parts in ORG_LAYERS.items() for part in parts}
        for row in self._behind_cells.to_dict("records"):
            layer = homes.get(str(row["layer"]))
            if layer:
                found.setdefault((str(row["economy_id"]), layer), []).append(_plain(row))
        tables = {"chips": "chips", "clusters": "compute", "models": "models", "deals": "capital",
                  "ipo_events": "capital", "policies": "governance"}  # fmt: skip
        for table, layer in tables.items():
            rows = self._rows.get(table)
            if rows is None:
                continue
            rows = rows.sort_values(["period_end", "row_id"], ascending=[False, True])
            for row in rows.drop_duplicates("id").to_dict("records"):
                found.setdefault((str(row["economy_id"]), layer), []).append(_plain(row))
        return found

    def missing(self, economy: str, sign: Sign) -> Missing:
        """Why a sign has no value for an economy."""
        if sign.kind == "behind":
            return Missing("none")
        if sign.kind != "indicator":
            rows = self.fitting(sign)
            rows = rows[rows["economy_id"] == economy]
            if rows.empty:
                return Missing("none")
            row = rows.iloc[0]
            why: Hole = "disputed" if row["status"] == "disputed" else "unchecked"
            return Missing(why, str(row["row_id"]), clean(row["said"]))
        if sign.indicator is None:
            return Missing("none")
        series = self.data.series(sign.indicator.id)
        own = series[series["entity_id"] == economy].sort_values("period_end")
        if own.empty:
            return Missing("none")
        part = is_part_year(own)
        good = own[own["is_headline"] & ~own["is_forecast"] & ~own["status"].isin(BAD) & ~part]
        row = (own if good.empty else good).iloc[-1]
        row_id, period = clean(row["row_id"]), clean(row["period"])
        if len(good):
            ended = pd.Timestamp(row["period_end"]).year
            return Missing("old" if ended < (sign.since or 0) else "other_period", row_id, period)
        if row["status"] == "disputed":
            return Missing("disputed", row_id, period)
        if row["is_forecast"]:
            return Missing("forecast", row_id, period)
        return Missing("part_year" if bool(part.iloc[-1]) else "unchecked", row_id, period)


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in row.items()}


def read(text: str, members: Collection[str] = EVERYONE) -> tuple[tuple[str, str] | None, bool]:
    """Cell of a link, ``KOR-chips``, and whether the text names none of the matrix."""
    if not text:
        return None, False
    economy, _, layer = text.partition("-")
    if economy in members and layer in LAYERS:
        return (economy, layer), False
    return None, True


def cell_id(economy: str, layer: str) -> str:
    """The cell as it stands in links."""
    return f"{economy}-{layer}"


def counts(stack: Stack, members: Sequence[str]) -> dict[State, int]:
    """How many cells of these economies are in each state."""
    found: dict[State, int] = {"high": 0, "medium": 0, "low": 0, "named": 0, "empty": 0}
    for economy in members:
        for layer in LAYERS:
            found[stack.state(economy, layer)] += 1
    return found
