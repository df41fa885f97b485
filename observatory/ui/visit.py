"""From a link to the context of a run: shared by the screen and by what is collected for exports."""

from __future__ import annotations

from observatory.cards.filters import Filters, Known
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.ui import data, nav
from observatory.ui.context import Context


def known_of(opened: data.Opened, slug: str) -> Known:
    """The ids and parameters that a link to this page may name."""
    info = nav.find(slug)
    return Known(
        economies=SCOPE + COMPARATORS,
        orgs=data.org_ids(opened),
        indicators=data.indicator_ids(opened),
        builds=data.build_ids(),
        extra=info.params if info else (),
        free=info.free if info else (),
    )


def context_of(
    filters: Filters, opened: data.Opened, slug: str, *, theme: str, default_lang: str
) -> Context:
    """The context of one run; opens the build that the link names."""
    if filters.build and filters.build != opened.build_id:
        opened = data.open_build(filters.build) or opened
    return Context(
        filters=filters,
        db=opened.db,
        build_id=opened.build_id,
        data_date=opened.data_date,
        sources=opened.sources,
        theme=theme,
        page=slug,
        default_lang=default_lang,
    )
