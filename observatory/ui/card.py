"""Drawing chart cards, and sharing built cards between sessions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, Final, NamedTuple, ParamSpec, cast

import streamlit as st

from observatory.cards import states
from observatory.cards.card_model import Action, Card
from observatory.cards.markup import Child, Safe, external, h, icon, join, status_word, svg, text
from observatory.cards.words import status_label
from observatory.charts.text import is_wide
from observatory.i18n import Translator
from observatory.ui import errors, flow, sink
from observatory.ui.context import Context, context
from observatory.ui.html import put
from observatory.ui.shared import Shared

P = ParamSpec("P")
_CARDS: Final = "obs.cards"
_ERROR: Final = "error:"
WIDE: Final = frozenset({"ja", "ko", "zh-Hans", "zh-Hant"})
"""Languages whose every sentence has a wide sign."""
FIGURES: Final = "obs.figures"
"""Set once a reader has come near a figure of this visit: the browser has its script then."""


def failed(card: Card) -> bool:
    """Whether this is the card that stands in for one that could not be built."""
    return card.title.startswith(_ERROR)


PLOTLY_CONFIG: Final = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def registry() -> dict[str, Card]:
    """The cards of the page on screen, by id: references only, the cards are shared."""
    return cast("dict[str, Card]", st.session_state.setdefault(_CARDS, {}))


def clear_registry() -> None:
    """Forget the last page's cards. Called by the shell before a page runs."""
    st.session_state[_CARDS] = {}


_CARDS_KEPT: Final = Shared(2048)


def _shared(
    name: str,
    key: tuple[object, ...],
    args: tuple[object, ...],
    kwargs: tuple[tuple[str, object], ...],
    make: Callable[[], Card],
) -> Card:
    found: Card = _CARDS_KEPT.get((name, key, args, kwargs), make)
    return found


