"""Present: slides of one's own or ready-made, in order, as a talk, a link and a file."""

from observatory import ui
from observatory.ui.pick import present as pick_present

ctx = ui.context()
t = ctx.t
if not ctx.filters.present:
    ui.heading(
        t("Present"),
        t("Charts and tables of any page as slides, with their sources and your own words."),
    )
pick_present.show(ctx)
