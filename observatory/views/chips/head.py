"""The head of the chips page: what is on file, the finding in words, ready answers, the limits with counts."""

from __future__ import annotations

from collections import Counter
from typing import Final

from observatory.analysis import chips as an
from observatory.analysis.chips import Chip
from observatory.cards.markup import Safe, h, join, swatch
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import facets as facets_of
from observatory.views.chips.data import (
    AXES,
    SHIPS,
    Choice,
    Field,
    address,
    axis_short,
    fits,
    plain_name,
    state_of,
    state_word,
    with_unit,
)
from observatory.views.measures import Catalogue

FIRST: Final = "CHN"
"""The economy that the page speaks of until the reader chooses another."""


def deck(field: Field, t: Translator) -> str:
    """What is on file, in numbers."""
    chips = field.accelerators
    states = Counter(state_of(chip) for chip in chips)
    return t(
        "{n} accelerators on file: {shipping} ship, {announced} are announced, of {unknown} no source"
        " says whether they ship. None is called withdrawn. Figures are peaks without sparsity, as published.",
        n=t.number(len(chips)), shipping=t.number(states["shipping"]), announced=t.number(states["announced"]),
        unknown=t.number(states["unknown"]),
    )  # fmt: skip


def finding(field: Field, catalogue: Catalogue, c: Choice) -> str:
    """Whether an economy ships what matches the reference, as the page's title; empty without a reference."""
    t, measure = catalogue.t, AXES[c.y]
    reference = field.get(c.ref)
    if reference is None or reference.fine(measure) is None:
        return ""
    economy = c.origin or FIRST
    ships, _ = _matching(field, reference, economy, measure)
    said = {
        "economy": catalogue.say(economy), "ref": plain_name(reference), "measure": axis_short(c.y, t),
    }  # fmt: skip
    if not ships:
        return t(
            "No chip of {economy} is known both to ship and to match {ref} in {measure} ({level})",
            level=with_unit(c.y, reference.fine(measure) or 0.0, t), **said,
        )  # fmt: skip
    return t.n(
        "{n} shipping chip of {economy} matches {ref} in {measure}",
        "{n} shipping chips of {economy} match {ref} in {measure}",
        len(ships),
        **said,
    )


def _matching(
    field: Field, reference: Chip, economy: str, measure: str
) -> tuple[list[Chip], list[Chip]]:
    """Chips of an economy that match the reference in one measure: those that ship, those announced."""
    good = [c for c in an.matching(field.chips, reference, (measure,)) if c.economy == economy]
    return [c for c in good if c.status == "shipping"], [c for c in good if c.status == "announced"]


def answer(field: Field, catalogue: Catalogue, economy: str, ref: str, axis: str) -> str:
    """What stands behind the finding: which chips match, else the best that ships, and what is announced."""
    t, reference, measure = catalogue.t, field.get(ref), AXES[axis]
    if reference is None or reference.fine(measure) is None:
        return ""
    mark = reference.fine(measure) or 0.0
    ships, waits = _matching(field, reference, economy, measure)
    own = [c for c in field.accelerators if c.economy == economy and c.id != ref]
    own = [c for c in own if c.status == "shipping" and c.fine(measure) is not None]
    parts: list[str] = []
    if ships:
        names = t.list([plain_name(chip) for chip in ships])
        if ships[5:]:
            more = t.n("and {n} other", "and {n} others", len(ships) - 4)
            names = f"{t.parts([plain_name(chip) for chip in ships[:4]])} {more}"
        parts.append(t("Shipping: {names}.", names=names))
    elif own:
        best = sorted(own, key=lambda chip: chip.fine(measure) or 0.0,
                      reverse=measure not in an.SMALLER)[0]  # fmt: skip
        value = best.fine(measure) or 0.0
        parts.append(
            t("The best that ships, {name}, has {value}: {share} of it.", name=best.name,
              value=with_unit(axis, value, t), share=t.percent(100 * value / mark, 0))
        )  # fmt: skip
    if waits:
        parts.append(
            t("Announced: {names}.", names=t.list([
                t("{name} {value}", name=plain_name(c), value=with_unit(axis, c.fine(measure) or 0.0, t))
                for c in sorted(waits, key=lambda one: (one.end is None, one.end, one.id))[:4]]))
        )  # fmt: skip
    doubted = [
        c for c in field.accelerators if c.economy == economy and _beyond(c, reference, measure)
    ]
    if doubted:
        parts.append(
            t("Left out for doubtful values: {names}.", names=t.list([plain_name(c) for c in doubted[:4]]))
        )  # fmt: skip
    return ("" if t.lang in ("zh-Hans", "zh-Hant", "ja") else " ").join(parts)


def _beyond(chip: Chip, reference: Chip, measure: str) -> bool:
    """Whether a chip would match by a value that is not compared."""
    value, mark = chip.values.get(measure), reference.fine(measure)
    return (
        value is not None and mark is not None and not value.fine
        and an.matches(value.value, mark, measure)
    )  # fmt: skip


def lead(catalogue: Catalogue, field: Field, c: Choice) -> Safe | None:
    """What stands behind the finding, above the picture, and links to its like for other economies."""
    said = answer(field, catalogue, c.origin or FIRST, c.ref, c.y)
    links_to = presets(field, catalogue, c)
    if not said and links_to is None:
        return None
    return join([h("p", said, cls="ch-answer") if said else None, links_to])


def presets(field: Field, catalogue: Catalogue, c: Choice) -> Safe | None:
    """Ready answers: one link an economy of the region that makes accelerators, set to what ships and matches."""
    t = catalogue.t
    reference = field.get(c.ref)
    if reference is None:
        return None
    makers = [e for e in SCOPE if any(chip.economy == e for chip in field.accelerators)]
    found = []
    for code in makers[:5]:
        to = address(c, origin=code, state="shipping", match=True, id="")
        label = t(
            "Which chips of {economy} ship and match {ref}?",
            economy=catalogue.name(code),
            ref=plain_name(reference),
        )
        on = c.origin == code and c.state == "shipping" and c.match
        found.append(facets_of.link(swatch(code), label, href=to, on=on))
    return h("div", *found, cls="ch-presets") if found else None


def facets(field: Field, catalogue: Catalogue, c: Choice) -> Safe:
    """Whose chips, in which state, and only those that match the reference; each with its count."""
    t = catalogue.t
    lines = []
    chips = field.accelerators
    by_economy = Counter(chip.economy for chip in fits(chips, c, field, but="from"))
    order = [code for code in (*SCOPE, *COMPARATORS) if by_economy[code] or code == c.origin]
    lines.append((t("Economy of the maker"), [
        (catalogue.name(code), by_economy[code], code == c.origin,
         address(c, origin="" if code == c.origin else code, id="")) for code in order]))  # fmt: skip
    by_state = Counter(state_of(chip) for chip in fits(chips, c, field, but="state"))
    lines.append((t("State"), [
        (state_word(word, t), by_state[word], word == c.state,
         address(c, state="" if word == c.state else word, id="")) for word in SHIPS
        if by_state[word] or word == c.state]))  # fmt: skip
    reference = field.get(c.ref)
    if reference is not None:
        measures = [AXES[axis] for axis in (c.y, c.x) if axis != "date"]
        found = len(fits(an.matching(chips, reference, measures), c, field, but="match"))
        said = t("matches or exceeds {ref}", ref=reference.name)
        lines.append(
            (
                t("Against the reference"),
                [(said, found, c.match, address(c, match=not c.match, id=""))],
            )
        )
    return facets_of.block(
        ((label, facets_of.entries(found, t)) for label, found in lines), "mo-facets ch-facets"
    )
