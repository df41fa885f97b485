"""Models, chips, clusters and supercomputers of an organisation."""

from __future__ import annotations

from typing import Any, Final

from observatory.cards.card_model import Card, Column
from observatory.cards.markup import Safe, h, num
from observatory.i18n import Translator
from observatory.views import labels
from observatory.views.company.data import Company, Row, Surroundings
from observatory.views.company.parts import list_card, remark, status_cell, sure
from observatory.views.labels import clean

SHOWN: Final = 12


def _native(main: Any, native: str, lang: str) -> Safe:
    shown = h("span", clean(main))
    if native and native != clean(main):
        shown += Safe(" ") + h("span", native, cls="muted", lang=lang or None)
    return shown


def _named(row: Row, page: str, key: str, c: Company, s: Surroundings) -> Safe:
    """A thing's name with its native one; a link to its page if there is one."""
    language = clean(c.identity["native_language"])
    shown = _native(row["name"], clean(row["native_name"]), language)
    if page in s.pages:
        shown = h("a", shown, href=s.link(page, id=row[key]), data_go=True)
    return shown


def _licence(value: Any, row: Row) -> str:
    """The licence as on file; one source writes MIT like a word."""
    text = clean(value)
    return "MIT" if text == "Mit" else text


def _flag(value: Any, t: Translator) -> str:
    if value is None:
        return t("not known")
    return t("yes") if value else t("no")


def _number(row: Row, key: str, t: Translator) -> Safe:
    if row[key] is None:
        return h("span", t("not known"), cls="unk")
    return num(t.sig(row[key], 4), row["row_id"])


def _with(row: Row, key: str, more: str, t: Translator) -> Safe:
    """A number with a word on file below it, such as its foundry."""
    shown, word = _number(row, key, t), clean(row[more])
    return shown + h("span", word, cls="sub2") if word else shown


def _sized(row: Row, key: str, t: Translator) -> Safe:
    """A size of a cluster; what only another source on it states is printed with its receipt."""
    if row[key] is not None:
        return _number(row, key, t)
    other = next((one for one in row["others"] if one[key] is not None), None)
    if other is None:
        return _number(row, key, t)
    return num(t.sig(other[key], 4), other["row_id"]) + h("span", t("another source"), cls="sub2")


def newest_model(c: Company) -> dict[str, Any] | None:
    """The model with the latest stated release date that is not weakly sourced, or None."""
    dated = [row for row in sure(c.models) if row["released"] and row["period_end"] is not None]
    return max(dated, key=lambda row: row["period_end"]) if dated else None


