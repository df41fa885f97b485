"""The observatory from Python, read only: frames, charts and receipts, with no server.

    import observatory

    obs = observatory.open()                      # the build in ./var, or a release's database file
    obs.headlines("internet_users_pct", ["KOR", "JPN"])
    obs.chart("internet_users_pct", ["KOR", "JPN"]).show()
    obs.receipt(obs.headlines("internet_users_pct")["row_id"][0])

Every frame keeps `row_id`, `status` and `source_id`, so that a number can be traced. `as_of` shows
what was known by a day. Nothing is filled in: a missing value is missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd

from observatory.analysis.cross_section import CrossSection
from observatory.charts.figures.columns import rank_bars
from observatory.charts.figures.time import time_lines
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.charts.svg.bars import BarSpec
from observatory.db import queries_library
from observatory.db.connect import Database, Databases, builds_folder, database_file
from observatory.db.frames import records
from observatory.db.queries import NOW
from observatory.i18n import LANGUAGES, translator
from observatory.model.scope import COMPARATORS, PRESETS, SCOPE
from observatory.views import receipts
from observatory.views.measures import Catalogue

if TYPE_CHECKING:
    import plotly.graph_objects as go

Day = dt.date | str | None
Theme = Literal["light", "dark"]
_TIMED: Final = ("valid_from", "valid_to")


class Observatory:
    """One build. Make it with `open_build`, which `observatory.open` is."""

    def __init__(self, db: Database, lang: str = "en", as_of: Day = None) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"lang: {lang!r} is not one of {', '.join(LANGUAGES)}")
        self.db = db
        self.lang = lang
        self.as_of = _day(as_of)
        self._catalogue = Catalogue(db, translator(lang), self.as_of)

    def __repr__(self) -> str:
        known = f", as known on {self.as_of}" if self.as_of else ""
        return f"<Observatory build {self.build_id}, data to {self.data_date}{known}>"

    @property
    def build_id(self) -> str:
        """Hash of what the build was made from."""
        return self.db.build_id

    @cached_property
    def data_date(self) -> dt.date | None:
        """Latest day on which a source was read."""
        found = self._build_row["data_date"]
        return None if pd.isna(found) else pd.Timestamp(found).date()

    @cached_property
    def _build_row(self) -> dict[str, Any]:
        rows = records(queries_library.build_facts(self.db))
        return rows[0]

    @cached_property
    def tables(self) -> pd.DataFrame:
        """Tables that `table` reads: table, meaning."""
        columns = self._columns
        frame = columns[["view_name", "view_comment"]].drop_duplicates()
        return frame.set_axis(["table", "meaning"], axis=1).reset_index(drop=True)

    @cached_property
    def _columns(self) -> pd.DataFrame:
        return self.db.query("serve_columns")

    def columns(self, table: str) -> pd.DataFrame:
        """Columns of a table: column, type, meaning. KeyError for an unknown table."""
        self._known_table(table)
        rows = self._columns[self._columns["view_name"] == table]
        found = rows[["column_name", "data_type", "comment"]]
        return found.set_axis(["column", "type", "meaning"], axis=1).reset_index(drop=True)

    def _known_table(self, table: str) -> None:
        known = list(self.tables["table"])
        if table not in known:
            raise KeyError(f"no table {table!r}; there are {', '.join(known)}")

    def table(self, name: str, *, history: bool = False) -> pd.DataFrame:
        """All rows of a table (`tables` lists them) as known on `as_of`.

        With `history`, states of knowledge that ended stay, with `valid_from` and `valid_to`.
        """
        self._known_table(name)
        frame = queries_library.whole_table(self.db, name)
        if history or not set(_TIMED) <= set(frame.columns):
            return frame
        day = pd.Timestamp(self.as_of or NOW)
        starts = frame["valid_from"].astype("datetime64[s]")
        ends = frame["valid_to"].astype("datetime64[s]")
        return frame[(starts <= day) & (ends.isna() | (ends > day))].reset_index(drop=True)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Every indicator: id, name in the language, unit, definition, caveats, publisher."""
        rows = [
            {"indicator_id": key, "name": item.name}
            | {k: item.row[k] for k in ("domain", "unit", "scale", "currency", "frequency",
                                        "definition", "method_caveats", "publisher", "headline")}
            for key, item in self._catalogue.indicators.items()
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def find(self, words: str) -> pd.DataFrame:
        """Indicators whose id, name or definition holds all the words."""
        frame = self.indicators
        text = (frame["indicator_id"] + " " + frame["name"] + " " + frame["definition"]).str.lower()
        mask = pd.Series(data=True, index=frame.index)
        for word in words.lower().split():
            mask &= text.str.contains(word, regex=False)
        return frame[mask].reset_index(drop=True)

    def headlines(
        self, indicator: str, economies: Iterable[str] | str | None = None
    ) -> pd.DataFrame:
        """The chosen value of each entity and period, in order; empty `value` while in dispute.

        `economies`: ids, or a group such as "asean6". KeyError for an unknown indicator.
        """
        self._known_indicator(indicator)
        frame = self._catalogue.series(indicator)
        return self._only(frame, economies).sort_values(
            ["entity_id", "period_end"], ignore_index=True
        )

    def observations(
        self, indicator: str, economies: Iterable[str] | str | None = None
    ) -> pd.DataFrame:
        """Every value of every source, with status and reason, as known on `as_of`."""
        self._known_indicator(indicator)
        frame = queries_library.all_observations(self.db, indicator, self.as_of)
        return self._only(frame, economies)

    def compare(self, indicator: str, economies: Iterable[str] | str | None = None) -> CrossSection:
        """Who stands where, by the rule of the site: one period for all, ranks that name their base."""
        self._known_indicator(indicator)
        return self._catalogue.section(indicator, self._members(economies) or SCOPE)

    def receipt(self, row_id: str) -> dict[str, Any]:
        """What stands behind a row: value, source, place in it, status and why, other sources."""
        found = receipts.receipt(self.db, row_id, translator(self.lang), self.as_of)
        if found is None:
            raise KeyError(
                f"no row {row_id!r} in build {self.build_id} as known on {self.as_of or 'today'}"
            )
        return found

    def chart(
        self, indicator: str, economies: Iterable[str] | str | None = None, *,
        kind: Literal["line", "bar"] = "line", theme: Theme = "light", log: bool = False,
    ) -> go.Figure:  # fmt: skip
        """A Plotly figure: values over time, or bars of the newest comparable period."""
        item = self._known_indicator(indicator)
        t = translator(self.lang)
        members = self._members(economies) or SCOPE
        if kind == "line":
            frame = self._catalogue.series(indicator)
            line = LineSpec(item.measure(t), subjects=members[:7], log=log, name=item.name)
            return time_lines(
                frame[frame["entity_id"].isin(members)], line, palette(theme), t
            ).update_layout(width=line.width)
        if kind != "bar":
            raise ValueError(f"kind: {kind!r} is neither 'line' nor 'bar'")
        rows = self._catalogue.section(indicator, members).frame
        bar = BarSpec(item.measure(t), subjects=members[:7], name=item.name)
        rows = rows.assign(label=[self._catalogue.name(key) for key in rows["entity_id"]],
                           economy_id=rows["entity_id"])  # fmt: skip
        return rank_bars(rows, bar, palette(theme), t).update_layout(width=bar.width)

    def cite(self) -> str:
        """How to cite this build. Cite a single figure by its own source."""
        return f"East Asia AI Observatory, build {self.build_id}, data to {self.data_date}."

    def _known_indicator(self, indicator: str) -> Any:
        found = self._catalogue.indicators.get(indicator)
        if found is None:
            from rapidfuzz import process

            near = process.extract(indicator, list(self._catalogue.indicators), limit=3)
            raise KeyError(
                f"no indicator {indicator!r}; near: {', '.join(str(n[0]) for n in near)}"
            )
        return found

    def _members(self, economies: Iterable[str] | str | None) -> tuple[str, ...]:
        if economies is None:
            return ()
        if isinstance(economies, str):
            economies = PRESETS.get(economies, (economies,))
        chosen = tuple(dict.fromkeys(economies))
        if strange := [code for code in chosen if code not in SCOPE + COMPARATORS]:
            raise KeyError(
                f"no economy {', '.join(map(repr, strange))}; ids are ISO 3166-1 alpha-3"
            )
        return chosen

    def _only(self, frame: pd.DataFrame, economies: Iterable[str] | str | None) -> pd.DataFrame:
        members = self._members(economies)
        return frame[frame["entity_id"].isin(members)].reset_index(drop=True) if members else frame


def open_build(
    path: str | Path | None = None, *, lang: str = "en", as_of: Day = None
) -> Observatory:
    """Open a folder of builds or a release's `observatory.duckdb`.

    Without `path`: the folder OBSERVATORY_VAR names, else `var` here. NoBuild says what to do if
    there is none; ValueError for a language or day that is none.
    """
    place = Path(path) if path is not None else _usual_place()
    if place.is_file():
        return Observatory(database_file(place), lang, as_of)
    return Observatory(Databases(place).get(), lang, as_of)


def _usual_place() -> Path:
    here = Path("var")
    return here if (here / "current.json").is_file() else builds_folder()


def _day(value: Day) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError as fault:
        raise ValueError(f"as_of: {value!r} is no day like 2026-03-01") from fault
