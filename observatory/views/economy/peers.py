"""Income and size of economies, and whom that makes alike."""

from __future__ import annotations

import pandas as pd

from observatory.analysis import peers
from observatory.analysis.relative import relative
from observatory.cards.filters import canonical
from observatory.cards.markup import Child, Safe, h
from observatory.cards.woven import slot, weave
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import links
from observatory.views.measures import Catalogue


def sizes(catalogue: Catalogue) -> pd.DataFrame:
    """People and output of the twenty economies.

    Columns: entity_id, people, output (billion US dollars), period, people_period, row_id,
    people_row_id, source_id. Output is the newest value, people those of its year, else the newest
    of at most five years earlier. Economies without both are absent.
    """
    return catalogue.kept("sizes", lambda: _sizes(catalogue))


def _sizes(catalogue: Catalogue) -> pd.DataFrame:
    output, people = catalogue.denominators("gdp"), catalogue.denominators("population")
    output = output[output["entity_id"].isin(SCOPE + COMPARATORS) & output["value"].notna()]
    newest = output.sort_values(["period_end", "row_id"]).drop_duplicates("entity_id", keep="last")
    found = relative(newest, people)
    return pd.DataFrame(
        {
            "entity_id": found["entity_id"],
            "people": found["base_value"],
            "output": found["own_value"],
            "period": found["period"],
            "people_period": found["base_period"],
            "row_id": found["row_id"],
            "people_row_id": found["base_row_id"],
            "source_id": found["source_id"],
        }
    )


def nearest(catalogue: Catalogue, economy: str, most: int = peers.PROPOSED) -> tuple[str, ...]:
    """The economies most like one by income and size, nearest first; empty where that is unknown."""
    return peers.similar(sizes(catalogue), economy, most)


def group(catalogue: Catalogue, economy: str) -> tuple[str, ...]:
    """An economy and those most like it in the house order; empty where that is unknown."""
    found = nearest(catalogue, economy)
    return canonical((economy, *found)) if found else ()


def alike_note(catalogue: Catalogue, economy: str) -> Safe | None:
    """Who is most like an economy, with links to rank it among them and to compare them."""
    t = catalogue.t
    found = nearest(catalogue, economy)
    if not found:
        return None
    names: dict[str, Child] = {
        f"n{i}": h("a", catalogue.name(code), href=links.economy(code), data_go=True, cls="quiet")
        for i, code in enumerate(found)
    }
    said = t(
        "Most alike in income and size: {names}. {rank} or {compare}.",
        names=t.list([slot(key) for key in names]),
        rank=slot("rank"),
        compare=slot("compare"),
    )
    ranked = links.link("/economy", economy=economy, economies=",".join(group(catalogue, economy)))
    compared = links.link("/compare", **{"with": ",".join((economy, *found[:3]))})
    parts = {
        **names,
        "rank": h("a", t("Rank it among them"), href=ranked, data_go=True),
        "compare": h("a", t("compare it with the nearest three"), href=compared, data_go=True),
    }
    return h("p", weave(said, **parts), cls="e-alike")
