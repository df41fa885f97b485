"""Shared work of pages: the catalogue of measures, and pieces of HTML that sessions share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from observatory.cards import states
from observatory.cards.card_model import Card
from observatory.cards.markup import Safe
from observatory.i18n import translator
from observatory.ui import errors
from observatory.ui.card import show, show_row
from observatory.ui.context import Context
from observatory.ui.html import put
from observatory.ui.shared import Shared
from observatory.views.measures import Catalogue

T = TypeVar("T")


_CATALOGUES: Final = Shared(16)
_PIECES: Final = Shared(2048)
"""All views of `benchmarks/views.py` in one language are 800 pieces; each takes 60 to 170 kB."""


def _filed(ctx: Context) -> tuple[object, ...]:
    """What the rows on file depend on: of the filters only the years and the reader's own picks."""
    return ctx.build_id, ctx.lang, ctx.as_of, ctx.filters.period, ctx.filters.pick


def catalogue(ctx: Context) -> Catalogue:
    """Measures, economies and headline series of the context's build, day and language."""
    f = ctx.filters
    found: Catalogue = _CATALOGUES.get(
        _filed(ctx), lambda: Catalogue(ctx.db, translator(ctx.lang), ctx.as_of, f.period, f.pick)
    )
    return found


def _piece(
    name: str, key: tuple[object, ...], args: tuple[object, ...], make: Callable[[], Any]
) -> Any:
    return _PIECES.get((name, key, args), make)


def piece(ctx: Context, name: str, make: Callable[[], T], *args: object) -> T:
    """What ``make`` returns, shared between sessions that look at the same thing.

    ``args`` are what it depends on besides build, language, theme and filters; do not change the result.
    """
    found: T = _piece(name, ctx.cache_key(), args, make)
    return found


def on_file(ctx: Context, name: str, make: Callable[[], T], *args: object) -> T:
    """`piece` of what does not depend on theme, economies and currency either: records, no HTML.

    ``make`` may use the build, the catalogue, the day and ``args``, and no link of the context.
    """
    found: T = _piece(name, _filed(ctx), args, make)
    return found


def draw(
    ctx: Context,
    name: str,
    make: Callable[[], Any],
    *args: object,
    widths: Sequence[float] | None = None,
) -> None:
    """Draw a piece: HTML, a card, or a row of cards (of these widths, where all are there).

    If it fails, the rest of the page stays.
    """
    try:
        found = piece(ctx, name, make, *args)
    except Exception as fault:  # noqa: BLE001 - one failing piece must not take the page down
        day = ctx.t.date(ctx.data_date) if ctx.data_date else ""
        put(states.error(errors.report(fault, f"piece {name}"), ctx.t, day))
        return
    if isinstance(found, Safe):
        put(found)
    elif isinstance(found, Card):
        show(found)
    elif found is not None:
        show_row(found, widths)
