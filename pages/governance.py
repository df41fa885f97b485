"""Governance measures: indices by their editions, public opinion, safety bodies and summits."""

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.ui.pick import policy as pick_policy
from observatory.views.governance import data as governance_data
from observatory.views.governance import page as gov
from observatory.views.governance import people

ctx = ui.context()
t, data, members = ctx.t, catalogue(ctx), ctx.filters.economies
alone = ctx.regardless("economies", "currency")
index, bad = governance_data.read(dict(ctx.filters.extra))
inside = piece(ctx, "go-inside", lambda: people.inside(pick_policy.book(ctx), members))
crumbs = [(t("Policy"), None), (t("Governance measures"), None)]

ui.put(gov.notes(bad, t))
ui.heading(
    t("Governance measures"), piece(ctx, "go-deck", lambda: gov.deck(data, members)), crumbs=crumbs
)
draw(ctx, "go-overview", lambda: gov.overview(data, members))

ui.section(governance_data.family_name(index, t), anchor="index")
draw(alone, "go-choice", lambda: gov.choice(data, index), index.id)
with ui.columns([1, 1.15]) as (left, right):
    with left:
        draw(ctx, "go-latest", lambda: gov.latest(data, index, members), index.id)
    with right:
        draw(ctx, "go-editions", lambda: gov.editions_card(data, index, members), index.id)
draw(ctx, "go-parts", lambda: gov.parts_card(data, index, members), index.id)

ui.section(t("Public opinion"), anchor="opinion")
polls = piece(ctx, "go-polls", lambda: people.opinion(data, members))
for start in range(0, len(polls), 2):
    ui.show_row(polls[start : start + 2])

ui.section(t("Safety institutes, councils and summits"), anchor="bodies")
KINDS = (
    ("safety-bodies", t("AI safety institutes, networks and partnerships"), people.is_safety_body),
    ("other-bodies", t("Other bodies: councils, offices, centres, funds"), people.is_other_body),
    ("summits", t("Summits and their declarations"), people.is_summit),
)
for card_id, name, fits in KINDS:
    draw(
        ctx, f"go-{card_id}", lambda i=card_id, n=name, f=fits: people.bodies(data, inside, f, i, n)
    )

ui.section(t("Rules as others count them"), anchor="counts")
draw(ctx, "go-counts", lambda: gov.counts_card(data, members))
gaps = piece(ctx, "go-gaps", lambda: gov.gaps(data, members))
ui.note_block(t("What this page does not know"), gaps)
