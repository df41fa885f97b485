"""Company profile: one organisation, everything on file about it."""

from dataclasses import replace

import streamlit as st

from observatory import ui
from observatory.ui import nav
from observatory.ui.catalogue import draw, on_file, piece
from observatory.ui.context import Context
from observatory.ui.state import write
from observatory.views.company import head as company_head
from observatory.views.company import page as company
from observatory.views.company import record as company_record
from observatory.views.company import strip as company_strip

ctx = ui.context()
t, org, day = ctx.t, ctx.filters.org, ctx.as_of or ctx.data_date
# Cards are shared between readers, so their links name the language always.
around = company.Surroundings(t, lambda path, **more: ctx.href(path, lang=ctx.lang, **more),
                              ctx.theme, frozenset(page.slug for page in nav.existing()))  # fmt: skip
crumbs = [(t("Companies"), ctx.href("companies")), (t("Company profile"), None)]


def picker() -> None:
    known = on_file(ctx, "company.choices", lambda: company.choices(ctx.db, t))
    st.session_state["company.pick"] = org
    st.selectbox(t("Organisation"), known.ids, key="company.pick", format_func=known.texts.get,
                 placeholder=t("Type a name in any script, or a ticker"), on_change=lambda: write(
                     replace(ctx.filters, org=st.session_state["company.pick"])))  # fmt: skip


@ui.cached_card
def drawn(ctx: Context, org: str, key: str) -> ui.Card:
    return company.card(data, key, around)


if org is None:
    ui.heading(t("Company profile"), t("Companies, laboratories, universities and public bodies:"
               " choose one, or start from those with most on file."), crumbs=crumbs)  # fmt: skip
    picker()
    ui.put(piece(ctx, "company.index", lambda: company.index(ctx.db, ctx.as_of, day, around)))
else:
    data = on_file(ctx, "company", lambda: company.load(ctx.db, org, ctx.as_of, day), org)
    name = data.name(t)
    left, right = st.columns([2.3, 1], gap="large", vertical_alignment="bottom")
    with left:
        own = {"native": name.second, "native_lang": name.second_lang, "colour": data.economy_id}
        title = ui.h("span", name.main, lang=name.main_lang)
        deck = piece(ctx, "company.deck", lambda: company_head.deck(data, t), org)
        ui.heading(title, deck, crumbs=crumbs, **own)
    with right:
        picker()
    with ui.block():
        draw(ctx, "company.line", lambda: company_head.identity_line(data, around), org)
        draw(ctx, "company.strip", lambda: company_strip.strip(data, t), org)
        with ui.columns([1, 1.45]) as (left, right):
            with left:
                ui.show(drawn(ctx, org, "names"))
                draw(ctx, "company.contents", lambda: company.contents(data, t), org)
            with right:
                ui.show(drawn(ctx, org, company.beside(data)))
    for part in piece(ctx, "company.sections", lambda: company.sections(data, t), org):
        with ui.block():
            ui.section(part.title, anchor=part.anchor)
            for keys in part.rows:
                ui.show_row([drawn(ctx, org, key) for key in keys])
    gaps = piece(ctx, "company.gaps", lambda: company_record.gaps(data, t), org)
    ui.note_block(t("What this page does not know"), gaps)
