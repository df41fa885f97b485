"""Empty, loading, error, stale, bad link, too thin: as reusable pieces of HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from observatory.cards.card_model import EmptyState
from observatory.cards.filters import Note
from observatory.cards.markup import Child, Safe, h, icon, join
from observatory.i18n import Translator

Empty = EmptyState


@dataclass(frozen=True, slots=True)
class Gap:
    """One line of "What this page does not know": bold lead, then the sentence."""

    lead: str
    text: Child


def empty_body(state: EmptyState, t: Translator) -> Safe:
    """The middle of an empty card: why nothing is shown, what exists, one way on."""
    button = None
    if state.action_label and state.action_href:
        button = h("a", state.action_label, cls="btn", href=state.action_href, data_go=True)
    return h(
        "div",
        h("p", state.reason or t("Nothing in the data fits this filter.")),
        h("p", state.exists) if state.exists else None,
        button,
        cls="what",
    )


def empty(state: EmptyState, subtitle: str, t: Translator, title: str = "") -> Safe:
    """An empty card: the title's place stays, the subtitle keeps saying what was asked."""
    head = title or state.title or t("No values for this filter")
    return h(
        "div",
        h("h3", head),
        h("p", subtitle, cls="sub") if subtitle != head else None,
        empty_body(state, t),
        cls="card is-empty",
    )


def too_thin(have: int, base: int, subtitle: str, card_id: str, t: Translator) -> Safe:
    """Fewer values than a ranking needs: the values are in the table."""
    return h(
        "div",
        h("h3", t("Too few values to rank")),
        h("p", subtitle, cls="sub"),
        h(
            "div",
            h(
                "p",
                t(
                    "Only {have} of {base} economies have a value. Ranks start at 5; the values"
                    " are in the table.",
                    have=have,
                    base=base,
                ),
                " ",
                h("button", t("Open the table"), cls="num", type="button", data_act="table",
                  data_card=card_id),
            ),
            cls="what",
        ),
        cls="card is-empty",
    )  # fmt: skip


def skeleton(height: int, t: Translator, waiting: str = "") -> Safe:
    """The loading state in the final card's geometry; `waiting` appears after two seconds."""
    return h(
        "div",
        h("div", cls="skel", style="width:78%;height:20px"),
        h("div", cls="skel", style="width:52%;height:13px;margin-top:10px"),
        h(
            "div",
            h("span", waiting or t("Still computing"), cls="wait"),
            cls="skel plot",
            style=f"height:{height}px",
        ),
        h("div", cls="skel", style="width:40%;height:11px;margin-top:12px"),
        cls="card",
        aria_busy="true",
        role="status",
        aria_label=t("Loading"),
    )


def error(error_id: str, t: Translator, data_day: str = "", *, page: bool = False) -> Safe:
    """What failed, what still works, what to do, an id to quote. Never a stack trace."""
    title = t("This page could not be drawn") if page else t("This chart could not be drawn")
    works = (
        t("The other pages still work.") if page else t("The rest of the page is complete.")
    )  # fmt: skip
    if data_day:
        line = t("Error id {id}, build of {day}", id=error_id, day=data_day)
    else:
        line = t("Error id {id}", id=error_id)
    return h(
        "div",
        h("h3", icon("cloud_off"), title),
        h("p", works, cls="sub"),
        h(
            "div",
            h("p", t("Try again; if it stays, send us the id below.")),
            h(
                "div",
                h("button", icon("restart_alt"), t("Try again"), cls="btn primary",
                  type="button", data_act="reload"),
                h("button", icon("content_copy"), t("Copy the id"), cls="btn", type="button",
                  data_copy=error_id),
                cls="row-btns",
            ),
            h("p", line, cls="small muted"),
            cls="what",
        ),
        cls="card is-error",
        role="alert",
    )  # fmt: skip


def banner(icon_name: str, lead: Child, rest: Child = None, *, warn: bool = False) -> Safe:
    """One quiet strip above the page."""
    return h(
        "div",
        icon(icon_name),
        h("div", h("b", lead), " ", rest),
        cls="obs-banner warn" if warn else "obs-banner",
        role="status",
    )


def stale(data_day: str, t: Translator, reason: str = "") -> Safe:
    """The newest build is damaged or failed: the last good one is shown."""
    lead = t("Data of {day}.", day=data_day)
    rest: list[Child] = [t("The newer build failed its checks, so the last good one is shown.")]
    if reason:
        rest.append(h("details", h("summary", t("See what failed")), h("p", reason, cls="small")))
    return banner("schedule", lead, join(rest, " "))


def no_choices(bad: Sequence[tuple[str, str]], t: Translator) -> Safe | None:
    """A line above the page for each of its own choices, (name, value), that could not be used."""
    said = [
        banner("link", t("“{value}” is no choice of this page.", value=value),
               t("It was left out."), warn=True)
        for _, value in bad
    ]  # fmt: skip
    return join(said) if said else None


def bad_link(note: Note, t: Translator, names: dict[str, str], way_out: str) -> Safe:
    """A value in the URL that could not be used. `names` maps economy ids to names."""
    lead, rest = note_text(note, t, names)
    choose = h("a", t("Choose another"), href=way_out, data_go=True) if way_out else None
    return banner("link", lead, join([rest or None, choose], " "), warn=True)


def note_text(note: Note, t: Translator, names: dict[str, str]) -> tuple[str, str]:
    """The two sentences of a note: what was wrong, what is shown instead."""
    value = note.value
    shown = names.get(note.shown or "", note.shown or "")
    instead = t("Showing {name} instead.", name=shown) if shown else ""
    match note.kind:
        case "economy":
            return t("“{value}” is no economy we know.", value=value), instead
        case "economies" if note.shown:
            return (
                t("“{value}” names no economies we know.", value=value),
                t("Showing all 13 instead."),
            )
        case "economies":
            return t("“{value}” was left out: no economy we know.", value=value), ""
        case "org":
            return (
                t("“{value}” is no organisation we know.", value=value),
                t("The directory lists those we do."),
            )
        case "indicator":
            return t("“{value}” is no measure we know.", value=value), instead
        case "period":
            return (
                t("“{value}” is no period.", value=value),
                t("Write it as 2019..2026. Showing every year."),
            )
        case "currency":
            return (
                t("“{value}” is no currency setting.", value=value),
                t("Showing original currencies."),
            )
        case "lang":
            return t("The language “{value}” is not available.", value=value), ""
        case "as_of":
            return (
                t("“{value}” is no date.", value=value),
                t("Write it as 2026-03-01. Showing everything known today."),
            )
        case "pick":
            return t("“{value}” names values that cannot be chosen.", value=value), ""
        case "build":
            return (
                t("The build “{value}” is no longer kept.", value=value),
                t("Showing the current data."),
            )
        case "receipt":
            return t("No number has the id “{value}”.", value=value), ""
        case _:
            return t("“{value}” in the link could not be used.", value=value), ""
