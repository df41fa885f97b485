"""Where a reader of the explorer starts: saved starting points, and the names to choose from."""

from __future__ import annotations

from observatory.cards.markup import Safe, h
from observatory.db import queries_explorer as q
from observatory.db.connect import Database
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views.explorer.choice import GROUPS
from observatory.views.measures import Catalogue


def presets(t: Translator) -> Safe:
    """Saved starting points."""
    links = [
        h("a", label, href="/explorer?" + query, data_go=True, cls="ex-p")
        for label, query in starts(t)
    ]
    return h("p", h("span", t("Start from"), cls="muted"), *links, cls="ex-presets")


def starts(t: Translator) -> list[tuple[str, str]]:
    """Starting points as (label, query)."""
    return [
        (t("Rounds since 2025"), "table=deals&filter=kind:round;announced:2025-01-01.."),
        (t("All values of adoption"), "filter=pillar:adoption&values=all"),
        (t("Where sources differ"), "filter=status:disputed&values=all&where=all"),
        (t("Output and people, side by side"),
         "indicators=gdp_usd_bn_imf,population_total&entities=economies&form=measures"),
        (t("Internet users by year"), "indicators=internet_users_pct&form=periods"),
        (t("Listings of this year"), "table=ipo_events&filter=stage_date:2026-01-01.."),
        (t("Open models since 2025"), "table=models&filter=open_weights:yes;released:2025-01-01..&sort=-params_b"),
        (t("Laws in force"), "table=policies&filter=kind:law;policy_status:in_force"),
        (t("Contradicted claims"), "table=claims&filter=verdict:contradicted&where=all"),
        (t("Sources closed to copying"), "table=sources&filter=reuse:closed"),
    ]  # fmt: skip


def entity_names(db: Database, catalogue: Catalogue) -> dict[str, str]:
    """Everything that has values, by id: groups, economies, provinces, organisations."""
    t = catalogue.t
    found = {
        GROUPS[0]: t("All economies"),
        GROUPS[1]: t("All organisations"),
        GROUPS[2]: t("All provinces"),
    }
    # A link may name what was not known on the reader's day: it then has no rows, and is no mistake.
    frame = q.entities(db, None)
    order = {"economy": 0, "province": 1, "organization": 2}
    for row in sorted(
        records(frame), key=lambda row: (order[row["entity_kind"]], row["name"].casefold())
    ):
        key = row["entity_id"]
        found[key] = catalogue.name(key) if row["entity_kind"] == "economy" else row["name"]
    return found


def measure_names(catalogue: Catalogue) -> dict[str, str]:
    """Every measure by id, in the order of names."""
    names = {key: item.name for key, item in catalogue.indicators.items()}
    return dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))
