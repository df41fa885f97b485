"""Conflicts: where sources differ, what was chosen by which rule, and what another choice would change."""

import streamlit as st

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, on_file, piece
from observatory.ui.pick import conflicts as pick_conflicts
from observatory.views import evidence_parts
from observatory.views.conflicts import effects as conflicts_effects
from observatory.views.conflicts import page as conflicts
from observatory.views.conflicts import record as conflicts_record
from observatory.views.conflicts import rows as conflicts_list

ctx = ui.context()
t, data, picks = ctx.t, catalogue(ctx), ctx.filters.pick
alone = ctx.regardless("economies", "currency")
record = on_file(ctx, "cf-record", lambda: conflicts_record.load(data))
c, bad = conflicts.read(dict(ctx.filters.extra), record)
ui.put(evidence_parts.bad_choice(bad, ctx.filters.get, t))
ui.heading(
    conflicts.title(record), conflicts.deck(record), crumbs=[(t("Evidence"), None), (t("Conflicts"), None)],
    finding=True,
)  # fmt: skip
draw(alone, "cf-strip", lambda: conflicts.strip(record, c), c)
effects = piece(alone, "cf-effects", lambda: conflicts_effects.cards(data))
if effects:
    ui.section(t("What your choice changes"), anchor="effects")
    for start in range(0, len(effects), 2):
        for column, card in zip(
            st.columns(2, gap="large"), effects[start : start + 2], strict=False
        ):
            with column:
                ui.show(card)
    ui.section(t("All differences"))
with st.container(key="cf-pick", horizontal=True, gap="medium"):
    pick_conflicts.pickers(ctx, record, c)
draw(alone, "cf-facets", lambda: conflicts.facets(record, c), c)
draw(alone, "cf-list", lambda: conflicts_list.card(record, c, picks), c)
