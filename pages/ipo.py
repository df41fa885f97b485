"""IPO pipeline: where listings stand, who says so, what was raised, what the first day did."""

import streamlit as st

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, on_file, piece
from observatory.ui.pick import ipo as pick_ipo
from observatory.views.ipo import page as ipo

ctx = ui.context()
t, money = ctx.t, ctx.filters.currency
day = ctx.as_of or ctx.data_date
every = on_file(ctx, "ipo-field", lambda: ipo.field_of(ctx.db, ctx.as_of, day))
known = {attempt.ipo_id for attempt in every.attempts}
choice, bad = ipo.read(dict(ctx.filters.extra), known, ctx.filters.economies, ctx.filters.period)
base, field = ipo.around(every, choice), ipo.chosen(every, choice)
names = piece(ctx, "ipo-names", lambda: ipo.names(every, t))
crumbs = [(t("Companies"), None), (t("IPO pipeline"), None)]

ui.put(ipo.notes(bad, t))
with st.container(key="ipo-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
    ui.heading(ipo.title(base, choice, money, t), ipo.deck(base, t), crumbs=crumbs, finding=True)
    with st.container(key="ipo-pick", width=330):
        pick_ipo.attempt(ctx, names, choice.attempt)

draw(ctx, "ipo-bar", lambda: ipo.bar(every, choice, ctx.filters.preset, money, t), choice)
if (one := every.get(choice.attempt)) is not None:
    draw(ctx, "ipo-attempt", lambda: ipo.attempt_card(one, every, choice, money, t), choice)
draw(ctx, "ipo-strip", lambda: ipo.strip(base, choice, money, t), choice)
if not field.attempts:
    draw(ctx, "ipo-none", lambda: ipo.nothing(ctx.db, every, ctx.as_of, catalogue(ctx)), choice)
elif choice.view == "table":
    draw(ctx, "ipo-table", lambda: ipo.table_card(field, choice, money, t), choice)
else:
    draw(ctx, "ipo-board", lambda: ipo.board(field, choice, money, t), choice)
for part in ("listings", "tracks") if choice.stage == "listed" else ("tracks", "listings"):
    if part == "listings":
        draw(ctx, "ipo-listings", lambda: ipo.listings(field, choice, money, t), choice)
    elif choice.view == "board" and field.attempts:
        draw(ctx, "ipo-tracks", lambda: ipo.tracks(field, t), choice)
if every.attempts:
    draw(ctx, "ipo-last", lambda: [ipo.raised(base, choice, t), ipo.dates(field, t)], choice,
         widths=[1.35, 1])  # fmt: skip
gaps = piece(ctx, "ipo-gaps", lambda: ipo.gaps(base, t), choice)
ui.note_block(t("What this page does not know"), gaps)
