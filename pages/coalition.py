"""Coalition builder: what chosen economies hold together, and whom they might invite."""

import streamlit as st

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.ui.pick import coalition as pick_coalition
from observatory.views.coalition import brief as coalition_brief
from observatory.views.coalition import enablers
from observatory.views.coalition import invite as coalition_invite
from observatory.views.coalition import page as coalition
from observatory.views.coalition import pool as coalition_pool

ctx = ui.context()
t, data = ctx.t, catalogue(ctx)
members, bad = coalition.members_of(ctx.filters.get("members"))
alone = ctx.regardless("economies", "currency")
made = piece(alone, "coalition", lambda: coalition.Coalition(data, members, ctx.as_of), members)


def href(**own: str) -> str:
    return ctx.href("/coalition", lang=ctx.lang, **own)


title = piece(alone, "coalition-title", lambda: coalition_pool.finding(made), members)
crumbs = [(t("Policy"), None), (t("Coalition builder"), None)]
ui.heading(title, coalition_pool.deck(made), crumbs=crumbs, finding=True)
ui.put(coalition.bad_members(bad, t))
ui.put(pick_coalition.groups(ctx, members, href))
with st.container(key="coalition-pick"):
    pick_coalition.pills(ctx, members)

draw(alone, "coalition-brief", lambda: coalition_brief.brief_card(made), members)
with ui.columns([1.9, 1]) as (left, right):
    with left:
        draw(alone, "coalition-pool", lambda: coalition_pool.pool_card(made), members)
    with right:
        draw(ctx, "coalition-invite", lambda: coalition_invite.invite_card(made, href), members)
        draw(alone, "coalition-layers", lambda: coalition_invite.layers_card(made), members)
        draw(alone, "coalition-languages", lambda: enablers.languages_card(made), members)
        draw(alone, "coalition-rules", lambda: enablers.data_rules_card(made), members)
ui.section(t("Who brings what, and what binds them"))
draw(alone, "coalition-parts", lambda: coalition_invite.brings_card(made), members)
draw(alone, "coalition-coherence", lambda: enablers.coherence_card(made), members)
draw(alone, "coalition-talent", lambda: enablers.talent_card(made), members)
ui.section(t("Not added"))
draw(alone, "coalition-ranges", lambda: coalition_pool.ranges_card(made), members)
ui.note_block(t("What this page does not know"), coalition.gaps(made))
