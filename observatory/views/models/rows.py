"""One page of the list of models, with all of it in its table and file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join, num, swatch
from observatory.cards.pager import pager
from observatory.cards.table import Ordered, table
from observatory.i18n import Translator
from observatory.views import common, labels, links
from observatory.views.economy.lists import company
from observatory.views.labels import clean
from observatory.views.measures import Catalogue
from observatory.views.models import page as base
from observatory.views.models.trends import checked, left_out

Row = Mapping[str, Any]
_HEADS: Final = {
    "name": "name", "org_name": "maker", "released": "released", "params_b": "params",
    "context_tokens": "context", "n_boards": "boards",
}  # fmt: skip


def _columns(catalogue: Catalogue) -> tuple[Column, ...]:
    t = catalogue.t

    def name(value: Any, row: Row) -> Safe:
        head = h("a", clean(row["name"]), href=links.model(str(row["model_id"])), data_go=True)
        native = clean(row["native_name"])
        parts = [head, h("span", native, cls="native") if native else None]
        if clean(row["notable_epoch"]) == "True":
            parts.append(h("span", t("notable"), cls="mo-mark"))
        return join(parts)

    def maker(value: Any, row: Row) -> Safe:
        code = clean(row["economy_id"])
        link = (
            company(row, t, prefix="org_")
            if clean(row["org_id"])
            else h("span", t("not known"), cls="unk")
        )
        place = (
            h("a", catalogue.name(code), href=links.economy(code), data_go=True) if code else None
        )
        return join([link, h("span", swatch(code) if code else None, place, cls="mo-e")])

    def size(value: Any, row: Row) -> Safe:
        shown = num(t.compact(row["params_b"] * 1e9), clean(row["row_id"]))
        if row["active_params_b"] == row["active_params_b"]:
            active = t("{n} active", n=t.compact(row["active_params_b"] * 1e9))
            return join([shown, h("span", active, cls="fr-p")])
        return shown

    def licence(value: Any, row: Row) -> Safe:
        said = base.weights_word(clean(row["weights"]), t)
        text = clean(row["licence"]).strip("?？ ")
        return join([said, h("span", text, cls="fr-p", lang="en") if text else None])

    def boards(value: Any, row: Row) -> Safe | str:
        if not int(row["n_boards"]):
            return h("span", t("none on file"), cls="unk")
        return h(
            "a",
            t.number(int(row["n_boards"])),
            href=links.model(str(row["model_id"])),
            data_go=True,
        )

    return (
        Column("name", t("Model"), show=name, strong=True),
        Column("org_name", t("Maker"), show=maker),
        Column("released", t("Released"), show=lambda v, row: num(t.period(clean(v)), clean(row["row_id"]))),
        Column("modality", t("Kind"), show=lambda v, row: labels.modality(clean(v), t), phone=False),
        Column("params_b", t("Parameters"), "right", size),
        Column("context_tokens", t("Context"), "right", lambda v, row: t.compact(float(v)), phone=False),
        Column("weights", t("Weights and licence"), show=licence),
        Column("n_boards", t("Boards"), "right", boards, phone=False),
    )  # fmt: skip


def _order(c: base.Choice) -> Ordered:
    hrefs = {}
    for column, key in _HEADS.items():
        down = not c.down if key == c.sort else base.SORTS[key]
        hrefs[column] = base.address(c, sort=key, down=down)
    shown = next(column for column, key in _HEADS.items() if key == c.sort)
    return Ordered(shown, "descending" if c.down else "ascending", hrefs)


def listing(catalogue: Catalogue, rows: Sequence[Row], c: base.Choice) -> Card:
    """One page of the models that fit."""
    t = catalogue.t
    found = base.ordered(base.fits(rows, c), c)
    if not found:
        return Card(
            id="models",
            title=t("Models"),
            empty=EmptyState(
                reason=t("No model fits all limits."),
                exists=t.n("{n} model is on file in this group.", "{n} models are on file in this group.", len(rows)),
                action_label=t("Clear all limits"),
                action_href="/models",
                title=t("No model fits"),
            ),
        )  # fmt: skip
    last = max(ceil(len(found) / base.PAGE), 1)
    at = min(c.page, last)
    start = (at - 1) * base.PAGE
    shown = found[start : start + base.PAGE]
    count = t.n("{n} model", "{n} models", len(found))
    title = t("{count} named like “{query}”", count=count, query=c.q) if c.q else count
    where = t("{first} to {last} of {all}", first=t.number(start + 1), last=t.number(start + len(shown)),
              all=t.number(len(found)))  # fmt: skip
    # Counted as in the card of open weights: rows that nobody has checked stay out.
    counted = checked(found)
    opened = sum(row["weights"] == "open" for row in counted)
    known = sum(row["weights"] != "unknown" for row in counted)
    share = t(
        "{n} of the {m} whose weights are known are open", n=t.number(opened), m=t.number(known)
    )
    said, gone = t.parts((where, share)) if last > 1 else share, left_out(found, t)
    body = table(_columns(catalogue), shown, caption=t("Models"), unknown=t("not known"), cls="mo-list",
                 ordered=_order(c))  # fmt: skip
    frame = pd.DataFrame(found)
    order = ["model_id", "name", "native_name", "org_id", "org_name", "economy_id", "released", "modality",
             "params_b", "active_params_b", "context_tokens", "open_weights", "licence", "compute",
             "notable_epoch", "n_boards", "status", "row_id", "source_id", "known_on"]  # fmt: skip
    return Card(
        id="models",
        title=title,
        subtitle=t.sentences([said, gone]) if gone else said,
        body=body + (pager(at, last, lambda page: base.address(c, page=page), t) or Safe("")),
        table=CardTable(frame[order].reset_index(drop=True), _plain(t)),
        sources=common.sources_of(catalogue, frame),
        statuses=common.statuses_of(frame),
        actions=("receipt", "table", "download", "link"),
    )


def _plain(t: Translator) -> tuple[Column, ...]:
    return (
        Column("name", t("Model"), strong=True, row_id="row_id"),
        Column("org_name", t("Maker")),
        Column("economy_id", t("Economy")),
        Column("released", t("Released"), show=lambda v, row: t.period(clean(v))),
        Column("modality", t("Kind"), show=lambda v, row: labels.modality(clean(v), t)),
        Column("params_b", t("Parameters, billion"), "right", lambda v, row: t.exact(v)),
        Column("context_tokens", t("Context, tokens"), "right", lambda v, row: t.exact(v)),
        Column("open_weights", t("Open weights")),
        Column("licence", t("Licence of the weights"), lang="en"),
        Column("n_boards", t("Boards"), "right"),
    )
