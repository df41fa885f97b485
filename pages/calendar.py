"""Calendar: dated things ahead, planned dates that passed in silence, a file to take along."""

import streamlit as st

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, on_file, piece
from observatory.views.calendar import page as calendar

ctx = ui.context()
t, data, economies = ctx.t, catalogue(ctx), ctx.filters.economies
day = ctx.as_of or ctx.data_date
every = on_file(ctx, "calendar", lambda: calendar.load(ctx.db, ctx.as_of, day))
kind, bad = calendar.read(dict(ctx.filters.extra))
shown = every.pick(kind, economies)
crumbs = [(t("Policy"), None), (t("Calendar"), None)]

ui.put(calendar.notes(bad, t))
with st.container(key="cal-top", horizontal=True, vertical_alignment="bottom", gap="medium"):
    title, deck = calendar.title(shown, t), calendar.deck(shown, t)
    ui.heading(title, deck, crumbs=crumbs, finding=True)
    if shown.coming:
        with st.container(key="cal-file", width="content"):
            made = piece(ctx, "calendar-file", lambda: calendar.file(data, shown), kind)
            name = "-".join(["dates-ahead", *([kind] if kind else []), f"{day}.ics"])
            st.download_button(t("Calendar file (.ics)"), made, name, "text/calendar",
                               icon=":material/event:", on_click="ignore", key="calendar-ics")  # fmt: skip

draw(ctx, "calendar-bar", lambda: calendar.bar(every, kind, economies, ctx.filters.preset, t), kind)
draw(ctx, "calendar-picture", lambda: calendar.picture(data, shown), kind)
draw(ctx, "calendar-lists", lambda: [calendar.ahead(data, shown), calendar.passed(data, shown)],
     kind, widths=[1.7, 1])  # fmt: skip
gaps = piece(ctx, "calendar-gaps", lambda: calendar.gaps(shown, t), kind)
ui.note_block(t("What this page does not know"), gaps)
