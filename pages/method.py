"""Method: how every derived thing is worked out, in short and in full."""

from observatory import ui
from observatory.ui.catalogue import draw
from observatory.views import method

ctx = ui.context()
t = ctx.t
alone = ctx.regardless("economies", "currency")
ui.heading(
    t("How everything here is worked out"),
    t("Every rank, score, grade and finding on this site follows a written rule. Here is each in short; the full rule"
      " stands below it, in the English of the project’s documents."),
    crumbs=[(t("Evidence"), None), (t("Method"), None)],
)  # fmt: skip
draw(alone, "me-toc", lambda: method.contents(t))
draw(alone, "me-page", lambda: method.page(t))
