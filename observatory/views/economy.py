"""The economy profile: its title block; the cards stand in the modules `economy_*`."""

from __future__ import annotations

from dataclasses import dataclass

from observatory.views import labels
from observatory.views.measures import Catalogue


@dataclass(frozen=True, slots=True)
class Title:
    """Name in the reader's language and in its own script, with that script's language."""

    name: str
    native: str
    native_lang: str


def title(catalogue: Catalogue, economy: str) -> Title:
    """The economy's names."""
    row = catalogue.economies[economy]
    native, language = labels.native_economy_name(row, catalogue.t)
    name = catalogue.name(economy)
    return Title(name, "" if native == name else native, language)
