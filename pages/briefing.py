"""Briefing: where each economy stands, what changed, what is next."""

from datetime import date

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.views.briefing import findings as briefing_findings
from observatory.views.briefing import news as briefing_news
from observatory.views.briefing import page as briefing
from observatory.views.briefing import ways as briefing_ways

ctx = ui.context()
t, members = ctx.t, ctx.filters.economies
alone = ctx.regardless("economies", "currency")
data, today = catalogue(ctx), ctx.as_of or date.today()
measure, window = ctx.filters.get("map"), ctx.filters.get("since") or "6"
since = briefing_news.since_day(window, today)

ui.heading(t("Where East Asia stands in AI"), piece(alone, "deck", lambda: briefing.deck(data)))
with ui.block():
    ui.put(briefing.preset_links(members, t))
    draw(ctx, "strip", lambda: briefing.strip(data, members))

with ui.columns([1.62, 1]) as (left, right):
    with left:
        ui.put(briefing.map_menu(data, measure, window))
        draw(ctx, "map", lambda: briefing.map_card(data, members, measure), measure)
        draw(
            ctx, "news", lambda: briefing_news.news_card(data, members, since, today), since, today
        )
    with right:
        draw(
            ctx,
            "changes",
            lambda: briefing_news.changed(data, members, since, window, measure),
            since,
            measure,
        )
        draw(ctx, "ahead", lambda: briefing_news.ahead_card(data, members, today), today)

with ui.block():
    ui.section(t("Three findings, computed from the data"))
    draw(ctx, "findings", lambda: briefing_findings.findings(data, members))
    ui.section(t("Ways in"))
    draw(ctx, "ways", lambda: briefing_ways.ways_in(data, members, today), today)
