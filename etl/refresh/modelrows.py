"""Models that upstream lists name: which one on file is meant, and the row of a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from etl.refresh.curated import Row
from etl.refresh.kit import Item, Kit, Scope
from etl.refresh.names import Suggestion, bare, fold, slug
from etl.refresh.received import Received

COMPARED = ("released", "params_b", "open_weights")


@dataclass(slots=True)
class Models:
    """Models of one upstream. ``ours`` tells its rows on file by their source."""

    kit: Kit
    ours: Callable[[str], bool]
    locator: str
    """What stands before the name in the locator of a row on file."""
    by_locator: dict[str, Row] = field(default_factory=dict)
    by_id: dict[str, Row] = field(default_factory=dict)
    by_bare: dict[str, set[str]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for row in self.kit.curated.rows("models"):
            self.by_id[row["model_id"]] = row
            if self.ours(row["source_id"]):
                found = row["locator"].partition(self.locator)
                if found[1]:
                    self.by_locator[fold(found[2])] = row
        for row in self.kit.curated.rows("model_sources"):
            if self.ours(row["source_id"]) and row["model_id"] in self.by_id:
                self.by_locator.setdefault(fold(row["name"]), self.by_id[row["model_id"]])
        for name, keys in self.kit.names.models.items():
            self.by_bare.setdefault(bare(name), set()).update(keys)

    def find(self, name: str, org: str) -> tuple[str, bool]:
        """(id on file or empty, whether the name is in doubt: like one on file, of whom nobody said)."""
        found = self.kit.upstream.lookup("model", name)
        if found:
            return found.id, False
        if fold(name) in self.by_locator:
            return self.by_locator[fold(name)]["model_id"], False
        exact = self.kit.names.models.get(fold(name), set())
        same = {key for key in exact if self._same_maker(key, org)}
        if len(same) == 1:
            return next(iter(same)), False
        like = exact | self.by_bare.get(bare(name), set())
        return "", bool(like)

    def _same_maker(self, key: str, org: str) -> bool:
        on_file = self.by_id.get(key, {}).get("org_id", "")
        return not org or not on_file or on_file == org

    def add(self, item: Received, edition: str, name: str, row: Row) -> None:
        """A model as upstream has it. Of models that stand here from others nothing is taken."""
        org = row.get("org_id", "")
        key, doubt = self.find(name, org)
        lookup = self.kit.upstream.lookup("model", name)
        if lookup and not lookup.id:
            self.kit.left_out["left out by a lookup"] += 1
            return
        if doubt:
            like = sorted(
                self.kit.names.models.get(fold(name), set()) | self.by_bare.get(bare(name), set())
            )
            self._doubt(name, like)
            return
        if key in self.taken:
            self.kit.left_out["further rows of a model that was taken"] += 1
            return
        if key:
            self.taken.add(key)
            on_file = self.by_id.get(key)
            if on_file and not self.ours(on_file["source_id"]):
                self.kit.left_out["models that stand here from another source"] += 1
                return
        else:
            key = self._new_id(name, org)
            self.taken.add(key)
        whole = {
            "native_name": "",
            "active_params_b": "",
            "context_tokens": "",
            "licence": "",
            "notable_epoch": "",
            "org_id": "",
            "released": "",
            "params_b": "",
            "open_weights": "",
            "note": "",
            **row,
            "model_id": key,
            "name": name,
            "source_id": "",
        }
        self.kit.items.append(Item("models", whole, f"{name} ({key})", item.role, edition))

    def _doubt(self, name: str, like: list[str]) -> None:
        from etl.refresh.kit import Unknown

        near = tuple(
            Suggestion(key, self.by_id.get(key, {}).get("name", key), 100) for key in like[:3]
        )
        self.kit.times["model", name] += 1
        self.kit.unknown["model", name] = Unknown(
            "model",
            name,
            near,
            "held back until a lookup says which it is (an id of its own for a new one)",
        )

    def _new_id(self, name: str, org: str) -> str:
        base = slug(name) or "model"
        for key in (
            base,
            f"{base}-{org}" if org else f"{base}-2",
            *(f"{base}-{n}" for n in range(2, 99)),
        ):
            if key not in self.by_id and key not in self.taken:
                return key
        raise ValueError(f"no free id for {name!r}")

    def speak_of(self, whole: Callable[[Row], bool], compared: tuple[str, ...] = COMPARED) -> None:
        ours = self.ours

        def mine(row: Row) -> bool:
            return not row["source_id"] or ours(row["source_id"])

        self.kit.scopes.append(
            Scope(
                "models",
                ("model_id",),
                compared,
                mine,
                lambda row: ours(row["source_id"]) and whole(row),
            )
        )


def billions(text: str) -> str:
    """A number of parameters as billions, without trailing zeros."""
    if not text.strip():
        return ""
    value = float(text) / 1e9
    text = f"{float(f'{value:.10g}'):.15f}".rstrip("0").rstrip(".")
    return text or "0"
