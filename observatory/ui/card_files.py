"""Files of a card: its numbers with their sources, as CSV, workbook or JSON, with the filters inside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal
from urllib.parse import urlencode, urlsplit

import pandas as pd
import streamlit as st

from observatory.cards.card_model import Card
from observatory.cards.markup import h
from observatory.export import citation, holdback
from observatory.export.csv import RECEIPT_COLUMNS, table_csv
from observatory.export.json import MIME as JSON_MIME
from observatory.export.json import to_json
from observatory.export.table import Field, Held, Kind, Provenance, fields_of, sources_in
from observatory.export.xlsx import MIME as XLSX_MIME
from observatory.export.xlsx import to_xlsx
from observatory.i18n import translator
from observatory.ui import data, file_names, nav, site_address
from observatory.ui.context import Context
from observatory.ui.html import put

Format = Literal["csv", "xlsx", "json"]
MIME: Final[dict[Format, str]] = {"csv": "text/csv", "xlsx": XLSX_MIME, "json": JSON_MIME}
_KINDS: Final[dict[str, Kind]] = {"value": "mixed", "read_on": "date", "known_on": "date"}
# Lines of a card name the parts of a source as the receipt does.
_SOURCE: Final = {"source_publisher": "publisher"}


@dataclass(frozen=True, slots=True)
class CardFile:
    """A card's numbers ready for a file."""

    frame: pd.DataFrame
    fields: list[Field]
    about: Provenance


def site() -> str:
    """The site's own address: as configured, else as the browser told it; else empty."""
    if given := site_address.base():
        return given
    try:
        here = urlsplit(st.context.url or "")
    except Exception:  # noqa: BLE001 - outside a browser there is no address
        return ""
    return f"{here.scheme}://{here.netloc}" if here.netloc else ""


def page_address(ctx: Context) -> str:
    """The lasting link of the view, whole where the site's address is known."""
    path = nav.path_of(page) if (page := nav.find(ctx.page)) else "/"
    return f"{site()}{path}?{urlencode(ctx.permalink_query())}"


def receipt_address(ctx: Context, row_id: str) -> str:
    """The lasting link of a receipt, whole where the site's address is known."""
    return site() + data.address(ctx, row_id)


def file_name(ctx: Context, card: Card) -> str:
    """The name of a card's files without the ending."""
    return file_names.stem(ctx.page, ctx.permalink_query(), ctx.build_id, card.id)


def read(ctx: Context, card: Card, at: str) -> CardFile:
    """A line a number with its source; a card without row ids gives its table as it is. `at`: the link."""
    held = Held()
    sources: tuple[Mapping[str, Any], ...] = ()
    ids = card.table.row_ids() if card.table is not None else []
    if card.table is not None and ids:
        lines = pd.DataFrame(data.lines(ctx, ids), columns=list(RECEIPT_COLUMNS))
        measured = bool((lines["table"] == "observations").all())
        whole = lines.rename(columns=_SOURCE)
        kept, held = holdback.split(
            whole, measures=int(lines["indicator_id"].nunique()) if measured else None
        )
        sources = sources_in(kept)
        frame = kept.rename(columns={new: old for old, new in _SOURCE.items()})
        fields = [Field(name, _KINDS.get(name, "text")) for name in RECEIPT_COLUMNS]
    else:
        frame = card.table.frame if card.table is not None else pd.DataFrame()
        fields = fields_of(frame)
    today, t = dt.date.today(), translator("en")
    cited = citation.of_view(
        card.title, address=at, build_id=ctx.build_id, data_date=ctx.data_date, accessed=today,
        note="Cite the source of each figure too",
    )  # fmt: skip
    about = Provenance(
        title=card.title, address=at, filters=tuple(sorted(ctx.permalink_query().items())), build_id=ctx.build_id,
        data_date=ctx.data_date, as_of=ctx.as_of, made_on=today, cite=citation.plain(cited, t),
        bibtex=citation.bibtex(cited), ris=citation.ris(cited), held=held, sources=sources,
        notes=(str(card.subtitle),) if card.subtitle else (),
    )  # fmt: skip
    return CardFile(frame, fields, about)


def make(found: CardFile, form: Format) -> bytes:
    """The bytes of a card's file."""
    writer = {"csv": table_csv, "xlsx": to_xlsx, "json": to_json}[form]
    return writer(found.frame, found.fields, found.about)


def buttons(ctx: Context, card: Card) -> None:
    """One button a format; the file is written when one is pressed."""
    t = ctx.t
    # The browser's address is known while the page runs, not when the file is written.
    found = read(ctx, card, page_address(ctx))
    if held := found.about.held.rows:
        said = t(
            "{held} of {n} numbers are not in the files: their sources are not openly licensed, and more than {most}"
            " numbers of more than one measure are a copy in bulk.",
            held=t.number(held), n=t.number(held + len(found.frame)), most=t.number(holdback.QUOTED_ROWS),
        )  # fmt: skip
        put(h("div", h("p", said, cls="small muted"), cls="dlg"))
    name = file_name(ctx, card)
    labels: dict[Format, str] = {"csv": t("CSV"), "xlsx": t("Excel"), "json": t("JSON")}
    with st.container(key="obs-csv", horizontal=True, gap="small"):
        for form, label in labels.items():
            st.download_button(
                label, partial(make, found, form), f"{name}.{form}", MIME[form], disabled=not len(found.frame),
                icon=":material/download:", on_click="ignore", key=f"{form}-{card.id}",
            )  # fmt: skip
