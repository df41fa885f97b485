"""The list of chips, and the card of one with all that its sources say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from observatory.analysis import chips as an
from observatory.analysis.chips import Chip, Value
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Safe, h, join, num, swatch
from observatory.cards.table import table
from observatory.cards.words import status_label
from observatory.charts.room import room
from observatory.i18n import Translator
from observatory.views import common, labels, links
from observatory.views.chips.data import (
    AXES,
    Choice,
    Field,
    address,
    doubt,
    exact,
    fits,
    state_of,
    state_word,
    with_unit,
)
from observatory.views.chips.page import rows_of
from observatory.views.economy.lists import company
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

Row = Mapping[str, Any]
SHOWN: Final = 20
NEAREST: Final = 5
_SHORT: Final = ("bandwidth", "memory", "fp16", "process", "power")


def _head(axis: str, t: Translator) -> str:
    match axis:
        case "bandwidth":
            return t("Bandwidth, GB/s")
        case "memory":
            return t("Memory, GB")
        case "fp16":
            return t("16-bit, TFLOP/s")
        case "process":
            return t("Process, nm")
        case _:
            return t("Power, W")


def _cell(value: Value | None, t: Translator) -> Safe | str:
    """A value with its receipt; a value that is not compared carries its reason."""
    if value is None:
        return h("span", t("not known"), cls="unk")
    shown = num(t.sig(value.value, 4), value.row_id)
    if not value.fine:
        return join([shown, h("span", doubt(value.state, t), cls="fr-p")])
    if value.format:
        return join([shown, h("span", labels.half_format(value.format, t), cls="fr-p")])
    return shown


def _entry(chip: Chip, catalogue: Catalogue) -> dict[str, Any]:
    lead = chip.rows[0]
    row: dict[str, Any] = {
        "chip": chip, "id": chip.id, "name": chip.name, "native": chip.native, "org_id": chip.org_id,
        "org_name": clean(lead["org_name"]), "org_native_name": lead["org_native_name"],
        "org_language": lead["org_language"], "economy_id": chip.economy, "kind": chip.kind,
        "economy": catalogue.name(chip.economy), "released": chip.released or None, "state": state_of(chip),
        "foundry": next((f for one in chip.rows if (f := clean(one["foundry"]))), ""),
        "status": chip.word, "row_id": chip.row_id, "date_row": chip.date_row,
        "source_id": clean(lead["source_id"]), "sources": len(chip.rows),
    }  # fmt: skip
    for axis in _SHORT:
        value = chip.values.get(AXES[axis])
        row[axis] = value.value if value is not None else None
        row[f"{axis}_row"] = value.row_id if value is not None else ""
    return row


def _columns(catalogue: Catalogue, c: Choice) -> tuple[Column, ...]:
    t = catalogue.t

    def name(value: Any, row: Row) -> Safe:
        parts = [h("a", row["name"], href=address(c, id=row["id"]), data_go=True, lang="en")]
        if row["native"]:
            parts.append(h("span", row["native"], cls="native"))
        if row["kind"] == "cpu":
            parts.append(h("span", t("processor, not compared"), cls="mo-mark"))
        if row["id"] == c.ref:
            parts.append(h("span", t("reference"), cls="mo-mark"))
        return join(parts)

    def maker(value: Any, row: Row) -> Safe:
        code = row["economy_id"]
        place = h("a", row["economy"], href=links.economy(code), data_go=True)
        return join([company(row, t, prefix="org_"), h("span", swatch(code), place, cls="mo-e")])

    def process(value: Any, row: Row) -> Safe:
        shown = _cell(row["chip"].values.get(AXES["process"]), t)
        foundry = (
            h("span", row["foundry"].replace(",", ", "), cls="fr-p", lang="en")
            if row["foundry"]
            else None
        )
        return join([shown, foundry])

    def measure(axis: str) -> Any:
        return lambda value, row: _cell(row["chip"].values.get(AXES[axis]), t)

    return (
        Column("name", t("Chip"), show=name, strong=True),
        Column("org_name", t("Maker"), show=maker, phone=False),
        Column("released", t("Released"), show=lambda v, row: num(t.period(clean(v)), row["date_row"]),
               phone=False),
        Column("state", t("State"), show=lambda v, row: state_word(str(v), t)),
        Column("bandwidth", _head("bandwidth", t), "right", measure("bandwidth")),
        Column("memory", _head("memory", t), "right", measure("memory"), phone=False),
        Column("fp16", _head("fp16", t), "right", measure("fp16"), phone=False),
        Column("process", _head("process", t), "right", process, phone=False),
        Column("power", _head("power", t), "right", measure("power"), phone=False),
    )  # fmt: skip


def list_card(catalogue: Catalogue, field: Field, c: Choice) -> Card:
    """Every chip of the choice; the heads sort it. Processors stand at the end."""
    t = catalogue.t
    axis = AXES[c.y]
    chips, near = fits(field.chips, c, field), False
    if c.match and not chips:
        # Nobody matches: the nearest below the mark answer better than an empty list.
        below = [
            one
            for one in fits(field.accelerators, c, field, but="match")
            if one.fine(axis) is not None
        ]
        below.sort(key=lambda one: (one.fine(axis) or 0.0) * (1 if axis in an.SMALLER else -1))
        chips, near = below[:NEAREST], True
    if not chips:
        return Card(
            id="list", title=t("No chip fits"),
            empty=EmptyState(
                reason=t("No chip of this choice is on file."),
                exists=t("{n} chips are on file in all.", n=t.number(len(field.chips))) if field.chips else "",
                action_label=t("All chips"), action_href="/chips", title=t("No chip fits"),
            ),
        )  # fmt: skip
    chips.sort(
        key=lambda one: (
            one.kind == "cpu",
            one.fine(axis) is None,
            -(one.fine(axis) or 0.0),
            one.name,
        )
    )
    others = sum(chip.kind == "cpu" for chip in chips)
    rows = [_entry(chip, catalogue) for chip in chips]
    columns = _columns(catalogue, c)
    caption = t("Chips on file")
    body = table(columns, rows[:SHOWN], caption=caption, unknown=t("not known"), cls="ch-list")
    if rows[SHOWN:]:
        more = t.n("{n} more chip", "{n} more chips", len(rows) - SHOWN)
        rest = table(columns, rows[SHOWN:], caption=caption, unknown=t("not known"), cls="ch-list")
        body = body + h("details", h("summary", more), rest, cls="co-more")
    plain = (
        Column("name", t("Chip"), strong=True, row_id="row_id"),
        Column("org_name", t("Maker")), Column("economy", t("Economy of the maker")),
        Column("released", t("Released")), Column("state", t("State")),
        *(Column(axis, _head(axis, t), "right", lambda v, row: exact(v, t), row_id=f"{axis}_row")
          for axis in _SHORT),
        Column("foundry", t("Foundry")),
        Column("status", t("Status"), show=lambda v, row: status_label(clean(v), t)),
    )  # fmt: skip
    frame = pd.DataFrame(rows).drop(columns=["chip"])
    behind = rows_of(chips)
    press = t("A press on a head sorts; a press on a number opens its receipt")
    told = t.n("{n} of them is a processor, listed last and not compared.",
               "{n} of them are processors, listed last and not compared.", others) if others else ""  # fmt: skip
    if room():
        press = ""
    return Card(
        id="list",
        title=t("No chip fits; these come nearest") if near else t.n("{n} chip fits", "{n} chips fit", len(rows)),
        subtitle=t.sentences([one for one in (told, press) if one]),
        body=body,
        table=CardTable(frame, plain),
        sources=common.sources_of(catalogue, behind),
        vintage=common.vintage_of(catalogue, behind),
        statuses=common.statuses_of(behind[behind["is_lead"]]),
        caveat=t("Epoch AI’s list is of December 2025; what came later rests on single reports."),
        actions=("receipt", "table", "download", "link"),
    )  # fmt: skip


# One chip ----------------------------------------------------------------------------------------


def detail_card(catalogue: Catalogue, field: Field, c: Choice) -> Card | None:
    """All that is on file of the chip that the address names, source by source."""
    t, chip = catalogue.t, field.get(c.id)
    if chip is None:
        return None
    reference = field.get(c.ref)
    facts: list[Safe] = []

    def fact(label: str, shown: Safe | str | None, more: str = "") -> None:
        body = shown if shown is not None else t("not known")
        note = h("small", more) if more else None
        facts.append(
            h("div", h("dt", label), h("dd", body, note, cls=None if shown is not None else "unk"))
        )

    entry = _entry(chip, catalogue)
    fact(t("Maker"), company(entry, t, prefix="org_"), catalogue.name(chip.economy))
    fact(t("Released"), num(t.period(chip.released), chip.date_row) if chip.released else None)
    fact(t("State"), state_word(state_of(chip), t))
    for axis in _SHORT:
        value = chip.values.get(AXES[axis])
        more = []
        if value is not None and value.format:
            more.append(labels.half_format(value.format, t))
        if value is not None and not value.fine:
            more.append(doubt(value.state, t))
        mark = (
            reference.fine(AXES[axis])
            if reference is not None and reference.id != chip.id
            else None
        )
        compared = value is not None and value.fine and axis in ("bandwidth", "memory", "fp16")
        if value is not None and compared and mark and reference is not None:
            share = t.percent(100 * value.value / mark, 0)
            more.append(t("{share} of {ref}", share=share, ref=reference.name))
        shown = num(with_unit(axis, value.value, t), value.row_id) if value is not None else None
        fact(_head(axis, t), shown, t.parts(more))
    notes = [
        h("p", clean(row["note"]), lang="en", cls="fr-note")
        for row in chip.rows
        if clean(row["note"])
    ]
    rows = [{str(k): v for k, v in row.items()} for row in chip.rows]
    keys = (
        ("memory_bandwidth_gbs", _head("bandwidth", t)), ("memory_gb", _head("memory", t)),
        ("fp16_tflops", _head("fp16", t)), ("int8_tops", t("INT8, TOP/s")), ("process_nm", _head("process", t)),
        ("tdp_w", _head("power", t)),
    )  # fmt: skip
    columns = (
        Column("origin", t("Said by"), show=lambda v, row: num(clean(v) or clean(row["source_id"]), row["row_id"]),
               strong=True, lang="en"),
        Column("released", t("Released"), show=lambda v, row: t.period(clean(v))),
        Column("chip_status", t("State"), show=lambda v, row: labels.chip_status(v, t)),
        *(Column(key, label, "right", lambda v, row: exact(v, t), row_id="row_id") for key, label in keys),
        Column("memory_type", t("Memory type"), lang="en", phone=False),
        Column("foundry", t("Foundry"), show=lambda v, row: clean(v).replace(",", ", "), lang="en", phone=False),
        Column("status", t("Status"), show=lambda v, row: status_label(clean(v), t), phone=False),
    )  # fmt: skip
    behind = rows_of([chip])
    back = h("a", t("Close"), href=address(c, id=""), data_go=True, cls="btn")
    said = t.n("{n} source speaks of it", "{n} sources speak of it", len(rows))
    native = h("p", chip.native, cls="native") if chip.native else None
    return Card(
        id="chip",
        title=chip.name,
        subtitle=said,
        body=join([
            native, h("dl", *facts, cls="mo-id ch-id"),
            table(columns, rows, caption=t("What each source says"), unknown=t("not stated"), cls="ch-said",
                  sort=False),
            *notes, h("p", back, cls="ch-back"),
        ]),
        table=CardTable(behind[["name", *(column.key for column in columns), "row_id", "source_id", "note"]], columns),
        **common.evidence(catalogue, behind),
        receipt=chip.row_id,
        caveat=t("Remarks stand as the researchers wrote them."),
    )  # fmt: skip


def known_references(chips: Sequence[Chip]) -> list[Chip]:
    """Chips that can stand as the reference: those with an undoubted bandwidth or throughput, by name."""
    good = [
        c
        for c in chips
        if c.kind == "accelerator" and (c.fine("memory_bandwidth_gbs") or c.fine("fp16_tflops"))
    ]
    return sorted(good, key=lambda chip: chip.name)
