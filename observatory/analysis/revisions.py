"""What changed between two states of knowledge: new, revised, withdrawn, and how large it is.

A state is what was shown of each thing: one row a cell (`queries_evidence.facts`, rows with
``is_shown``), on one day or in one build. Two states are compared cell by cell.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from observatory.model.differ import dates_differ
from observatory.model.time import PeriodError, parse_period

Row = Mapping[Hashable, Any]

HOWS: Final = ("new", "revised", "withdrawn")
_SAID: Final = ("amount", "text", "date", "state", "unit", "usd", "status")
_FACTS: Final = ("amount", "unit", "text", "date", "state")
"""Columns that are compared, those of the figure first."""
_NEAR: Final = 0.02
"""Figures agree within this share of the larger; sums in two currencies by their dollars."""
_BIG: Final = 5e9
"""A deal or listing of this many dollars weighs as much as a step over the whole range of a measure."""
_PLAIN: Final = {"policies": 0.3, "claims": 0.15, "models": 0.2, "chips": 0.2, "clusters": 0.2}
_LEAST: Final = 0.02


def _same(a: pd.Series, b: pd.Series) -> pd.Series:
    """Equal cell by cell; two empty ones are equal."""
    return (a == b) | (a.isna() & b.isna())


def compare(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """One row a changed cell: the columns of ``after`` (of ``before`` where it is gone), ``how`` one of
    HOWS, ``why`` a code, ``what`` changed (`amount`, `date`, `state`, `chosen` or empty), ``old_row_id``
    and the old figure, text, date, state, unit, dollars and status as ``old_...``.

    why: `added`, `gone`, `edited` (the same row reads otherwise), `edition` and `reading` (a later one
    of the same source), `dispute` (no value is chosen any more), `settled` (one is chosen after a
    dispute), `surer` and `weaker` (the first source of more than low confidence came, the last went),
    `told` (another source says what was left open), `finer` (it gives a more exact date), `near`
    (its figure is the same within 2 %), `other` (another source goes first and says otherwise).

    Another row that leaves open what the earlier one says, or says it less exactly, takes nothing back.
    """
    left = before[before["is_shown"]].set_index("cell_id", drop=False)
    right = after[after["is_shown"]].set_index("cell_id", drop=False)
    left, right = left[~left.index.duplicated()], right[~right.index.duplicated()]
    new = added(right.loc[right.index.difference(left.index)])
    gone = left.loc[left.index.difference(right.index)].assign(how="withdrawn", why="gone", what="")
    both = left.index.intersection(right.index)
    old, now = left.loc[both], right.loc[both]
    alike = _same(old["is_chosen"], now["is_chosen"])
    for column in _SAID:
        alike &= _same(old[column], now[column])
    moved, was = now[~alike].assign(how="revised"), old[~alike]
    pairs = zip(_facts(was), _facts(moved), _reasons(was, after), strict=True)
    told = [_told(one, two, reason) for one, two, reason in pairs]
    moved["why"], moved["what"] = [why for why, _ in told], [what for _, what in told]
    moved, was = moved[moved["why"] != ""], was[(moved["why"] != "").to_numpy()]
    for column in ("row_id", *_SAID):
        moved[f"old_{column}"] = was[column]
        gone[f"old_{column}"] = gone[column]
    parts = [part for part in (moved, new, gone) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else moved.reset_index(drop=True)


def added(rows: pd.DataFrame) -> pd.DataFrame:
    """New things in the shape of `compare`."""
    old = {f"old_{column}": None for column in ("row_id", *_SAID)}
    return rows.assign(how="new", why="added", what="", **old)


def _reasons(was: pd.DataFrame, after: pd.DataFrame) -> list[str]:
    """Why the row that was shown before is replaced, in the later state."""
    known = dict(zip(after["row_id"], after["status_reason"], strict=True))
    return [str(known.get(row_id) or "") for row_id in was["row_id"]]


def _facts(rows: pd.DataFrame) -> Iterator[Row]:
    """What `_told` looks at, row by row."""
    names = ("row_id", "source_id", "is_chosen", "rule", "usd", *_FACTS)
    columns = (rows[name].tolist() for name in names)
    return (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))


def _told(was: Row, now: Row, reason: str) -> tuple[str, str]:
    """Why and what of two rows that differ; empty words where nothing that was said is changed."""
    same_row = was["row_id"] == now["row_id"]
    if was["is_chosen"] != now["is_chosen"]:
        if now["is_chosen"]:
            return ("settled" if was["rule"] == "disputed" else "surer"), "chosen"
        return ("dispute" if now["rule"] == "disputed" else "weaker"), "chosen"
    changed = _changed(was, now, same_row)
    if changed is None:
        return "", ""
    what, kind = changed
    if same_row:
        return "edited", what
    if reason == "newer_edition":
        return "edition", what
    if reason == "newer_reading" or was["source_id"] == now["source_id"]:
        return "reading", what
    return kind, what


def _changed(was: Row, now: Row, same_row: bool) -> tuple[str, str] | None:
    """What differs, and whether it is `told` first, `finer`, `near` or `other`; None where nothing is."""
    for column in _FACTS:
        one, two = was[column], now[column]
        empty, gone = _empty(one), _empty(two)
        if (empty and gone) or one == two:
            continue
        what = {"unit": "amount", "text": "amount"}.get(column, column)
        if same_row:
            return what, "other"
        if gone or (column == "text" and was["amount"] == now["amount"]):
            continue
        if column in ("amount", "unit") and not empty and _one_sum(was, now):
            continue
        if column == "unit" and _empty(was["amount"]):
            continue
        if column == "date" and not empty and not dates_differ([one, two]):
            if _length(two) >= _length(one):
                continue
            return what, "finer"
        if empty:
            return what, "told"
        return what, "near" if column == "amount" and _near(one, two) else "other"
    return None


def _empty(value: Any) -> bool:
    return bool(pd.isna(value))


def _one_sum(was: Row, now: Row) -> bool:
    """Whether two sums in different currencies are one, by their dollars."""
    one, two = was["usd"], now["usd"]
    if was["unit"] == now["unit"] or _empty(one) or _empty(two):
        return False
    return _near(one, two)


def _near(one: float, two: float) -> bool:
    return bool(abs(one - two) <= _NEAR * max(abs(one), abs(two)))


def _length(text: str) -> int:
    """Days that a date may mean; none for what is no date."""
    try:
        period = parse_period(text)
    except PeriodError:
        return 0
    return (period.end - period.start).days


@lru_cache(maxsize=65536)
def _end(text: str) -> str:
    try:
        return parse_period(text).end.isoformat()
    except PeriodError:
        return ""


@lru_cache(maxsize=65536)
def _precision(text: str) -> str:
    try:
        return parse_period(text).precision
    except PeriodError:
        return ""


def _ends(frame: pd.DataFrame) -> list[str]:
    return [_end(text) if isinstance(text, str) else "" for text in frame["date"]]


def _who(frame: pd.DataFrame) -> pd.Series:
    """Whom rows are about: the organisation, else the economy."""
    return frame["org_id"].fillna(frame["economy_id"]).fillna("")


def lines(
    changed: pd.DataFrame,
    after: pd.DataFrame,
    makers: Mapping[str, object] | None = None,
    broken: Collection[str] = (),
) -> pd.DataFrame:
    """Changed cells gathered into lines, the largest first: `gathered`, then `told` from all rows of
    the later state."""
    return told(gathered(changed), after, spans(after), makers, broken)


def gathered(changed: pd.DataFrame) -> pd.DataFrame:
    """Changed cells gathered into lines, without steps and weights.

    New values of one measure and entity are one line, told by the newest period (``n`` of them); new
    scores on one board, and systems of one list, are one line a maker. Everything else is a line of
    its own. A row of ``changed`` that stands for several says so in a column ``n``.
    """
    if changed.empty:
        return changed.assign(n=pd.Series(dtype="int64"))
    out = changed.copy()
    out["end"] = _ends(out)
    who = _who(out)
    thing = out["indicator_id"].fillna(out["thing_id"]).fillna("").astype(str)
    # A list of supercomputers is one thing, whatever the place of a system on it.
    thing = thing.where(out["kind"] != "supercomputers", thing.str.partition(" ")[0])
    many = (out["how"] == "new") & out["kind"].isin(
        ["observations", "benchmark_results", "supercomputers"]
    )
    own = out["cell_id"].astype(str)
    out["line"] = (out["how"] + "|" + out["kind"] + "|" + who + "|" + thing).where(
        many, out["how"] + "|" + own
    )
    out = out.sort_values(["end", "date", "row_id"], kind="stable")
    alone = out["n"] if "n" in out else pd.Series(1, index=out.index)
    out["n"] = alone.groupby(out["line"]).transform("sum").astype("int64")
    return out.groupby("line", sort=False).tail(1).copy()


def told(
    out: pd.DataFrame,
    after: pd.DataFrame,
    spans: pd.Series,
    makers: Mapping[str, object] | None = None,
    broken: Collection[str] = (),
) -> pd.DataFrame:
    """Lines with the value before (``old_*``) and their ``weight``, the largest first.

    ``weight``: for values the step over the range of the measure (``spans``, by indicator), for deals
    and listings dollars over five billion, at most 1; a revision counts double.

    ``after``: rows of the later state, at least the new values of the lines and those before them. A
    step is told only where ``makers`` (maker and edition by source) are the same on both sides, and
    the later row is not in ``broken``.
    """
    if out.empty:
        return out.assign(weight=pd.Series(dtype="float64"))
    out = out.copy()
    _steps(out, after, makers or {}, broken)
    out["weight"] = _weights(out, spans)
    return out.sort_values(
        ["weight", "known_on", "row_id"], ascending=[False, False, True]
    ).reset_index(drop=True)


def spans(after: pd.DataFrame) -> pd.Series:
    """How far the shown values of each measure reach, by indicator."""
    rows = after[(after["kind"] == "observations") & after["is_shown"] & after["amount"].notna()]
    ends = rows.groupby("indicator_id")["amount"].agg(["max", "min"])
    found: pd.Series = ends["max"] - ends["min"]
    return found


def _steps(
    out: pd.DataFrame, after: pd.DataFrame, makers: Mapping[str, object], broken: Collection[str]
) -> None:
    """Give new values the one of the period before, of the same measure and entity."""
    picked = (out["how"] == "new") & (out["kind"] == "observations")
    wanted = set(out.loc[picked, "indicator_id"])
    rows = after[(after["kind"] == "observations") & after["is_shown"] & after["amount"].notna()]
    rows = rows[rows["indicator_id"].isin(wanted) & rows["is_chosen"] & rows["state"].isna()]
    if rows.empty:
        return
    # Periods of another length are no earlier value of the same thing.
    keyed = rows.assign(
        who=_who(rows), end=_ends(rows), long=[_precision(text) for text in rows["date"]]
    )
    keyed = keyed.sort_values(["end", "row_id"])
    groups = keyed.groupby(["indicator_id", "who", "long"], sort=False)
    before = groups[["row_id", *_SAID, "end", "source_id"]].shift()
    same = before["source_id"].map(makers) == keyed["source_id"].map(makers)
    same |= before["source_id"] == keyed["source_id"]
    joined = same & ~keyed["row_id"].isin(list(broken)) & before["end"].notna()
    before = before[joined & (before["end"] < keyed["end"])]
    before.index = pd.Index(keyed.loc[before.index, "row_id"])
    mine = out.index[picked & out["row_id"].isin(before.index)]
    for column in ("row_id", *_SAID):
        out.loc[mine, f"old_{column}"] = before.loc[out.loc[mine, "row_id"], column].to_numpy()


def _weights(out: pd.DataFrame, spans: pd.Series) -> pd.Series:
    span = out["indicator_id"].map(spans).astype("float64")
    old = pd.to_numeric(out["old_amount"], errors="coerce")
    step = ((out["amount"].astype("float64") - old).abs() / span.where(span > 0)).clip(upper=1.0)
    values = step.where(out["kind"] == "observations")
    money = (
        (out["usd"].astype("float64") / _BIG)
        .clip(upper=1.0)
        .where(out["kind"].isin(["deals", "ipo_events"]))
    )
    plain = out["kind"].map(_PLAIN).astype("float64")
    found = values.fillna(money).fillna(plain).fillna(_LEAST).clip(lower=_LEAST)
    # A value that vanished or is in dispute matters whatever its size.
    found = found.where(
        ~((out["how"] == "withdrawn") | (out["why"] == "dispute")), found.clip(lower=0.5)
    )
    doubled: pd.Series = found * (1 + (out["how"] == "revised"))
    return doubled