def models_card(c: Company, s: Surroundings) -> Card:
    """All models, newest first, undated last."""
    t = s.t
    rows = c.models

    def size(value: Any, row: Row) -> Safe:
        if row["params_b"] is None:
            return h("span", t("not known"), cls="unk")
        shown = num(t("{n} bn", n=t.sig(row["params_b"], 3)), row["row_id"])
        if row["active_params_b"] is not None:
            active = t("{n} bn active", n=t.sig(row["active_params_b"], 3))
            shown += h("span", active, cls="sub2")
        return shown

    def released(value: Any, row: Row) -> Safe:
        if not row["released"]:
            return num(t("date not known"), row["row_id"])
        return num(t.period(clean(row["released"])), row["row_id"])

    def name(value: Any, row: Row) -> Safe:
        shown = _named(row, "model", "model_id", c, s)
        if row["notable_epoch"]:
            shown += h("span", t("on Epoch AI's list of notable models"), cls="sub2")
        return shown

    columns = (
        Column("name", t("Model"), show=name, strong=True),
        Column("co_released", t("Released"), show=released, sort="released"),
        Column("modality", t("Modality"), show=lambda value, row: labels.modality(value, t),
               phone=False),
        Column("co_size", t("Parameters"), "right", show=size, sort="params_b"),
        Column("co_open", t("Open weights"), show=lambda value, row: _flag(row["open_weights"], t),
               phone=False),
        Column("licence", t("Licence"), show=_licence, phone=False, lang="en"),
        Column("status", t("Status"), show=status_cell(t), phone=False),
    )  # fmt: skip
    plain = (
        Column("name", t("Model"), strong=True),
        Column("released", t("Released"), show=lambda value, row: t.period(clean(value)),
               row_id="row_id"),
        Column("modality", t("Modality"), show=lambda value, row: labels.modality(value, t)),
        Column("params_b", t("Parameters, billion"), "right"),
        Column("active_params_b", t("Active parameters, billion"), "right"),
        Column("open_weights", t("Open weights")),
        Column("licence", t("Licence"), show=_licence),
    )  # fmt: skip
    newest = newest_model(c)
    count = t.n("{n} model on file", "{n} models on file", len(rows))
    title = count
    if newest is not None:
        title = t("{count}; newest dated: {model}, {date}", count=count, model=newest["name"],
                  date=t.period(clean(newest["released"])))  # fmt: skip
    opened = sum(bool(row["open_weights"]) for row in rows)
    unknown = sum(row["open_weights"] is None for row in rows)
    undated = sum(not row["released"] for row in rows)
    parts = []
    if opened:
        parts.append(t.n("{n} with open weights", "{n} with open weights", opened))
    if unknown:
        parts.append(
            t.n(
                "{n} where it is not known whether weights are open",
                "{n} where it is not known whether weights are open",
                unknown,
            )
        )
    if undated:
        parts.append(t.n("{n} without a release date", "{n} without a release date", undated))
    return list_card(
        c,
        rows,
        columns,
        plain,
        t,
        key="models",
        title=title,
        subtitle=t("Newest first: {parts}.", parts=t.list(parts)) if parts else "",
        caption=t("Models"),
        first=SHOWN,
    )


def chips_card(c: Company, s: Surroundings) -> Card:
    """AI chips it designs."""
    t = s.t
    rows = c.chips

    def state(value: Any, row: Row) -> str:
        return labels.chip_status(value, t)

    columns = (
        Column("name", t("Chip"), strong=True,
               show=lambda value, row: _named(row, "chips", "chip_id", c, s)),
        Column("released", t("Released"), show=lambda value, row: t.period(clean(value)),
               row_id="row_id"),
        Column("chip_status", t("State"), show=state),
        Column("co_process", t("Process, nm"), "right", phone=False, sort="process_nm",
               show=lambda value, row: _with(row, "process_nm", "foundry", t)),
        Column("co_memory", t("Memory, GB"), "right", phone=False, sort="memory_gb",
               show=lambda value, row: _with(row, "memory_gb", "memory_type", t)),
        Column("co_fp16", t("FP16, TFLOP/s"), "right", sort="fp16_tflops",
               show=lambda value, row: _number(row, "fp16_tflops", t)),
        Column("co_tdp", t("Design power, W"), "right", phone=False, sort="tdp_w",
               show=lambda value, row: _number(row, "tdp_w", t)),
        Column("status", t("Status"), show=status_cell(t), phone=False),
    )  # fmt: skip
    keys = ("process_nm", "memory_gb", "memory_bandwidth_gbs", "fp16_tflops", "int8_tops", "tdp_w")
    plain = (
        Column("name", t("Chip"), strong=True),
        Column("released", t("Released"), row_id="row_id"),
        Column("chip_status", t("State"), show=state),
        *(Column(key, key, "right") for key in keys),
    )
    shipping = sum(row["chip_status"] == "shipping" for row in rows)
    return list_card(
        c,
        rows,
        columns,
        plain,
        t,
        key="chips",
        title=t.n("{n} AI chip on file", "{n} AI chips on file", len(rows)),
        subtitle=t("{n} shipping; figures are peak values without sparsity.", n=t.number(shipping)),
        caption=t("AI chips"),
        first=SHOWN,
    )


