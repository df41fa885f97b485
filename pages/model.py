"""One model: identity, makers, names, scores by board and date, sources."""

from observatory import ui
from observatory.ui.catalogue import catalogue, draw, piece
from observatory.ui.pick import frontier as pick_frontier
from observatory.ui.pick import models as pick_models
from observatory.views.models import one as model

ctx = ui.context()
t, data = ctx.t, catalogue(ctx)
alone = ctx.regardless("economies", "currency")
rows, boards = pick_models.rows(ctx), pick_frontier.leaderboards(ctx)
row, bad = model.choice(dict(ctx.filters.extra), rows)
crumbs = [(t("Technology"), None), (t("Models"), "/models")]

if row is None:
    ui.heading(t("Model"), t("Choose a model from the directory."), crumbs=crumbs)
    ui.put(model.missing(bad, rows, t))
else:
    key = str(row["model_id"])
    found = piece(alone, "mo-model", lambda: model.load(data, row, boards), key)
    ui.heading(str(row["name"]), model.deck(data, found), crumbs=crumbs, **model.heading(found))
    draw(alone, "mo-identity", lambda: model.identity(data, found), key)
    with ui.columns([2.2, 1]) as (left, right):
        with left:
            draw(alone, "mo-results", lambda: model.results_card(data, found, boards), key)
        with right:
            draw(alone, "mo-names", lambda: model.names_panel(data, found), key)
            draw(alone, "mo-sources", lambda: model.sources_panel(data, found), key)
    ui.note_block(t("What this page does not know"), model.gaps(found, t))
