"""Indicators and their series as pages need them: one query for many charts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final, TypeVar

import pandas as pd

from observatory.analysis.cross_section import CrossSection, is_part_year, of_usable, usable
from observatory.analysis.picks import apply as with_picks
from observatory.analysis.relative import relative
from observatory.charts.measure import Measure
from observatory.db import queries
from observatory.db.connect import Database
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.scope import SCOPE
from observatory.views import labels
from observatory.views.labels import clean

T = TypeVar("T")

OWN_GROUPS: Final = 4000
"""Cross-sections that are kept, those of a hundred groups of economies."""

# Denominators: both hold every economy that is compared. Values are per this much of them.
BASES: Final[dict[str, tuple[str, float]]] = {
    "population": ("population_total", 1e6),
    "gdp": ("gdp_usd_bn_imf", 1.0),
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator in the reader's language. ``row`` has the columns of ``serve.indicators``."""

    row: dict[str, Any]
    name: str
    short: str

    @property
    def id(self) -> str:
        return str(self.row["indicator_id"])

    @property
    def higher_is_better(self) -> bool | None:
        value = self.row["higher_is_better"]
        return None if value is None or value != value else bool(value)

    @property
    def pillar(self) -> str:
        return clean(self.row["pillar"])

    def measure(self, t: Translator) -> Measure:
        """How charts write its values."""
        return Measure(
            name=self.short,
            unit=clean(self.row["unit"]),
            unit_label=t.data(clean(self.row["unit_label"])),
            scale=float(self.row["scale"]),
            currency=clean(self.row["currency"]) or None,
            higher_is_better=self.higher_is_better is not False,
        )

    def value(self, x: float, t: Translator) -> str:
        """A value with its unit, compact."""
        row = self.row
        return t.value(
            x,
            clean(row["unit"]),
            clean(row["unit_label"]),
            row["scale"],
            clean(row["currency"]) or None,
        )

    def number(self, x: float, t: Translator) -> str:
        """A value without its unit."""
        return self.measure(t).bare(x, t)

    def unit_shown(self, t: Translator) -> str:
        """The unit of its values as charts and titles print them, which is not that of the rows."""
        return unit_shown(self.row, t)

    def unit(self, t: Translator) -> str:
        """Unit beside a value without one; empty where the name says what is counted."""
        if clean(self.row["value_kind"]) in ("count", "rank"):
            return ""
        if clean(self.row["currency"]):
            return t.currency(clean(self.row["currency"]))
        if clean(self.row["unit"]) == "index 0-100":
            return t("of 100")
        return t.data(clean(self.row["unit_label"]))

    def change(self, x: float, t: Translator) -> str:
        """A difference with its sign and unit."""
        row = self.row
        return t.change(
            x,
            clean(row["unit"]),
            clean(row["unit_label"]),
            row["scale"],
            clean(row["currency"]) or None,
        )


def unit_shown(row: Mapping[str, Any], t: Translator) -> str:
    """The unit of an indicator's values as they are printed: `KRW` where the rows say `KRW million`."""
    currency = clean(row["currency"]) or None
    return t.unit(clean(row["unit"]), clean(row["unit_label"]), float(row["scale"]), currency)


class _Homes(dict[str, dict[str, Any]]):
    """Economies by id; one that is not on file reads as its code."""

    def __init__(self, blank: Mapping[str, Any], known: Mapping[str, dict[str, Any]]) -> None:
        super().__init__(known)
        self._blank = dict(blank)

    def __missing__(self, key: str) -> dict[str, Any]:
        return {**self._blank, "economy_id": key, "name": key, "name_en": key}


