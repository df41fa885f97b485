"""The Briefing: ways in to economies and companies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from observatory.cards.markup import Safe, h, swatch
from observatory.db import queries
from observatory.views import labels
from observatory.views.labels import clean
from observatory.views.links import link
from observatory.views.measures import Catalogue


def ways_in(catalogue: Catalogue, members: Sequence[str], today: date) -> Safe:
    """Every economy of the group, and the companies with the newest events."""
    t = catalogue.t
    economies = [
        h(
            "a",
            swatch(code),
            catalogue.name(code),
            href=link("/economy", economy=code),
            data_go=True,
        )
        for code in members
    ]
    recent = queries.events(
        catalogue.db, today - timedelta(days=365), today, catalogue.as_of, list(members)
    )
    recent = recent[recent["org_id"].notna() & recent["kind"].isin(["deal", "ipo", "model"])]
    weight = recent.groupby("org_id").size().sort_values(ascending=False)
    names = recent.drop_duplicates("org_id").set_index("org_id")
    companies = []
    for org in weight.index[:14]:
        row = names.loc[org]
        name = labels.org_name(row["org_name"], row["org_native_name"], row["org_language"], t)
        companies.append(
            h(
                "a",
                swatch(clean(row["economy_id"])),
                name.main,
                h("span", name.second, cls="native", lang=name.second_lang)
                if name.second
                else None,
                href=link("/company", org=str(org)),
                data_go=True,
            )
        )
    return h(
        "div",
        h(
            "section",
            h("h3", t("Economies")),
            h("p", t("Pillars, trends, companies, rules and what is not known."), cls="sub"),
            h("div", *economies, cls="b-links"),
            cls="card",
        ),
        h(
            "section",
            h("h3", t("Companies in the news")),
            h(
                "p",
                t("Most models, deals and listing stages on file in the last twelve months."),
                cls="sub",
            ),
            h("div", *companies, cls="b-links")
            if companies
            else h("p", t("None on file for this group."), cls="muted"),
            cls="card",
        ),
        cls="b-ways",
    )
