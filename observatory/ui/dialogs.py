"""The dialogs that the desk opens: receipt, table, method, download."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from observatory.cards import states
from observatory.cards.card_model import Card
from observatory.cards.markup import Safe, h, icon
from observatory.cards.receipt import missing_html, receipt_html
from observatory.cards.table import card_table
from observatory.export import report
from observatory.ui import card_files, data, errors, file_links
from observatory.ui.card import registry
from observatory.ui.context import Context
from observatory.ui.html import put
from observatory.views import links
from observatory.views.method import ANCHORS

MAX_ROWS = 500


def _dialog(ctx: Context, title: str, icon_name: str, width: Any, body: Callable[[], None]) -> None:
    """Open a dialog whose failure is a polite sentence too."""

    @st.dialog(title, width=width, icon=f":material/{icon_name}:")
    def shown() -> None:
        try:
            body()
        except Exception as exc:  # noqa: BLE001 - a dialog never takes the page down
            put(states.error(errors.report(exc, f"dialog {title}"), ctx.t))

    shown()


def open_for(ctx: Context, kind: str, *, card_id: str = "", row_id: str = "") -> None:
    """Open the dialog for an action; an unknown card or action opens nothing."""
    card = registry().get(card_id) if card_id else None
    choose = False
    if kind == "receipt" and card is not None and not row_id:
        if card.receipt:
            row_id = card.receipt
        elif card.table is not None:
            kind, choose = "table", True
    if kind == "receipt" and row_id:
        _dialog(ctx, ctx.t("Receipt"), "receipt_long", 400, lambda: _receipt(ctx, row_id))
    elif card is None:
        return
    elif kind == "table" and card.table is not None:
        # Of many values the reader says which one's receipt is meant.
        title = ctx.t("Choose a value for its receipt") if choose else ctx.t("Table")
        look = "receipt_long" if choose else "table_rows"
        _dialog(ctx, title, look, "large", lambda: _table(ctx, card))
    elif kind == "method":
        _dialog(ctx, ctx.t("Method"), "info", "small", lambda: _method(ctx, card))
    elif kind == "download":
        _dialog(ctx, ctx.t("Download"), "download", "small", lambda: _download(ctx, card))


def _receipt(ctx: Context, row_id: str) -> None:
    found = data.receipt(ctx, row_id)
    if found is None:
        put(missing_html(row_id, ctx.t))
        return
    here = card_files.receipt_address(ctx, row_id)
    text = report.body(found, here, ctx.build_id, ctx.t)
    put(
        receipt_html(
            found, ctx.t, address=data.address(ctx, row_id), report_text=text,
            report=report.address(data.report_url(), report.title(found, ctx.t), text),
        )
    )  # fmt: skip


def _title(card: Card) -> Safe:
    return h("p", h("b", card.title), h("br"), card.subtitle, cls="sub")


def _table(ctx: Context, card: Card) -> None:
    if card.table is None:
        return
    t = ctx.t
    hint = t("A dotted value opens its receipt.") if card.table.row_ids() else ""
    rows = len(card.table.frame)
    if rows > MAX_ROWS:
        hint = t("The first {n} of {all} rows.", n=t.number(MAX_ROWS), all=t.number(rows))
    put(
        h(
            "div",
            _title(card),
            card_table(card.table, card.title, t("not known"), MAX_ROWS),
            h("p", hint, cls="small muted", style="margin-top:8px") if hint else None,
            cls="dlg",
        )
    )
    card_files.buttons(ctx, card)


def _method(ctx: Context, card: Card) -> None:
    text = card.method if isinstance(card.method, Safe) else None
    paragraphs = (
        [h("p", part) for part in str(card.method).split("\n\n") if part.strip()]
        if text is None
        else []
    )
    rules = h(
        "a",
        ctx.t("All rules of this site"),
        href=links.method(ANCHORS.get(ctx.page, "")),
        data_go=True,
    )
    put(h("div", _title(card), text, *paragraphs, h("p", rules, cls="small"), cls="dlg"))


def _download(ctx: Context, card: Card) -> None:
    t = ctx.t
    put(
        h(
            "div",
            _title(card),
            h(
                "p",
                t(
                    "Exact values, one a line, each with its unit, status, source, licence and row id."
                    " Every file carries the filters, the day, the build and how to cite it."
                ),
            ),
            cls="dlg",
        )
    )
    if card.table is not None:
        card_files.buttons(ctx, card)
    if card.has_picture:
        put(
            h(
                "div",
                h("div", *(_image_button(ctx, card, kind) for kind in ("png", "svg")),
                  cls="row-btns"),
                h("p", t("The picture carries the title, the source line and the data's date."),
                  cls="small muted"),
                cls="dlg",
            )
        )  # fmt: skip
    put(file_links.card_block(ctx, card))


def _image_button(ctx: Context, card: Card, kind: str) -> Safe:
    label = ctx.t("PNG picture") if kind == "png" else ctx.t("SVG picture")
    return h("button", icon("image"), label, cls="btn", type="button", data_img=kind,
             data_card=card.id, data_name=card_files.file_name(ctx, card))  # fmt: skip
