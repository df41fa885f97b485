"""The calendar: title, choices, the file to take along, and what it cannot tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from observatory.cards.filters import Note, shorten
from observatory.cards.markup import Safe, h, href
from observatory.cards.states import Gap, bad_link
from observatory.cards.words import preset_label
from observatory.export.ics import to_ics
from observatory.i18n import Translator
from observatory.model.scope import PRESETS
from observatory.views.calendar.cards import ahead, passed, picture
from observatory.views.calendar.data import (
    KINDS,
    Agenda,
    Dated,
    entries,
    kind_label,
    load,
    title_of,
)
from observatory.views.ipo.bar import menu
from observatory.views.measures import Catalogue

__all__ = ["ahead", "bar", "deck", "file", "gaps", "load", "notes", "passed", "picture", "read",
           "title"]  # fmt: skip


def read(query: Mapping[str, str]) -> tuple[str, list[Note]]:
    """The kind that a query names, and a note if it is none. Never raises."""
    kind = query.get("kind", "")
    if not kind or kind in KINDS:
        return kind, []
    return "", [Note("extra", shorten(f"kind={kind}"))]


def notes(found: Sequence[Note], t: Translator) -> Safe | None:
    """What in the address could not be used."""
    return h("div", *(bad_link(note, t, {}, "") for note in found)) if found else None


def _next(agenda: Agenda) -> Dated | None:
    """The next date that a firm source names to the day or month."""
    firm = [item for item in agenda.coming if item.place == "ahead" and item.sure]
    return next((item for item in firm if item.precision in ("day", "month")), None)


def title(agenda: Agenda, t: Translator) -> str:
    """The next thing due; else how many dates there are."""
    item = _next(agenda)
    if item is not None:
        return t("Next, {date}: {title}", date=t.period(item.period), title=title_of(item, t)[0])
    many = len(agenda.coming)
    return t.n("{n} date ahead on file", "{n} dates ahead on file", many) if many else t("Calendar")


def deck(agenda: Agenda, t: Translator) -> str:
    """How many dates there are, how exact they are, how many passed in silence."""
    coming = agenda.coming
    if not coming:
        return t("No date ahead of {day} is on file for this choice.", day=t.date(agenda.today))
    exact = sum(item.precision == "day" for item in coming)
    parts = [
        t.n(
            "{n} date ahead on file up to {year}; {exact} to the day.",
            "{n} dates ahead on file up to {year}; {exact} to the day.",
            len(coming), year=max(item.end for item in coming).year, exact=t.number(exact) if exact else t("none"),
        )
    ]  # fmt: skip
    if agenda.silent:
        parts.append(
            t.n(
                "{n} planned date has passed without newer word.",
                "{n} planned dates have passed without newer word.",
                len(agenda.silent),
            )
        )
    return (" " if t.lang in ("en", "ko") else "").join(parts)


def bar(
    every: Agenda, kind: str, economies: Sequence[str], preset: str | None, t: Translator
) -> Safe:
    """Kinds as chips, economies as a menu."""
    near = every.pick("", economies)
    held = {item.kind for item in near.coming} | ({kind} if kind else set())
    chips = [(t("All kinds"), href("calendar"), not kind, len(near.coming))]
    for key in KINDS:
        if key in held:
            many = sum(item.kind == key for item in near.coming)
            chips.append((kind_label(key, t), href("calendar", kind=key), key == kind, many))
    options = [(preset_label(key, t), href("calendar", kind=kind or None, economies=key), key == preset)
               for key in PRESETS]  # fmt: skip
    name = (
        preset_label(preset, t) if preset else t.n("{n} economy", "{n} economies", len(economies))
    )
    return h(
        "div",
        h(
            "div",
            h(
                "div",
                *(
                    h("a", label, h("small", t.number(many)), href=to, data_go=True, cls="p-chip",
                      aria_current="true" if on else None)
                    for label, to, on, many in chips
                ),
                cls="p-chips", role="group", aria_label=t("Kind"),
            ),
            menu(t("Economies: {group}", group=name), options),
            cls="p-row",
        ),
        cls="p-bar",
    )  # fmt: skip


def file(catalogue: Catalogue, agenda: Agenda) -> bytes:
    """The calendar file of what is shown."""
    t = catalogue.t
    names = {code: catalogue.name(code) for code in catalogue.economies}
    found = entries(agenda.coming, agenda.sources, names, t)
    about = t(
        "Dated events ahead from the East Asia AI Observatory, as of {day}.",
        day=t.date(agenda.today),
    )
    return to_ics(found, t("East Asia AI Observatory"), about)


def gaps(agenda: Agenda, t: Translator) -> list[Gap]:
    """What the calendar cannot tell, counted."""
    items = agenda.coming
    if not items:
        return []
    vague = sum(item.precision not in ("day", "month") for item in items)
    weak = sum(not item.sure for item in items)
    found = [
        Gap(t("Vague dates"), t("{n} of {all} dates ahead name no month.", n=t.number(vague),
                                all=t.number(len(items)))),
        Gap(t("Only what is dated"), t("Plans without any date, and targets inside a text, are not in the calendar.")),
    ]  # fmt: skip
    if weak:
        found.append(
            Gap(
                t("Weak sources"),
                t("{n} dates rest on weak sources only and are marked.", n=t.number(weak)),
            )
        )
    if not any(item.kind == "listing" for item in items):
        found.append(Gap(t("Listings"), t("No source on file names a listing date still to come.")))
    return found
