"""Sovereign stack: every economy on every layer, graded; and what each layer rests on."""

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.views import stack, stack_cell, stack_rests, stack_rule
from observatory.views.stack_data import Stack

ctx = ui.context()
t = ctx.t
cell, way, bad = stack.choice(dict(ctx.filters.extra))
beside = ctx.filters.get("comparators") == "1"
members = stack.members_of(ctx.filters.economies, beside)
found = piece(ctx, "sk-data", lambda: Stack(catalogue(ctx)))
every = piece(ctx, "sk-things", lambda: stack_rests.things(found))

ui.put(stack.notes(bad, t))
title = piece(ctx, "sk-title", lambda: stack.title(found, members), members)
deck = piece(ctx, "sk-deck", lambda: stack.deck(found, members), members)
ui.heading(
    title, deck, crumbs=[(t("Technology"), None), (t("Sovereign stack"), None)], finding=True
)

with ui.columns([1.9, 1]) as (left, right):
    with left:
        draw(
            ctx,
            "sk-matrix",
            lambda: stack.matrix_card(found, members, cell, way, beside),
            members,
            cell,
            way,
            beside,
        )
    with right:
        if cell:
            draw(ctx, "sk-cell", lambda: stack_cell.card(found, cell), cell)
        else:
            draw(ctx, "sk-guide", lambda: stack_cell.guide(found))

ui.section(t("What each layer rests on"), anchor="rests")
hrefs = {
    (e, w): f"{stack.address(cell, (e, w), beside)}#rests-list"
    for e in members
    for w in stack_rests.WAYS
}
draw(
    ctx,
    "sk-rests",
    lambda: stack_rests.matrix_card(found, every, members, way, hrefs),
    members,
    cell,
    way,
    beside,
)
if way:
    draw(ctx, "sk-list", lambda: stack_rests.list_card(found, every, way), way)

ui.section(t("The rule"), anchor="rule")
draw(ctx, "sk-rule", lambda: stack_rule.card(found))
ui.note_block(
    t("What this page does not know"),
    piece(ctx, "sk-gaps", lambda: stack.gaps(found, members), members),
)
