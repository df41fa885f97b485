"""``etl/sources/<name>/``: what is read from whom, in which form, under which terms, and lookups."""

from __future__ import annotations

import csv
import fnmatch
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from observatory.model.fields import Day, Id, Language, Text, Url
from observatory.model.vocab import Redistribute, Reuse, SourceKind

FOLDER = Path(__file__).resolve().parents[1] / "sources"
LOOKUP_KINDS = ("economy", "organization", "model", "benchmark", "series")


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bounds(Strict):
    """How many rows a whole file has: outside, it is not the file it was."""

    min: int = Field(ge=0)
    max: int = Field(ge=1)


class FileSpec(Strict):
    """One file of an upstream. ``many``: one file each of several things, such as dates or boards."""

    address: Url | None = None
    addresses: dict[str, Url] = Field(default_factory=dict)
    matches: list[str] = Field(min_length=1)
    format: Literal["csv", "json", "yaml", "xlsx", "markdown", "text"]
    columns: list[str] = Field(default_factory=list)
    rows: Bounds | None = None
    many: bool = False
    optional: bool = False
    max_mb: float = Field(default=20, gt=0)
    marks: list[str] = Field(default_factory=list)
    encoding: str | None = None
    """Of files that are not in UTF-8, as one publisher's are."""

    def fits(self, path: str) -> bool:
        """Whether a file of this name, or of this path, is taken for it."""
        low = path.lower()
        name = low.rsplit("/", 1)[-1]
        return any(
            fnmatch.fnmatchcase(f"/{low}", f"*/{pattern.lower()}")
            if "/" in pattern
            else fnmatch.fnmatchcase(name, pattern.lower())
            for pattern in self.matches
        )


class Licence(Strict):
    """Terms as found. ``says``: texts that stand in ``address`` or in the files while they hold."""

    id: Text
    reuse: Reuse
    redistribute: Redistribute
    attribution: Text
    address: Url | None = None
    matches: list[str] = Field(default_factory=list)
    says: list[Text] = Field(default_factory=list)


class Anchor(Strict):
    """A value that is long known: if it reads otherwise, the file or its unit changed."""

    table: Text
    where: dict[str, str]
    column: Text
    value: float
    within: float = 0.02


class Assertions(Strict):
    """What must hold before a person is even asked."""

    revised_share: float = Field(default=0.5, gt=0, le=1)
    withdrawn_share: float = Field(default=0.2, gt=0, le=1)
    growth: float = Field(default=3.0, gt=1)
    ranges: dict[str, tuple[float, float]] = Field(default_factory=dict)
    anchors: list[Anchor] = Field(default_factory=list)


class Spec(Strict):
    """One upstream."""

    title: Text
    publisher: Text
    origin: Text
    kind: SourceKind
    language: Language
    licence: Licence
    rhythm: Text
    rhythm_days: int = Field(ge=1)
    lag_days: int = Field(default=0, ge=0)
    home: Url
    we_take: Text
    leave_out: Text | None = None
    checked_on: Day
    live: bool = True
    files: dict[str, FileSpec] = Field(min_length=1)
    take: dict[str, Any] = Field(default_factory=dict)
    source_ids: list[Id] = Field(default_factory=list)
    belongs: list[Text] = Field(min_length=1)
    """Patterns of the ids of its rows in sources.csv."""
    snapshot_id: str | None = None
    assertions: Assertions = Field(default_factory=Assertions)


@dataclass(frozen=True, slots=True)
class Lookup:
    """An odd value of an upstream and what it is; an empty id leaves it out on purpose."""

    kind: str
    raw: str
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Upstream:
    """A folder below ``etl/sources``."""

    name: str
    spec: Spec
    lookups: dict[tuple[str, str], Lookup] = field(default_factory=dict)

    def lookup(self, kind: str, raw: str) -> Lookup | None:
        return self.lookups.get((kind, " ".join(raw.split()).casefold()))


class BadSource(Exception):
    """A folder of ``etl/sources`` cannot be used; the message names file and field."""


def names(folder: Path = FOLDER) -> list[str]:
    """Names of all upstreams."""
    return sorted(path.parent.name for path in folder.glob("*/source.yml"))


def _read_lookups(path: Path) -> dict[tuple[str, str], Lookup]:
    found: dict[tuple[str, str], Lookup] = {}
    if not path.is_file():
        return found
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if reader.fieldnames != ["kind", "raw", "id", "reason"]:
            raise BadSource(f"{path}: expected the columns kind, raw, id, reason")
        for row in reader:
            line = reader.line_num
            if row["kind"] not in LOOKUP_KINDS:
                raise BadSource(f"{path}:{line}: kind: expected one of {', '.join(LOOKUP_KINDS)}")
            if not (row["raw"] and row["reason"]):
                raise BadSource(f"{path}:{line}: expected raw and reason to be filled")
            key = (row["kind"], " ".join(row["raw"].split()).casefold())
            if key in found:
                raise BadSource(f"{path}:{line}: {row['raw']!r} stands twice")
            found[key] = Lookup(**row)
    return found


@lru_cache(maxsize=64)
def load(name: str, folder: Path = FOLDER) -> Upstream:
    """One upstream. Raises BadSource, LookupError where there is none of that name."""
    path = folder / name / "source.yml"
    if not path.is_file():
        raise LookupError(f"no source {name!r}; there are: {', '.join(names(folder))}")
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_Plain)  # noqa: S506 - safe loader
        spec = Spec.model_validate(raw)
    except yaml.YAMLError as fault:
        raise BadSource(f"{path}: {fault}") from fault
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadSource(f"{path}: {place}: {first['msg']}") from fault
    return Upstream(name, spec, _read_lookups(path.parent / "lookups.csv"))


class _Plain(yaml.CSafeLoader):
    """Dates stay texts, 'NO' stays a country."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the loader's own protocol
        key: [
            (tag, regexp)
            for tag, regexp in found
            if tag.endswith((":int", ":float", ":null")) or (tag.endswith(":bool") and key in "tf")
        ]
        for key, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }
