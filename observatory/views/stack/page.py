"""The sovereign stack: every economy on every layer, graded by what is on file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from observatory.analysis.stack import STATES
from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join, swatch
from observatory.cards.states import Gap, banner
from observatory.charts.room import room
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS
from observatory.views import common, links
from observatory.views.stack import words
from observatory.views.stack.data import EVERYONE, LAYERS, Stack, cell_id, counts, read
from observatory.views.stack.rests import WAYS, read_way

ANCHOR: Final = "cell"


def members_of(economies: Sequence[str], comparators: bool) -> tuple[str, ...]:
    """Economies of the matrix: those chosen, and the comparators where they are switched on."""
    more = COMPARATORS if comparators else ()
    return tuple(dict.fromkeys(code for code in (*economies, *more) if code in EVERYONE))


def choice(
    extra: dict[str, str],
) -> tuple[tuple[str, str] | None, tuple[str, str] | None, tuple[tuple[str, str], ...]]:
    """The cell and the supply that a link opens, and (parameter, value) pairs that make no sense."""
    cell, bad_cell = read(extra.get("cell", ""))
    way, bad_way = read_way(extra.get("rests", ""))
    bad = [(name, extra[name]) for name, wrong in (("cell", bad_cell), ("rests", bad_way)) if wrong]
    if extra.get("comparators", "1") != "1":
        bad.append(("comparators", extra["comparators"]))
    return cell, way, tuple(bad)


def notes(bad: Sequence[tuple[str, str]], t: Translator) -> Safe | None:
    """A line above the page for each choice that could not be used."""
    said = []
    for name, value in bad:
        if name == "cell":
            lead = t("“{value}” is no cell of the matrix.", value=value)
            rest = t("A cell is an economy and a layer, such as KOR-chips.")
        elif name == "rests":
            lead = t("“{value}” is nothing that a layer rests on.", value=value)
            rest = t("Such a choice is an economy and one of {ways}.", ways=", ".join(WAYS))
        else:
            lead = t("“{value}” does not switch the comparators on.", value=value)
            rest = t("Showing the economies chosen.")
        said.append(banner("link", lead, rest, warn=True))
    return join(said) if said else None


def title(stack: Stack, members: Sequence[str]) -> str:
    """Which economy reaches the highest grade in most layers."""
    t = stack.data.t
    high = {e: sum(stack.state(e, layer) == "high" for layer in LAYERS) for e in members}
    most = max(high.values(), default=0)
    if not most:
        return t("Sovereign stack")
    first = [economy for economy in members if high[economy] == most]
    of = t.number(len(LAYERS))
    if len(first) > 3:
        return t.n("{n} economy grades high in {m} of {of} layers, none in more",
                   "{n} economies grade high in {m} of {of} layers, none in more", len(first),
                   m=t.number(most), of=of)  # fmt: skip
    who = t.list([stack.data.say(economy) for economy in first])
    if len(members) == 1:
        return t("{economies}: high in {n} of {of} layers", economies=who, n=t.number(most), of=of)
    if len(first) == 1:
        return t("The evidence grades {economies} high in {n} of {of} layers, nobody else in as many",
                 economies=who, n=t.number(most), of=of)  # fmt: skip
    return t("The evidence grades {economies} high in {n} of {of} layers each, nobody in more",
             economies=who, n=t.number(most), of=of)  # fmt: skip


def deck(stack: Stack, members: Sequence[str]) -> str:
    """What the matrix holds, and how much of it is empty."""
    t, found = stack.data.t, counts(stack, members)
    without = found["named"] + found["empty"]
    return t.sentences(
        [
            t("Six layers from chips to governance, graded low, medium or high by one published rule from {n}"
              " stated signs.", n=t.number(len(stack.signs))),
            t.n("{n} of {m} cells has no grade: nothing on file is not the same as low.",
                "{n} of {m} cells have no grade: nothing on file is not the same as low.",
                without, m=t.number(len(members) * len(LAYERS))),
        ]
    )  # fmt: skip


def address(cell: tuple[str, str] | None, way: tuple[str, str] | None, comparators: bool) -> str:
    """The page with another cell or supply opened."""
    given = {"cell": cell_id(*cell) if cell else "", "rests": cell_id(*way) if way else "",
             "comparators": "1" if comparators else ""}  # fmt: skip
    return links.link("/stack", **{name: value for name, value in given.items() if value})


def matrix_card(
    stack: Stack,
    members: Sequence[str],
    chosen: tuple[str, str] | None,
    way: tuple[str, str] | None,
    comparators: bool,
) -> Card:
    """Economies by layers; each cell a grade that opens its evidence."""
    t, data = stack.data.t, stack.data
    head = h(
        "tr",
        h("th", t("Economy"), scope="col"),
        *(
            h("th", words.layer(layer, t), scope="col", title=t.data(stack.meanings.get(layer, "")))
            for layer in LAYERS
        ),
    )
    lines, rows = [], []
    for economy in members:
        cells = []
        for layer in LAYERS:
            cells.append(_cell(stack, economy, layer, chosen, way, comparators))
            rows += _parts(stack, economy, layer)
        name = h(
            "a",
            swatch(economy),
            h("span", data.name(economy)),
            href=links.economy(economy),
            data_go=True,
        )
        lines.append(h("tr", h("th", name, scope="row"), *cells))
    caption = t("Grade of each layer of each economy, and how many of its signs have a value")
    body = h(
        "div",
        h("table", h("caption", caption, cls="sr"), h("thead", head), h("tbody", join(lines)), cls="tb sk"),
        cls="tbwrap", tabindex="0", role="region", aria_label=caption, data_slide="dense",
    )  # fmt: skip
    frame = pd.DataFrame(rows)
    sourced = frame[frame["row_id"] != ""]
    found = counts(stack, members)
    key = h(
        "p",
        *(
            h("span", words.pips(one), h("b", words.grade(one, t)), t.number(found[one]), cls=f"is-{one}")
            for one in STATES
        ),
        cls="sk-key",
    )  # fmt: skip
    turned = address(chosen, way, not comparators)
    switch = t("Without the comparators") if comparators else t("With the comparators")
    columns = (
        Column("economy", t("Economy"), strong=True),
        Column("layer", t("Layer")),
        Column("grade", t("Grade")),
        Column("sign", t("Sign")),
        Column("shown", t("Value"), "right", row_id="row_id", sort="value"),
        Column("period", t("Period"), show=lambda v, r: t.period(str(v)) if v else ""),
        Column("level", t("Level")),
    )
    return Card(
        id="stack",
        title=t("{n} of {m} cells rest on evidence that can be graded",
                n=t.number(found["high"] + found["medium"] + found["low"]),
                m=t.number(len(members) * len(LAYERS))),
        subtitle=t("Grade by economy and layer, with the number of signs that have a value") if room() else
        t("Grade by economy and layer, with the number of signs that have a value; press a cell for evidence"),
        body=body,
        after=h("div", key, h("a", switch, href=turned, data_go=True, cls="btn"), cls="sk-foot"),
        alt=caption,
        table=CardTable(frame, columns),
        sources=common.sources_of(data, sourced) if len(sourced) else (),
        statuses=common.statuses_of(sourced) if len(sourced) else (),
        caveat=t("A grade says how far the evidence on file goes, not how sovereign an economy is."),
        method=rule_in_words(t),
        actions=("table", "method", "download", "link"),
        level=2,
    )  # fmt: skip


def _cell(
    stack: Stack,
    economy: str,
    layer: str,
    chosen: tuple[str, str] | None,
    way: tuple[str, str] | None,
    comparators: bool,
) -> Safe:
    t = stack.data.t
    state, have = stack.state(economy, layer), len(stack.levels(economy, layer))
    of = len(stack.of_layer(layer))
    word = words.grade(state, t)
    share = t("{n} of {m} signs", n=t.number(have), m=t.number(of))
    link = h(
        "a", words.pips(state), h("span", word, cls="sk-w"),
        h("span", t("{n} of {m}", n=t.number(have), m=t.number(of)), cls="sk-n") if have else None,
        href=f"{address((economy, layer), way, comparators)}#{ANCHOR}", data_go=True,
        aria_label=t.parts([stack.data.name(economy), words.layer(layer, t), word, share]),
        aria_current="true" if chosen == (economy, layer) else None,
    )  # fmt: skip
    return h("td", link, cls=f"sk-c is-{state}", data_l=words.layer(layer, t))


def _parts(stack: Stack, economy: str, layer: str) -> list[dict[str, Any]]:
    """Rows of the table: every sign of a cell with the row its value rests on."""
    t = stack.data.t
    base = {"economy": stack.data.name(economy), "layer": words.layer(layer, t),
            "grade": words.grade(stack.state(economy, layer), t)}  # fmt: skip
    rows = []
    for sign in stack.of_layer(layer):
        value = stack.values.get((economy, sign.id))
        first = value.rows[0] if value else {}
        missing = "" if value else words.hole(stack.missing(economy, sign), sign, t)
        rows.append(
            {
                **base,
                "sign": words.sign_name(sign, t),
                "value": value.value if value else None,
                "shown": words.amount(sign, value.value, t) if value else missing,
                "period": value.period if value else "",
                "level": words.grade(value.level, t) if value else "",
                "row_id": str(first["row_id"]) if value and len(value.rows) == 1 else "",
                "source_id": first.get("source_id"),
                "status": first.get("status"),
                "known_on": first.get("known_on"),
            }
        )
    return rows


def rule_in_words(t: Translator) -> Safe:
    """The rule of the grades."""
    return join(
        [
            h("p", t("Each layer has stated signs. A sign has one value for an economy, or none; two published"
                     " steps make it low, medium or high.")),
            h("p", t("The grade of a cell is the lower median of its signs: of four, the second lowest. With one"
                     " sign only it is never high.")),
            h("p", t("Disputed and unchecked values, forecasts and part-years never count. A count of nothing is"
                     " no value. A cell without any sign is not graded where something is named on file, else"
                     " it says that nothing is on file. Neither is low.")),
            h("p", t("The rule, its steps and the reason for each step stand in the file data/stack.yml of the"
                     " project.")),
        ]
    )  # fmt: skip


def gaps(stack: Stack, members: Sequence[str]) -> list[Gap]:
    """What the page does not know."""
    t = stack.data.t
    empty = [
        t("{economy} ({layers})", economy=stack.data.name(economy), layers=t.list(
            [words.layer_in_sentence(layer, t) for layer in LAYERS if stack.state(economy, layer) == "empty"]))
        for economy in members
        if any(stack.state(economy, layer) == "empty" for layer in LAYERS)
    ]  # fmt: skip
    found = [
        Gap(
            t("How far lists reach"),
            t("counts follow what sources list: many listings of Hong Kong, AI clusters that hide their owners in"
              " China, voluntary entries to TOP500. A low count may be a thin list."),
        ),
        Gap(
            t("How chips are made today"),
            t("shares of the world by step of chip making are of 2019; nothing newer by economy is on file."),
        ),
        Gap(
            t("Whether a layer could stand alone"),
            t("no sign tests what would be left without imports; the second part of the page lists what sources"
              " name."),
        ),
    ]  # fmt: skip
    if empty:
        found.insert(0, Gap(t("Nothing on file"), t.list(empty)))
    return found