def clusters_card(c: Company, s: Surroundings) -> Card:
    """AI clusters it owns."""
    t = s.t
    rows = c.clusters

    def state(value: Any, row: Row) -> Safe:
        shown = h("span", labels.cluster_status(clean(value), t))
        if row["date"]:
            shown += h("span", t.period(clean(row["date"])), cls="sub2")
        for other in row["others"]:
            word = labels.cluster_status(clean(other["cluster_status"]), t)
            said = t("another source: {state}", state=word)
            shown += h("span", num(said, other["row_id"]), cls="sub2")
        return shown

    def chip(value: Any, row: Row) -> Safe:
        shown = h("span", clean(row["chip"]) or t("chip not stated"))
        if row["chip_count"] is not None:
            shown = num(t.compact(row["chip_count"]), row["row_id"]) + Safe(" ") + shown
        return shown

    columns = (
        Column("name", t("Cluster"), strong=True, lang="en"),
        Column("cluster_status", t("State"), show=state),
        Column("co_chip", t("Chips"), show=chip),
        Column("co_h100", t("H100 equivalents"), "right", sort="h100_equivalents",
               show=lambda value, row: _sized(row, "h100_equivalents", t)),
        Column("co_power", t("Power, MW"), "right", phone=False, sort="power_mw",
               show=lambda value, row: _sized(row, "power_mw", t)),
        Column("status", t("Status"), show=status_cell(t), phone=False),
        remark(t),
    )  # fmt: skip
    plain = (
        Column("name", t("Cluster"), strong=True),
        Column("cluster_status", t("State")),
        Column("date", t("Date")),
        Column("chip", t("Chip")),
        Column("chip_count", t("Number of chips"), "right"),
        Column("h100_equivalents", t("H100 equivalents"), "right", row_id="row_id"),
        Column("power_mw", t("Power, MW"), "right"),
    )
    running = sum(row["cluster_status"] == "operational" for row in rows)
    every = [one for row in rows for one in (row, *row["others"])]
    return list_card(
        c,
        rows,
        columns,
        plain,
        t,
        key="clusters",
        title=t.n("{n} AI cluster on file", "{n} AI clusters on file", len(rows)),
        subtitle=t(
            "{n} running; the others planned, under construction or closed. H100 equivalents are"
            " estimates; known clusters are a part of all.",
            n=t.number(running),
        ),
        caption=t("AI clusters"),
        first=SHOWN,
        every=every,
    )


def systems_card(c: Company, s: Surroundings) -> Card:
    """TOP500 systems at its site or built by it."""
    t = s.t
    rows = c.systems

    def role(value: Any, row: Row) -> Safe:
        if row["at_site"]:
            return h("span", t("runs it")) + h("span", clean(row["vendor"]), cls="sub2", lang="en")
        return h("span", t("built it")) + h("span", clean(row["site"]), cls="sub2", lang="en")

    def listed(value: Any, row: Row) -> Safe:
        shown = h("span", t.period(clean(value)))
        if clean(row["first_list"]) != clean(value):
            since = t("since {date}", date=t.period(clean(row["first_list"])))
            shown += h("span", since, cls="sub2")
        return shown

    columns = (
        Column("system", t("System"), strong=True, lang="en"),
        Column("co_role", t("Role"), show=role),
        Column("list_date", t("Newest list with it"), show=listed),
        Column("rank", t("Rank"), "right", show=lambda value, row: t.ordinal(int(value))),
        Column("rmax_pflops", t("Rmax, PFLOP/s"), "right",
               show=lambda value, row: t.sig(value, 4), row_id="row_id"),
        Column("accelerator", t("Accelerator"), phone=False, lang="en"),
    )  # fmt: skip
    plain = (
        Column("system", t("System"), strong=True),
        Column("site", t("Site")),
        Column("vendor", t("Maker")),
        Column("list_date", t("List")),
        Column("rank", t("Rank"), "right"),
        Column("rmax_pflops", t("Rmax, PFLOP/s"), "right", row_id="row_id"),
    )
    now = sum(bool(row["on_newest"]) for row in rows)
    return list_card(
        c,
        rows,
        columns,
        plain,
        t,
        key="systems",
        title=t.n("{n} system on the TOP500", "{n} systems on the TOP500", len(rows)),
        subtitle=t(
            "{n} on the newest list on file; each with the newest list that has it. Makers are"
            " matched by their name on the list.",
            n=t.number(now),
        ),
        caption=t("TOP500 systems"),
        first=SHOWN,
    )
