"""Conflicts: where sources differ, by how much, what was chosen and by which rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from observatory.analysis import disagree
from observatory.cards.markup import Safe, h, icon, join
from observatory.i18n import Translator
from observatory.views import evidence_parts as ev
from observatory.views import facets as facets_of
from observatory.views import links
from observatory.views.asked import Asked
from observatory.views.conflicts.record import Record

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


def read(given: Mapping[str, str | None], record: Record) -> tuple[Choice, list[str]]:
    """The choice that URL parameters name, and the parameters that could not be used."""
    entity, cell = given.get("entity") or "", given.get("cell") or ""
    allowed: dict[str, Collection[str]] = {
        "measure": record.data.indicators.keys(),
        "entity": {entity} if record.knows(entity) else (),
        "kind": disagree.STATES,
        "about": ev.KINDS,
        "cell": {cell} if record.get(cell) else (),
        "sort": SORTS,
    }
    asked = Asked(given)
    found = {name: value for name, known in allowed.items() if (value := asked.one(name, known))}
    page = asked.whole("page", 1, 99)
    return Choice(**found, page=page), asked.names


def fits(record: Record, c: Choice, but: str = "") -> pd.DataFrame:
    """The heads of the conflicts within all limits of the choice except one, in its order."""
    heads = record.heads
    kept = np.ones(len(heads), dtype=bool)
    for name, column, value in (
        ("kind", "state", c.kind), ("about", "kind", c.about), ("measure", "indicator_id", c.measure),
    ):  # fmt: skip
        if value and but != name:
            kept &= (heads[column] == value).to_numpy()
    if c.entity and but != "entity":
        kept &= record.about(c.entity)
    found = heads[kept]
    if c.sort == "new":
        return found.sort_values("newest", ascending=False, kind="stable")
    if c.sort == "name":
        return found.loc[record.names(found).sort_values(kind="stable").index]
    return found.sort_values("spread", ascending=False, kind="stable")


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
    n = len(record.heads)
    none = int(record.heads["state"].isin(["disputed", "weak"]).sum())
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
        several=t.number(record.several), all=t.number(record.cells),
    )  # fmt: skip


def strip(record: Record, c: Choice) -> Safe | None:
    """All conflicts as one bar by what was done about them, with linked counts."""
    t = record.t
    counts = Counter(fits(record, c, but="kind")["state"])
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
    about = Counter(fits(record, c, but="about")["kind"])
    orders = {"spread": t("Widest gap first"), "new": t("Newest first"), "name": t("By name")}
    sorts = [
        facets_of.link(orders[key], href=address(c, sort=key), on=c.sort == key) for key in SORTS
    ]
    limits = facets_of.counted(
        [(t("What they tell of"), "about", ev.KINDS, lambda word: ev.kind_name(word, t), about, c.about)],
        lambda name, value: address(c, **{name: value}), t,
    )  # fmt: skip
    return limits + facets_of.block([(t("Order"), sorts)])
