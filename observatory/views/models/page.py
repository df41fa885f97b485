"""The directory of models: what was asked, which models fit, the facets beside the list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from observatory.analysis.search_fold import fold
from observatory.cards.markup import Safe
from observatory.db import queries_models
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import facets as facets_of
from observatory.views import labels, links
from observatory.views.asked import Asked
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]
PAGE: Final = 20
WEIGHTS: Final = ("open", "closed", "unknown")
SIZES: Final = ("to1", "to10", "to100", "over100", "unknown")
LICENCES: Final = ("apache", "mit", "cc", "llama", "gemma", "qwen", "other", "unknown")
SORTS: Final[Mapping[str, bool]] = {
    "released": True,
    "name": False,
    "maker": False,
    "params": True,
    "context": True,
    "boards": True,
}
"""How the list can be sorted, and whether the largest stands first at the first press."""
AXES: Final = ("params", "compute", "context")
_COMPUTE: Final = re.compile(r"training compute FLOP \(Epoch estimate\)=([0-9.eE+]+)")


@dataclass(frozen=True, slots=True)
class Choice:
    """Limits and order of the list; empty texts limit nothing. `y`: axis of the picture."""

    q: str = ""
    origin: str = ""
    maker: str = ""
    modality: str = ""
    weights: str = ""
    licence: str = ""
    size: str = ""
    sort: str = "released"
    down: bool = True
    page: int = 1
    y: str = "params"


def compute_of(note: str) -> float | None:
    """Training compute that Epoch AI estimates, FLOP, from the remark of a row."""
    found = _COMPUTE.search(note)
    return float(found[1]) if found else None


def weights_of(row: Row) -> str:
    """`open`, `closed` or `unknown`."""
    value = clean(row["open_weights"])
    return {"True": "open", "False": "closed"}.get(value, "unknown")


def licence_of(row: Row) -> str:
    """The family of a licence by its text; `unknown` where none is stated."""
    text = clean(row["licence"]).casefold()
    if not text.strip("?？ ") or text == "unknown":
        return "unknown"
    for word in ("llama", "gemma", "qwen"):
        if word in text:
            return word
    if "apache" in text:
        return "apache"
    if re.search(r"\bmit\b", text):
        return "mit"
    return "cc" if text.startswith("cc") else "other"


def size_of(row: Row) -> str:
    """Class of the number of parameters."""
    value = row["params_b"]
    if value is None or value != value:
        return "unknown"
    return "to1" if value < 1 else "to10" if value < 10 else "to100" if value < 100 else "over100"


def rows_of(db: Any, as_of: Any) -> list[dict[str, Any]]:
    """Every model with what the list needs; `folded` holds all names for the search."""
    found = []
    for row in records(queries_models.model_directory(db, as_of)):
        names = (
            row["name"],
            row["native_name"],
            row["other_names"],
            row["org_name"],
            row["org_native_name"],
        )
        row["folded"] = fold(" ".join(clean(name) for name in names))
        row["weights"], row["licence_group"], row["size"] = (
            weights_of(row),
            licence_of(row),
            size_of(row),
        )
        row["compute"] = compute_of(clean(row["note"]))
        found.append(row)
    return found


def read(
    extra: Mapping[str, str], rows: Sequence[Row]
) -> tuple[Choice, tuple[tuple[str, str], ...]]:
    """What was asked for, and (parameter, value) pairs that could not be used."""
    asked = Asked(extra)
    makers = {clean(row["org_id"]) for row in rows}
    kinds = {clean(row["modality"]) for row in rows}
    sort, down = asked.order(SORTS, "-released")
    page = asked.whole("page", 1, 999)
    chosen = Choice(
        q=asked.text("q").strip(),
        origin=asked.one("from", SCOPE + COMPARATORS),
        maker=asked.one("maker", makers),
        modality=asked.one("modality", kinds),
        weights=asked.one("weights", WEIGHTS),
        licence=asked.one("licence", LICENCES),
        size=asked.one("size", SIZES),
        sort=sort,
        down=down,
        page=page,
        y=asked.one("y", AXES, "params"),
    )
    return chosen, tuple(asked.bad)


def address(c: Choice, **changes: Any) -> str:
    """The page with some choices changed; the list starts again at its first page."""
    new = replace(c, **{"page": 1, **changes})
    sort = ("-" if new.down else "") + new.sort
    pairs = {
        "q": new.q, "from": new.origin, "maker": new.maker, "modality": new.modality,
        "weights": new.weights, "licence": new.licence, "size": new.size,
        "sort": "" if sort == "-released" else sort, "page": "" if new.page == 1 else str(new.page),
        "y": "" if new.y == "params" else new.y,
    }  # fmt: skip
    return links.link("/models", **{key: value for key, value in pairs.items() if value})


_FIELDS: Final = {
    "origin": "economy_id", "maker": "org_id", "modality": "modality", "weights": "weights",
    "licence": "licence_group", "size": "size",
}  # fmt: skip


def inside(rows: Sequence[Row], members: Sequence[str] | None) -> list[Row]:
    """Models of the chosen group of economies; None is every model."""
    if members is None:
        return list(rows)
    return [row for row in rows if clean(row["economy_id"]) in members]


def fits(rows: Sequence[Row], c: Choice, *, but: str = "") -> list[Row]:
    """Models that fit all limits; `but` names one that is left aside, for its facet's counts."""
    words = fold(c.q).split()
    found = []
    for row in rows:
        if any(word not in row["folded"] for word in words):
            continue
        if all(
            not getattr(c, name) or name == but or clean(row[column]) == getattr(c, name)
            for name, column in _FIELDS.items()
        ):
            found.append(row)
    return found


