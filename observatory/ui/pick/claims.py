"""Choices of the claims ledger that are no links: who is named, which text; and its file."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from observatory.export.claimreview import claim_reviews
from observatory.ui import data
from observatory.ui.context import Context
from observatory.ui.pick.controls import edit, with_own
from observatory.views import claims, labels
from observatory.views.claims import DOCUMENTS, Choice, Ledger, document_label


def _set(name: str) -> Callable[[], None]:
    return edit(f"claims.{name}", lambda f, one: with_own(f, {name: str(one or ""), "page": ""}))


def pickers(ctx: Context, book: Ledger, chosen: Choice) -> None:
    """Whom the claims are about, and which text makes them."""
    t = ctx.t
    st.session_state["claims.entity"] = chosen.entity or None
    st.selectbox(
        t("About"), book.entities, key="claims.entity", on_change=_set("entity"),
        format_func=lambda key: book.names.get(key, key), placeholder=t("Anyone or anywhere"),
    )  # fmt: skip
    st.session_state["claims.document"] = chosen.document or None
    st.selectbox(
        t("Said in"), DOCUMENTS, key="claims.document", on_change=_set("document"),
        format_func=lambda key: document_label(key, t), placeholder=t("Either text"),
    )  # fmt: skip


def download(ctx: Context, book: Ledger, chosen: Choice) -> None:
    """The filtered claims as schema.org ClaimReview."""
    t = ctx.t
    st.download_button(
        t("Download as ClaimReview (JSON-LD)"),
        lambda: claim_reviews(
            book.shown(chosen), book.sources, lang=ctx.lang,
            word=lambda verdict: labels.verdict(verdict, t),
            document=lambda name: claims.document_label(name, t),
            address=lambda row_id: data.address(ctx, row_id),
        ),
        f"claims-{ctx.build_id[:12] or 'data'}.jsonld", "application/ld+json",
        icon=":material/download:", on_click="ignore", key="claims.file", type="tertiary",
    )  # fmt: skip
