"""Claims ledger: what two founding texts say, and what the evidence says of it."""

import streamlit as st

from observatory import ui
from observatory.ui import nav
from observatory.ui.catalogue import catalogue, draw, on_file
from observatory.ui.pick import claims as pick_claims
from observatory.views import claims, claims_list, evidence_parts

ctx = ui.context()
t, data = ctx.t, catalogue(ctx)
alone = ctx.regardless("economies", "currency")
book = on_file(ctx, "claims", lambda: claims.load(data, ctx.as_of))
chosen, bad = claims.choice(dict(ctx.filters.extra), book.entities)
pages = frozenset(page.slug for page in nav.existing())


def href(**own: str) -> str:
    return ctx.href("/claims", lang=ctx.lang, **own)


ui.heading(
    claims.title(book),
    t("Two texts stand at the start of this observatory: an essay and a digest. Their statements were taken"
      " one by one and held against sources. Verdicts come with their evidence and may change with it."),
    crumbs=[(t("Evidence"), None), (t("Claims ledger"), None)],
    finding=True,
)  # fmt: skip
ui.put(evidence_parts.bad_choice(bad, ctx.filters.get, t))
draw(ctx, "claims-strip", lambda: claims.verdict_strip(book, chosen, href), chosen)
with st.container(key="claims-pick", horizontal=True, gap="medium"):
    pick_claims.pickers(ctx, book, chosen)
left, right = st.columns([3.4, 1], gap="large")
with left:
    draw(ctx, "claims-list", lambda: claims_list.list_card(book, chosen, pages, href), chosen)
    pick_claims.download(ctx, book, chosen)
with right:
    draw(ctx, "claims-topics", lambda: claims.topics_panel(book, chosen, href), chosen)
    draw(ctx, "claims-faults", lambda: claims.faults_panel(book, chosen, href), chosen)
    draw(alone, "claims-rules", lambda: claims.rules_panel(book))