def ordered(rows: Sequence[Row], c: Choice) -> list[Row]:
    """Models in the chosen order; what is not known stands last, whichever way."""

    def key(row: Row) -> Any:
        match c.sort:
            case "released":
                value = row["period_start"]
                return None if value is None or value != value else str(value)[:10]
            case "params":
                return None if row["params_b"] != row["params_b"] else row["params_b"]
            case "context":
                value = row["context_tokens"]
                return None if value is None or value != value else float(value)
            case "boards":
                return int(row["n_boards"]) or None
            case "maker":
                return clean(row["org_name"]).casefold() or None
            case _:
                return clean(row["name"]).casefold()

    known = [row for row in rows if key(row) is not None]
    rest = [row for row in rows if key(row) is None]
    known.sort(key=lambda row: (clean(row["name"]).casefold(), clean(row["model_id"])))
    known.sort(key=key, reverse=c.down)
    return known + rest


# Facets -------------------------------------------------------------------------------------------


def weights_word(word: str, t: Translator) -> str:
    """Whether weights can be downloaded."""
    match word:
        case "open":
            return t("Open weights")
        case "closed":
            return t("Closed weights")
        case _:
            return t("Not known")


def licence_word(word: str, t: Translator) -> str:
    """A family of licences."""
    match word:
        case "apache":
            return "Apache"
        case "mit":
            return "MIT"
        case "cc":
            return "Creative Commons"
        case "llama":
            return "Llama"
        case "gemma":
            return "Gemma"
        case "qwen":
            return "Qwen"
        case "other":
            return t("Another licence")
        case _:
            return t("Not stated")


def size_word(word: str, t: Translator) -> str:
    """A class of sizes."""
    match word:
        case "to1":
            return t("under 1 billion")
        case "to10":
            return t("1 to 10 billion")
        case "to100":
            return t("10 to 100 billion")
        case "over100":
            return t("100 billion and more")
        case _:
            return t("Not known")


def facets(catalogue: Catalogue, rows: Sequence[Row], c: Choice) -> Safe:
    """One line a limit: its values with counts, the chosen one filled; a press sets or clears it."""
    t = catalogue.t
    order = {code: i for i, code in enumerate((*SCOPE, *COMPARATORS))}
    lines = [
        (t("Economy"), "origin", sorted(order, key=order.__getitem__), catalogue.name),
        (t("Kind"), "modality", None, lambda word: labels.modality(word, t)),
        (t("Weights"), "weights", WEIGHTS, lambda word: weights_word(word, t)),
        (t("Licence"), "licence", LICENCES, lambda word: licence_word(word, t)),
        (t("Parameters"), "size", SIZES, lambda word: size_word(word, t)),
    ]
    found = []
    for label, name, values, say in lines:
        counts = Counter(clean(row[_FIELDS[name]]) for row in fits(rows, c, but=name))
        keys = values or [key for key, _ in counts.most_common() if key]
        found.append((label, name, keys, say, counts, str(getattr(c, name))))
    return facets_of.counted(found, lambda name, value: address(c, **{name: value}), t)


def deck(rows: Sequence[Row], t: Translator) -> str:
    """What is on file, in numbers."""
    dated = sum(bool(clean(row["released"])) for row in rows)
    boards = sum(int(row["n_boards"]) > 0 for row in rows)
    return t(
        "{n} models: {dated} with a release date, {boards} with a score on a board. Lists differ by economy:"
        " Japan’s rests on a community catalogue, others on Epoch AI’s, so counts are no measure of output.",
        n=t.number(len(rows)), dated=t.number(dated), boards=t.number(boards),
    )  # fmt: skip
