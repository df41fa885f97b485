"""Choices of the data explorer: what, whom, form, limits, columns, files. They only edit the URL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

import streamlit as st

from observatory.cards.markup import h, icon
from observatory.db import queries_explorer as q
from observatory.db.queries_explorer import MISSING, Limit
from observatory.export import citation
from observatory.ui.card_files import page_address
from observatory.ui.catalogue import catalogue, on_file, piece
from observatory.ui.context import Context, context
from observatory.ui.file_names import of_rows
from observatory.ui.html import put
from observatory.ui.state import write
from observatory.views.explorer import file as explorer_file
from observatory.views.explorer import page as explorer
from observatory.views.explorer import starts as explorer_starts
from observatory.views.explorer import words
from observatory.views.explorer.choice import (
    GROUPS,
    MOST_COLUMNS,
    MOST_IDS,
    PAGES,
    Choice,
    ask,
    plain,
    query,
    read,
    with_measure,
)

_LIMIT_KEY: Final = "ex-limit-field"


def choice(ctx: Context) -> tuple[Choice, tuple[tuple[str, str], ...]]:
    """What the URL asks for, and what of it could not be used."""
    data = catalogue(ctx)
    known = piece(ctx, "ex-known", lambda: frozenset(entity_names(ctx)))
    asked = with_measure(dict(ctx.filters.extra), ctx.filters.indicator)
    return read(asked, indicators=data.indicators, entities=known)


def selection(ctx: Context, c: Choice) -> q.Ask:
    """The rows that the choice and the filters of the whole site ask for."""
    named = explorer.named(catalogue(ctx)) if c.q and c.table == "observations" else lambda word: ()
    return ask(c, ctx.filters.economies, ctx.filters.period, named)


def entity_names(ctx: Context) -> dict[str, str]:
    """Everything that has values, by id."""
    return on_file(ctx, "ex-entities", lambda: explorer_starts.entity_names(ctx.db, catalogue(ctx)))


def go(c: Choice, **changes: Any) -> None:
    """Put a changed choice into the URL; the rows start at the first page."""
    own = query(replace(c, **{"page": 1, **changes}))
    write(replace(context().filters, indicator=None, extra=tuple(sorted(own.items()))))


def _on(c: Choice, key: str, change: Callable[[Any], Mapping[str, Any]]) -> Callable[[], None]:
    return lambda: go(c, **change(st.session_state.get(key)))


# What and whom -------------------------------------------------------------------------------------


def what(ctx: Context, c: Choice) -> None:
    """Measures and whose values, by name; none chosen is all."""
    t = ctx.t
    measures = on_file(ctx, "ex-measures", lambda: explorer_starts.measure_names(catalogue(ctx)))
    whom = entity_names(ctx)
    st.session_state["ex-measures"] = list(c.indicators)
    st.multiselect(
        t("Measures"), list(measures), key="ex-measures", format_func=lambda one: measures.get(one, one),
        placeholder=t("All measures"), max_selections=MOST_IDS,
        on_change=_on(c, "ex-measures", lambda chosen: {"indicators": tuple(chosen or ())}),
    )  # fmt: skip
    st.session_state["ex-entities"] = list(c.entities)
    st.multiselect(
        t("Whose values"), list(whom), key="ex-entities", format_func=lambda one: whom.get(one, one),
        placeholder=t("The chosen economies and their organisations"), max_selections=MOST_IDS,
        on_change=_on(c, "ex-entities", lambda chosen: {"entities": _whom(c.entities, chosen or ())}),
    )  # fmt: skip


def _whom(before: tuple[str, ...], chosen: Any) -> tuple[str, ...]:
    """Groups and single ones exclude each other; the newer choice stays."""
    new = [one for one in chosen if one not in before]
    if new and new[-1] in GROUPS:
        return tuple(one for one in chosen if one in GROUPS)
    return tuple(one for one in chosen if one not in GROUPS) if new else tuple(chosen)


def _segments(name: str, label: str, options: Mapping[str, str], shown: str, c: Choice,
              change: Callable[[str], Mapping[str, Any]]) -> None:  # fmt: skip
    key = f"ex-{name}"
    st.session_state[key] = shown
    st.segmented_control(
        label, list(options), key=key, format_func=lambda one: options.get(one, one), label_visibility="collapsed",
        on_change=_on(c, key, lambda chosen: change(chosen or shown)),
    )  # fmt: skip


def forms(ctx: Context, c: Choice) -> None:
    """Headline or all sources; long or wide; rows or picture."""
    t = ctx.t
    if c.spec.lead:
        chosen = {"headline": t("Headline values"), "all": t("All sources")}
        if c.table != "observations":
            chosen = {"headline": t("One row each"), "all": t("All sources")}
        _segments("values", t("Sources"), chosen, "headline" if c.lead else "all", c,
                  lambda one: {"lead": one == "headline"})  # fmt: skip
    if c.table == "observations" and not c.picture:
        shapes = {
            "long": t("One value a row"),
            "periods": t("Periods across"),
            "measures": t("Measures across"),
        }
        _segments("form", t("Form"), shapes, c.form, c, lambda one: {"form": one})
    if c.spec.period:
        views = {"rows": t("Rows"), "picture": t("Picture")}
        _segments("view", t("View"), views, "picture" if c.picture else "rows", c,
                  lambda one: {"picture": one == "picture"})  # fmt: skip


def search(ctx: Context, c: Choice) -> None:
    """Words that must stand in a row."""
    key = "ex-q"
    st.session_state[key] = c.q
    st.text_input(
        ctx.t("Find in the rows"), key=key, max_chars=100, icon=":material/search:", label_visibility="collapsed",
        placeholder=ctx.t("Words in names, remarks and sources"),
        on_change=_on(c, key, lambda text: {"q": plain(str(text or ""))}),
    )  # fmt: skip


def everywhere(ctx: Context, c: Choice) -> None:
    """Rows of every economy, whichever are chosen for the site."""
    if not c.spec.placed:
        return
    key = "ex-where"
    st.session_state[key] = c.everywhere
    st.toggle(ctx.t("All economies on file"), key=key,
              on_change=_on(c, key, lambda on: {"everywhere": bool(on)}))  # fmt: skip


# Limits of columns ---------------------------------------------------------------------------------


def limits(ctx: Context, c: Choice, rows: q.Ask) -> None:
    """Limit a column: words of a list, a range, words in a text."""
    box = st.popover(
        ctx.t("Limit a column"), icon=":material/filter_alt:", key="ex-limits", on_change="rerun"
    )
    if not box.open:
        return
    t = ctx.t
    with box:
        names = {key: words.name(key, t) for key in c.spec.fields}
        order = [
            *c.shown,
            *(
                key
                for key in sorted(names, key=lambda k: names[k].casefold())
                if key not in c.shown
            ),
        ]
        field = st.selectbox(
            t("Column"), order, key=_LIMIT_KEY, format_func=lambda one: names.get(one, one)
        )
        if field in c.spec.fields:
            _limit_of(ctx, c, rows, field)


def _set(c: Choice, limit: Limit | None, field: str) -> None:
    rest = tuple(one for one in c.limits if one.field != field)
    go(c, limits=(*rest, limit) if limit is not None else rest)


def _limit_of(ctx: Context, c: Choice, rows: q.Ask, field: str) -> None:
    t, kind, now = ctx.t, c.spec.fields[field], c.limit(field)
    key = f"ex-limit-{c.table}-{field}"
    state = st.session_state
    if kind in ("word", "id", "flag"):
        data = catalogue(ctx)
        found = piece(
            ctx, "ex-options", lambda: q.options(ctx.db, rows, field, ctx.as_of), rows, field
        )
        offered = [*dict.fromkeys([*(now.words if now else ()), *found])]
        state[key] = list(now.words) if now else []

        def label(one: str) -> str:
            return t(
                "{name} ({n})",
                name=explorer.value(c.table, field, one, data),
                n=t.number(found.get(one, 0)),
            )

        def choose() -> None:
            picked = tuple(state.get(key) or ())[:MOST_IDS]
            _set(c, Limit(field, picked) if picked else None, field)

        st.multiselect(t("One of these"), offered, key=key, format_func=label, on_change=choose,
                       placeholder=t("Any"))  # fmt: skip
        return
    if kind == "text":
        state[key] = " ".join(now.words) if now else ""

        def contains() -> None:
            typed = tuple(plain(str(state.get(key) or "")).split())
            _set(c, Limit(field, typed) if typed else None, field)

        st.text_input(t("Contains all of these words"), key=key, on_change=contains, max_chars=80)
        return
    low, high = f"{key}-low", f"{key}-high"
    state[low], state[high] = (now.low, now.high) if now else (None, None)

    def between() -> None:
        first, last = state.get(low), state.get(high)
        if first is not None and last is not None and first > last:
            first, last = last, first
        wanted = first is not None or last is not None
        _set(c, Limit(field, (), first, last) if wanted else None, field)

    with st.container(horizontal=True, gap="small"):
        for end, text in ((low, t("From")), (high, t("Up to"))):
            if kind in ("number", "integer"):
                st.number_input(
                    text, key=end, value=None, on_change=between, format="%g", width=150
                )
            else:
                st.date_input(text, key=end, value=None, on_change=between, format="YYYY-MM-DD", width=150,
                              min_value=dt.date(1950, 1, 1), max_value=dt.date(2050, 12, 31))  # fmt: skip


def columns(ctx: Context, c: Choice) -> None:
    """Which columns stand in the table, in which order, and how many rows a page has."""
    t = ctx.t
    if c.form != "long" or c.picture:
        return
    box = st.popover(
        t("Columns"), icon=":material/view_column:", key="ex-columns-box", on_change="rerun"
    )
    if not box.open:
        return
    with box:
        names = {key: words.name(key, t) for key in c.spec.fields}
        st.session_state["ex-columns"] = list(c.shown)
        st.multiselect(
            t("Columns, in this order"), list(names), key="ex-columns", format_func=lambda one: names.get(one, one),
            max_selections=MOST_COLUMNS,
            on_change=_on(c, "ex-columns", lambda chosen: {"columns": tuple(chosen or ())}),
        )  # fmt: skip
        st.session_state["ex-rows"] = str(c.rows)
        st.segmented_control(
            t("Rows a page"), list(PAGES), key="ex-rows",
            on_change=_on(c, "ex-rows", lambda chosen: {"rows": int(chosen or c.rows)}),
        )  # fmt: skip


# Files ---------------------------------------------------------------------------------------------


def files(ctx: Context, c: Choice, found: explorer.Found) -> None:
    """The selection as a file; made when a button is pressed, not before."""
    t = ctx.t
    box = st.popover(t("Download"), icon=":material/download:", key="ex-files", on_change="rerun",
                     disabled=not found.n["n"])  # fmt: skip
    if not box.open:
        return
    with box:
        n = found.n["n"] - found.held
        put(
            h(
                "div",
                h("p", h("b", t.n("{n} row in the file", "{n} rows in the file", n))),
                h("p", explorer.held_why(found, t), cls="small ink2") if found.held else None,
                h("p", t("Every file carries the limits, the day, the build, the licences and how to cite it. Names of"
                         " columns and values are ids, the same in every language."), cls="small muted"),
                cls="dlg",
            )
        )  # fmt: skip
        at = where(ctx)
        name = of_rows(c.table, {**query(c), **ctx.shared_query()}, ctx.build_id)
        with st.container(horizontal=True, gap="small", key="ex-file-buttons"):
            labels: dict[explorer_file.Format, str] = {
                "csv": t("CSV"), "xlsx": t("Excel"), "parquet": t("Parquet"), "json": t("JSON"),
            }  # fmt: skip
            for form, label in labels.items():
                st.download_button(
                    label, partial(explorer_file.make, ctx.db, c, found.ask, at, form),
                    f"{name}.{form}", explorer_file.MIME[form],
                    key=f"ex-file-{form}", on_click="ignore", disabled=not n, icon=":material/download:",
                )  # fmt: skip


def where(ctx: Context) -> explorer_file.Where:
    """What a file made now says of this view."""
    return explorer_file.Where(
        address=page_address(ctx),
        filters=tuple(sorted(ctx.permalink_query().items())),
        build_id=ctx.build_id,
        data_date=ctx.data_date,
        as_of=ctx.as_of,
        made_on=dt.date.today(),
    )


def cite(ctx: Context, c: Choice) -> None:
    """The selection as text, BibTeX and RIS, and its lasting link."""
    t = ctx.t
    box = st.popover(t("Share and cite"), icon=":material/link:", key="ex-cite", on_change="rerun")
    if not box.open:
        return
    cited = explorer_file.cite(c, where(ctx))
    forms = (
        (t("Citation"), citation.plain(cited, t)),
        ("BibTeX", citation.bibtex(cited)),
        ("RIS", citation.ris(cited)),
    )

    def copy(label: str, text: str) -> Any:
        button = h(
            "button", icon("content_copy"), t("Copy"), cls="act", type="button", data_copy=True
        )
        return h("div", h("p", h("b", label)), h("pre", text), button, data_copy_scope=True)

    with box:
        link = h("button", icon("link"), t("Copy link"), cls="btn", type="button", data_act="link")
        put(
            h("div", h("p", link), *(copy(label, text) for label, text in forms), cls="dlg ex-cite")
        )


__all__ = [
    "MISSING",
    "choice",
    "cite",
    "columns",
    "everywhere",
    "files",
    "forms",
    "limits",
    "search",
    "selection",
    "what",
]
