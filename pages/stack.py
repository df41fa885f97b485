"""Sovereign stack: every economy on every layer, graded; and what each layer rests on."""

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, on_file, piece
from observatory.views.stack import cell as stack_cell
from observatory.views.stack import page as stack
from observatory.views.stack import rests as stack_rests
from observatory.views.stack import rule as stack_rule
from observatory.views.stack.data import Stack

ctx = ui.context()
t = ctx.t
cell, way, bad = stack.choice(dict(ctx.filters.extra))
beside = ctx.filters.get("comparators") == "1"
members = stack.members_of(ctx.filters.economies, beside)
alone = ctx.regardless("economies", "currency")
found = on_file(ctx, "sk-data", lambda: Stack(catalogue(ctx)))
every = on_file(ctx, "sk-things", lambda: stack_rests.things(found))

ui.put(stack.notes(bad, t))
title = piece(alone, "sk-title", lambda: stack.title(found, members), members)
deck = piece(alone, "sk-deck", lambda: stack.deck(found, members), members)
ui.heading(
    title, deck, crumbs=[(t("Technology"), None), (t("Sovereign stack"), None)], finding=True
)

with ui.columns([1.9, 1]) as (left, right):
    with left:
        draw(
            alone,
            "sk-matrix",
            lambda: stack.matrix_card(found, members, cell, way, beside),
            members,
            cell,
            way,
            beside,
        )
    with right:
        if cell:
            draw(alone, "sk-cell", lambda: stack_cell.card(found, cell), cell)
        else:
            draw(alone, "sk-guide", lambda: stack_cell.guide(found))

ui.section(t("What each layer rests on"), anchor="rests")
hrefs = {
    (e, w): f"{stack.address(cell, (e, w), beside)}#rests-list"
    for e in members
    for w in stack_rests.WAYS
}
draw(
    alone,
    "sk-rests",
    lambda: stack_rests.matrix_card(found, every, members, way, hrefs),
    members,
    cell,
    way,
    beside,
)
if way:
    draw(alone, "sk-list", lambda: stack_rests.list_card(found, every, way), way)

ui.section(t("The rule"), anchor="rule")
draw(alone, "sk-rule", lambda: stack_rule.card(found))
ui.note_block(
    t("What this page does not know"),
    piece(alone, "sk-gaps", lambda: stack.gaps(found, members), members),
)