@dataclass
class Catalogue:
    """Indicators, economies and headline series of one build, day of knowledge and language."""

    db: Database
    t: Translator
    as_of: date | None = None
    years: tuple[int | None, int | None] | None = None
    picks: tuple[str, ...] = ()
    """Rows that the reader shows in their cells (`analysis/picks.py`)."""
    _sections: dict[tuple[str, int, tuple[str, ...]], CrossSection] = field(default_factory=dict)
    _kept: dict[Hashable, Any] = field(default_factory=dict)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        rows = queries.indicators(self.db).to_dict("records")
        return {
            row["indicator_id"]: Indicator(
                {str(key): value for key, value in row.items()},
                self.t.data(row["name"]),
                self.t.data(row["short_name"]),
            )
            for row in rows
        }

    @cached_property
    def economies(self) -> dict[str, dict[str, Any]]:
        """Economies by id: columns of ``serve.economies`` and ``name`` in the reader's language. One that
        the build lacks reads as its code, without a place on maps."""
        frame = queries.economies(self.db)
        return _Homes(
            {str(column): None for column in frame.columns},
            {
                row["economy_id"]: {
                    **{str(k): v for k, v in row.items()},
                    "name": labels.economy_name({str(k): v for k, v in row.items()}, self.t),
                }
                for row in frame.to_dict("records")
            },
        )

    @cached_property
    def sources(self) -> dict[str, dict[str, Any]]:
        """Every source by id."""
        return {row["source_id"]: row for row in records(queries.sources_by_id(self.db, None))}

    def name(self, economy: str) -> str:
        return str(self.economies[economy]["name"]) if economy in self.economies else economy

    def say(self, economy: str) -> str:
        """Name of an economy inside a sentence."""
        return labels.in_sentence(economy, self.name(economy), self.t)

    @cached_property
    def picked(self) -> pd.DataFrame:
        """Rows of `picks` that are on file by the chosen day, one a cell."""
        rows = queries.rows_by_id(self.db, "observations", self.picks, self.as_of)
        return rows.drop_duplicates("cell_id", keep="last")

    @cached_property
    def headline_ids(self) -> list[str]:
        return [key for key, item in self.indicators.items() if item.row["headline"]]

    @cached_property
    def headline_series(self) -> pd.DataFrame:
        """Chosen values of all headline indicators, the chosen years only."""
        frame = queries.headline_series(self.db, self.headline_ids, self.as_of)
        return self.prepare(frame)

    @cached_property
    def _by_headline(self) -> dict[str, pd.DataFrame]:
        """``headline_series`` parted once: pages ask for one measure many times."""
        return {str(key): rows for key, rows in self.headline_series.groupby("indicator_id")}

    def prepare(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Add names for charts (label, economy_id, partial_to) and keep the chosen years."""
        out = with_picks(frame, self.picked) if self.picks else frame.copy()
        if self.years:
            first, last = self.years
            ends = pd.to_datetime(out["period_end"]).dt.year
            out = out[(ends >= (first or 0)) & (ends <= (last or 9999))]
        out["label"] = [self.name(key) for key in out["entity_id"]]
        out["economy_id"] = out["entity_id"]
        kinds = {key: clean(item.row["aggregation"]) for key, item in self.indicators.items()}
        out["aggregation"] = out["indicator_id"].map(kinds)
        part = is_part_year(out)
        out["partial_to"] = pd.to_datetime(out["known_on"]).dt.strftime("%Y-%m-%d").where(part, "")
        return out

    def series(self, indicator: str) -> pd.DataFrame:
        """Series of one indicator, all economies; KeyError for an unknown one."""
        if self.indicators[indicator].row["headline"]:
            return self._by_headline.get(indicator, self.headline_series.iloc[0:0])
        return self.kept(
            ("series", indicator),
            lambda: self.prepare(queries.headline_series(self.db, [indicator], self.as_of)),
        )

    def rows_of(self, indicator: str, entity: str) -> pd.DataFrame:
        """Series of one entity; do not change it."""
        return self._of("rows", indicator, entity, lambda: self.series(indicator))

    def _of(
        self, name: str, indicator: str, entity: str, make: Callable[[], pd.DataFrame]
    ) -> pd.DataFrame:
        every, parted = self.kept((name, indicator), lambda: by_entity(make()))
        return parted.get(entity, every.iloc[:0])

    @cached_property
    def headline_usable(self) -> pd.DataFrame:
        """Of ``headline_series`` the rows that findings and ranks may use."""
        return usable(self.headline_series)

    def usable_rows(self, indicator: str) -> pd.DataFrame:
        """Of ``series`` the rows that findings and ranks may use; do not change them."""
        return self.kept(("usable", indicator), lambda: usable(self.series(indicator)))

    def usable_of(self, indicator: str, entity: str) -> pd.DataFrame:
        """Usable rows of one entity in the order of their periods; do not change them."""
        return self._of(
            "usable of", indicator, entity,
            lambda: self.usable_rows(indicator).sort_values(["period_end", "period"]),
        )  # fmt: skip

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What several parts of pages need, made once; do not change it.

        ``key`` names measures and economies at most: groups that readers choose are without number.
        """
        if key not in self._kept:
            self._kept[key] = make()
        found: T = self._kept[key]
        return found

    def relative_series(self, indicator: str, base: str) -> pd.DataFrame:
        """Series per million people (``base`` "population") or per billion US dollars of output ("gdp").

        Columns of `analysis.relative`. Counts and amounts only: whether that makes sense for an
        indicator is `can_be_relative`.
        """
        return relative(self.series(indicator), self.denominators(base), BASES[base][1])

    def denominators(self, base: str) -> pd.DataFrame:
        """People or output of every economy and year, whatever years the reader chose."""

        def make() -> pd.DataFrame:
            frame = queries.headline_series(self.db, [BASES[base][0]], self.as_of)
            return frame[frame["is_headline"] & ~frame["is_forecast"]]

        return self.kept(("base", base), make)

    def can_be_relative(self, indicator: str) -> bool:
        """Whether values may be divided by people or output: sums do, shares and indices do not."""
        row = self.indicators[indicator].row
        # Shares are added up too (of a world total), and stay shares.
        if clean(row["value_kind"]) not in ("count", "money", "physical"):
            return False
        return clean(row["aggregation"]) == "sum" or clean(row["per_capita_base"]) not in (
            "",
            "none",
        )

    def section(
        self, indicator: str, members: Sequence[str] = SCOPE, since: int = 0
    ) -> CrossSection:
        """Cross-section of one indicator among ``members``, without values that end before a year."""
        key = (indicator, since, tuple(members))
        if (known := self._sections.get(key)) is not None:
            return known
        every = self.kept(("section", indicator, since), lambda: self._section(indicator, since))
        found = self._sections[key] = every.among(members)
        while len(self._sections) > OWN_GROUPS:
            self._sections.pop(next(iter(self._sections)), None)
        return found

    def _section(self, indicator: str, since: int) -> CrossSection:
        rows = self.usable_rows(indicator)
        if since:
            rows = rows[pd.to_datetime(rows["period_end"]).dt.year >= since]
        return of_usable(rows, self.indicators[indicator].higher_is_better)


def by_entity(rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """Rows, and parted by entity in their order."""
    return rows, {str(key): own for key, own in rows.groupby("entity_id")}
