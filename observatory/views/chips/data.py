"""The chips page's data and what a reader asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from observatory.analysis import chips as an
from observatory.analysis.chips import Chip
from observatory.db import queries_chips
from observatory.db.connect import Database
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import labels, links
from observatory.views.asked import Asked

REFERENCE: Final = "nvidia-h100-sxm5-80gb"
AXES: Final[Mapping[str, str]] = {
    "date": "", "bandwidth": "memory_bandwidth_gbs", "memory": "memory_gb",
    "fp16": "fp16_tflops", "process": "process_nm", "power": "tdp_w",
}  # fmt: skip
SHIPS: Final = ("shipping", "announced", "unknown")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is compared and which chips are listed. `match`: only those as good as the reference."""

    x: str = "date"
    y: str = "bandwidth"
    ref: str = REFERENCE
    origin: str = ""
    state: str = ""
    match: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """Every chip as known on a day; the same for all languages."""

    chips: tuple[Chip, ...]

    def get(self, chip_id: str) -> Chip | None:
        return next((chip for chip in self.chips if chip.id == chip_id), None)

    @property
    def accelerators(self) -> list[Chip]:
        return [chip for chip in self.chips if chip.kind == "accelerator"]


def load(db: Database, as_of: date | None) -> Field:
    """Every chip on file."""
    return Field(tuple(an.gather(records(queries_chips.chip_rows(db, as_of)))))


def read(extra: Mapping[str, str], field: Field) -> tuple[Choice, tuple[tuple[str, str], ...]]:
    """What was asked for, and (parameter, value) pairs that could not be used."""
    asked = Asked(extra)
    known = {chip.id for chip in field.chips}
    y = asked.one("y", AXES.keys() - {"date"}, "bandwidth")
    economies = {chip.economy for chip in field.chips}
    chosen = Choice(
        x=asked.one("x", AXES.keys() - {y}, "date"),
        y=y,
        ref=asked.one("ref", known, REFERENCE),
        origin=asked.one("from", {*economies, *SCOPE, *COMPARATORS}),
        state=asked.one("state", SHIPS),
        match=asked.one("match", ("0", "1")) == "1",
        id=asked.one("id", known),
    )
    return chosen, tuple(asked.bad)


def address(c: Choice, **changes: Any) -> str:
    """The page with some choices changed."""
    new = replace(c, **changes)
    pairs = {
        "x": "" if new.x == "date" else new.x, "y": "" if new.y == "bandwidth" else new.y,
        "ref": "" if new.ref == REFERENCE else new.ref, "from": new.origin, "state": new.state,
        "match": "1" if new.match else "", "id": new.id,
    }  # fmt: skip
    return links.link("/chips", **{key: value for key, value in pairs.items() if value})


def state_of(chip: Chip) -> str:
    """`shipping`, `announced` or `unknown`."""
    return chip.status or "unknown"


def fits(chips: Sequence[Chip], c: Choice, field: Field, *, but: str = "") -> list[Chip]:
    """Chips that fit all limits; `but` names one that is left aside, for its counts."""
    reference = field.get(c.ref)
    measures = [AXES[axis] for axis in (c.y, c.x) if axis != "date"]
    good: set[str] | None = None
    if c.match and but != "match" and reference is not None:
        good = {chip.id for chip in an.matching(chips, reference, measures)}
    return [
        chip
        for chip in chips
        if (but == "from" or not c.origin or chip.economy == c.origin)
        and (but == "state" or not c.state or state_of(chip) == c.state)
        and (good is None or chip.id in good)
    ]


def axis_name(axis: str, t: Translator) -> str:
    """What an axis shows, with its unit."""
    match axis:
        case "bandwidth":
            return t("Memory bandwidth, GB/s")
        case "memory":
            return t("Memory, GB")
        case "fp16":
            return t("Dense 16-bit throughput, TFLOP/s")
        case "process":
            return t("Process node, nm")
        case "power":
            return t("Design power, W")
        case _:
            return t("Release date")


def axis_short(axis: str, t: Translator) -> str:
    """What an axis shows, inside a sentence."""
    match axis:
        case "bandwidth":
            return t("memory bandwidth")
        case "memory":
            return t("memory")
        case "fp16":
            return t("dense 16-bit throughput")
        case "process":
            return t("process node")
        case "power":
            return t("design power")
        case _:
            return t("release date")


def with_unit(axis: str, value: float, t: Translator) -> str:
    """A value of an axis with its unit."""
    n = t.sig(value, 4)
    match axis:
        case "bandwidth":
            return t("{n} GB/s", n=n)
        case "memory":
            return t("{n} GB", n=n)
        case "fp16":
            return t("{n} TFLOP/s", n=n)
        case "process":
            return t("{n} nm", n=n)
        case _:
            return t("{n} W", n=n)


def exact(value: Any, t: Translator) -> str:
    """All digits of a value, without the zeros that a float adds."""
    number = float(value)
    return t.exact(int(number) if number == int(number) else number, "")


def state_word(state: str, t: Translator) -> str:
    """Whether a chip ships, by `state_of`."""
    return labels.chip_status("" if state == "unknown" else state, t)


def doubt(state: str, t: Translator) -> str:
    """Why a value is shown but not compared."""
    match state:
        case "disputed":
            return t("sources differ")
        case "weak":
            return t("weak sources only")
        case "doubtful":
            return t("doubtful or not by the maker")
        case _:
            return ""


def plain_name(chip: Chip) -> str:
    """The chip's name without its maker where the chart is crowded."""
    for maker in ("NVIDIA ", "Huawei ", "AMD Instinct ", "AMD Radeon Instinct ", "Moore Threads ",
                  "Preferred Networks ", "FuriosaAI ", "Rebellions ", "Cambricon ", "Baidu "):  # fmt: skip
        if chip.name.startswith(maker):
            return chip.name[len(maker) :]
    return chip.name