def cached_card(
    build: Callable[Concatenate[Context, P], Card],
) -> Callable[Concatenate[Context, P], Card]:
    """Share a card between sessions that look at the same thing.

    The decorated function takes the context first, then hashable arguments, and draws nothing.
    The key is its name, the build, language, theme, filters and arguments. If it fails, the
    reader gets the error card and nothing is kept.
    """
    name = f"{build.__module__}.{build.__qualname__}"

    @wraps(build)
    def wrapper(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> Card:
        try:
            return _shared(
                name,
                ctx.cache_key(),
                args,
                tuple(sorted(kwargs.items())),
                lambda: build(ctx, *args, **kwargs),
            )
        except Exception as exc:  # noqa: BLE001 - a card never takes its page down
            return Card(id=build.__name__.replace("_", "-"),
                        title=_ERROR + errors.report(exc, name))  # fmt: skip

    return wrapper


ACTION_ICONS: Final[dict[Action, str]] = {
    "receipt": "receipt_long",
    "table": "table_rows",
    "method": "info",
    "download": "download",
    "link": "link",
    "story": "bookmark",
}


def action_label(action: Action, t: Translator) -> str:
    """The word beside the action's icon."""
    match action:
        case "receipt":
            return t("Receipt")
        case "table":
            return t("Table")
        case "method":
            return t("Method")
        case "download":
            return t("Download")
        case "link":
            return t("Link")
        case "story":
            return t("Add to story")


def _actions(card: Card, t: Translator) -> Safe | None:
    offered: list[Action] = []
    wanted = tuple(card.actions)
    if wanted and "story" not in wanted:
        # Any chart or table can stand in a story; cards without actions are no charts.
        wanted = (*wanted[:3], "story", *wanted[3:])
    for action in wanted:
        if action == "receipt" and not (card.receipt or (card.table and card.table.has_row_ids)):
            continue
        if action in {"table", "download"} and card.table is None:
            continue
        if action == "method" and not card.method:
            continue
        if action == "story" and card.body is None and card.table is None:
            continue
        offered.append(action)
    if not offered:
        return None

    def button(action: Action, cls: str = "act") -> Safe:
        return h(
            "button", icon(ACTION_ICONS[action]), action_label(action, t), cls=cls,
            type="button", data_act=action, data_card=card.id,
        )  # fmt: skip

    shown, rest = offered[:4], offered[4:]
    more = None
    if rest:
        # In a narrow card the actions after the fourth wait in a menu.
        more = h(
            "details",
            h("summary", icon("more_horiz", t("More actions"))),
            h("div", *(button(a, "") for a in rest), cls="obs-drop"),
            cls="more obs-menu",
        )
    group = h(
        "div", *(button(a) for a in shown), *(button(a, "act rest") for a in rest), more,
        cls="acts", role="group", aria_label=t("Actions for this chart"),
    )  # fmt: skip
    return h("div", group, cls="acts-box")


def foot(card: Card, t: Translator) -> Safe | None:
    """Source, date, status words, one caveat."""
    parts: list[Child] = []
    if card.sources:
        names: dict[str, str | None] = {}
        for source in card.sources:
            names.setdefault(source.name, source.url)
        shown = list(names.items())[:3]
        linked = [h("b", external(name, url, cls="quiet")) for name, url in shown]
        more = len(names) - len(shown)
        parts.append(join(linked, "; "))
        if more > 0:
            parts.append(t.n("and {n} more source", "and {n} more sources", more))
    if card.vintage:
        parts = (
            [join(parts, " ") + text(t.comma) + h("span", card.vintage)]
            if parts
            else [card.vintage]
        )
    line: list[Child] = []
    if parts:
        line.append(join([*parts], " ") + text(t.stop))
    many = len(card.statuses) > 1
    for status, count in list(card.statuses)[:3]:
        line.append(status_word(status, status_label(status, t)))
        if many:
            line.append(t.number(count))
    if card.caveat:
        if many:
            # So that a count does not read as one of what the caveat begins with.
            line.append("·")
        line.append(_in_its_language(card.caveat, t))
    return h("p", join(line, " "), cls="foot") if line else None


def _in_its_language(words: str, t: Translator) -> Child:
    """Words of the data that no catalogue has are English, and say so to what reads them aloud."""
    foreign = t.lang in WIDE and not any(is_wide(char) for char in words)
    return h("span", words, lang="en") if foreign else words


def _head(card: Card) -> Safe:
    lines = card.title_lines
    return join(
        [
            h(
                f"h{card.level}",
                card.title,
                style=f"min-height:calc({lines} * (24px + var(--cjk)))" if lines else None,
            ),
            h("p", _subtitle(card), cls="sub") if card.subtitle else None,
        ]
    )


def _subtitle(card: Card) -> Child:
    if not card.href:
        return card.subtitle
    return h("a", card.subtitle, href=card.href, data_go=True, cls="quiet")


def show(card: Card | None) -> None:
    """Draw a card in the current container; None draws nothing."""
    piece = None if card is None else _piece_of(card, context())
    if isinstance(piece, Safe):
        flow.send(piece)
    elif piece is not None and not flow.keep(piece):
        piece()


def _piece_of(card: Card, ctx: Context) -> flow.Piece | None:
    """The card as HTML, or as what draws it where it holds a figure; None where it is collected."""
    if failed(card):
        return None if sink.keep_card(card) else _error(card.title.removeprefix(_ERROR), ctx)
    registry()[card.id] = card
    if sink.keep_card(card):
        return None
    try:
        made = _finished(card, ctx.t)
    except Exception as exc:  # noqa: BLE001 - a card never takes its page down
        return _error(errors.report(exc, f"card {card.id}"), ctx)
    if isinstance(made, Safe):
        return made
    if made.still is not None and not st.session_state.get(FIGURES):
        return made.still

    def draw() -> None:
        with st.container(key=f"card-{card.id}", gap=None):
            put(made.head)
            try:
                _figure(card, made.plain)
            except Exception as exc:  # noqa: BLE001 - a card never takes its page down
                put(_error(errors.report(exc, f"card {card.id}"), ctx))
            put(made.foot)

    return draw


def _error(error_id: str, ctx: Context) -> Safe:
    day = ctx.t.date(ctx.data_date) if ctx.data_date else ""
    return states.error(error_id, ctx.t, day)


class _WithFigure(NamedTuple):
    """What is finished of a card with a figure: above it, below it, and the figure as it is sent."""

    head: Safe
    foot: Safe
    plain: Any
    still: Safe | None = None
    """The whole card with a picture of the figure."""


# Finished cards by identity. The card is kept beside, so that its id stands for no other card.
_FINISHED: Final = Shared(2048)


def _finished(card: Card, t: Translator) -> Safe | _WithFigure:
    found: tuple[Card, Safe | _WithFigure] = _FINISHED.get(
        (id(card), t.lang), lambda: (card, _html(card, t))
    )
    return found[1]


def _html(card: Card, t: Translator) -> Safe | _WithFigure:
    # The name that Streamlit gives a container with this key, as around a figure.
    key = f"st-key-card-{card.id}"
    if card.empty is not None:
        subtitle = card.subtitle or card.title
        return h("div", states.empty(card.empty, subtitle, t, title=card.empty.title), cls=key)
    tail = [card.after, foot(card, t), _actions(card, t)]
    if card.is_figure:
        from observatory.charts.ready import ready

        head = h("section", _head(card), cls="card", aria_label=card.title)
        made = _still(card, t) if card.still else None
        whole = [_head(card), made, *tail]
        still = made and h("div", h("section", *whole, cls="card", aria_label=card.title), cls=key)
        return _WithFigure(head, h("div", *tail, cls="cardfoot"), ready(card.body), still)
    body: Safe | None = None
    if isinstance(card.body, Safe):
        body = h("div", card.body, cls="plot")
    elif isinstance(card.body, str):
        body = h("div", svg(card.body), cls="plot")
    alt = h("p", card.alt, cls="sr") if card.alt and card.is_svg else None
    section = h("section", _head(card), body, alt, *tail, cls="card", aria_label=card.title)
    return h("div", section, cls=key)


def _still(card: Card, t: Translator) -> Safe | None:
    """A picture of the card's figure; the desk's script says when a reader comes near."""
    from observatory.charts.figure_svg import Undrawable, figure_svg

    try:
        made = figure_svg(card.body, card.still or 0, name=card.alt or card.title, lang=t.html_lang)
    except Undrawable:
        return None
    return h("div", svg(made), cls="plot", data_figure=True)


def _figure(card: Card, plain: Any) -> None:
    st.plotly_chart(
        plain,
        key=f"fig-{card.id}",
        height=card.height or "content",
        theme=None,
        config={**PLOTLY_CONFIG, **card.config},
        alt=card.alt or card.title,
    )


def show_row(cards: Sequence[Card | None], widths: Sequence[float] | None = None) -> None:
    """Cards side by side; one under the other on a phone."""
    kept = [card for card in cards if card is not None]
    if not kept:
        return
    ctx = context()
    made = [_piece_of(card, ctx) for card in kept]
    if pieces := [piece for piece in made if piece is not None]:
        flow.row(pieces, widths if widths and len(widths) == len(pieces) else None)


def placeholder(height: int = 260, waiting: str = "") -> None:
    """The loading state where a card will be."""
    put(states.skeleton(height, context().t, waiting))
