"""Frames as rows, for what works row by row."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dictionaries by column; what is missing stays as pandas holds it (None, NaN, NaT)."""
    # By columns: asked for frames of a few rows all the time, for which pandas' own way is slow.
    names = [str(name) for name in frame.columns]
    columns = (_values(frame.iloc[:, place]) for place in range(len(names)))
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: pd.Series) -> list[Any]:
    values: list[Any] = column.tolist()
    if isinstance(column.dtype, np.dtype) and column.dtype != object:
        return values
    # Numbers of numpy as Python's own, pandas' NA as None.
    return [
        value.item() if isinstance(value, np.generic) else None if value is pd.NA else value
        for value in values
    ]


def plain_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dictionaries by column; missing values of any kind are None, timestamps are dates."""
    return [{key: _plain(value) for key, value in row.items()} for row in records(frame)]


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if value is None or pd.isna(value) else value
