"""Records of what refreshing leaves behind: files that were read, and rows as they stood before."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from observatory.model.facts import ClusterRow, FxRow, ModelRow, SupercomputerRow
from observatory.model.fields import Count, Day, Id, PeriodText, Record, Text, Url

Replaced = Annotated[
    Day, Field(description="Day from which what stands in the table itself is known")
]


class EarlierModelRow(ModelRow):
    """A model as it stood before its source revised it."""

    replaced_on: Replaced


class EarlierClusterRow(ClusterRow):
    """A cluster as it stood before its source revised it."""

    replaced_on: Replaced


class EarlierSupercomputerRow(SupercomputerRow):
    """A system of a TOP500 list as it stood before the list was revised."""

    replaced_on: Replaced


class EarlierFxRow(FxRow):
    """An exchange rate as it stood before, such as the mean of a part of its year."""

    replaced_on: Replaced


class ReadingRow(Record):
    """A file of an upstream that was read and accepted."""

    upstream: Id = Field(description="Folder of etl/sources that knows how to read it")
    file: Text = Field(description="Name of the file")
    address: Url | None = Field(
        default=None, description="Address it came from; empty if handed over"
    )
    published: PeriodText | None = Field(default=None, description="Date it states for itself")
    read_on: Day = Field(description="Day it was read")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Hash of the file")
    bytes: Count = Field(description="Size of the file")
    records: Count | None = Field(default=None, description="Records in the file")
    licence: Text = Field(description="Licence or terms under which it was read")
    rows_new: Count | None = Field(default=None, description="Rows it added")
    rows_revised: Count | None = Field(default=None, description="Rows it revised")


__all__ = [
    "EarlierClusterRow",
    "EarlierFxRow",
    "EarlierModelRow",
    "EarlierSupercomputerRow",
    "ReadingRow",
]
