"""One cell of the stack opened: its signs with values and steps, its holes, and who is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join, num
from observatory.i18n import Translator
from observatory.views import common, labels, links
from observatory.views.frontier.words import made_of
from observatory.views.labels import clean
from observatory.views.stack import words
from observatory.views.stack.data import ORG_LAYERS, Sign, Stack

SHOWN: Final = 6
ID: Final = "stack-cell"
ORDER: Final = (
    "organizations", "chips", "supercomputers", "clusters", "models", "deals", "ipo_events", "policies",
)  # fmt: skip


def group_name(table: str, n: int, t: Translator) -> str:
    """A group of named things, counted."""
    match table:
        case "organizations":
            return t.n("{n} organisation", "{n} organisations", n)
        case "chips":
            return t.n("{n} chip", "{n} chips", n)
        case "supercomputers":
            return t.n("{n} listed supercomputer", "{n} listed supercomputers", n)
        case "clusters":
            return t.n("{n} AI cluster", "{n} AI clusters", n)
        case "models":
            return t.n("{n} model", "{n} models", n)
        case "deals":
            return t.n("{n} deal", "{n} deals", n)
        case "ipo_events":
            return t.n("{n} listing attempt", "{n} listing attempts", n)
        case _:
            return t.n("{n} rule, programme or body", "{n} rules, programmes or bodies", n)


def guide(stack: Stack) -> Card:
    """What stands beside the matrix until a cell is opened: how the six layers are told."""
    t = stack.data.t
    items = [
        h("div", h("dt", words.layer(layer, t)),
          h("dd", t.data(meaning), lang=t.data_lang(meaning)))
        for layer, meaning in stack.meanings.items()
    ]  # fmt: skip
    frame = pd.DataFrame(
        [
            {"layer": words.layer(layer, t), "meaning": t.data(text)}
            for layer, text in stack.meanings.items()
        ]
    )
    return Card(
        id=ID,
        title=t("What each layer looks at"),
        body=h("dl", *items, cls="sk-guide"),
        table=CardTable(frame, (Column("layer", t("Layer"), strong=True), Column("meaning", t("What it stands for")))),
        actions=("table",),
        level=2,
    )  # fmt: skip


def card(stack: Stack, cell: tuple[str, str]) -> Card:
    """The evidence of a cell."""
    t, (economy, layer) = stack.data.t, cell
    state, have = stack.state(economy, layer), len(stack.levels(economy, layer))
    signs = stack.of_layer(layer)
    rows: list[dict[str, Any]] = []
    items = [_sign(stack, economy, sign, rows) for sign in signs]
    groups = _groups(stack, economy, layer, rows)
    holes = len(signs) - have
    subtitle = [t("{n} of {m} signs have a value", n=t.number(have), m=t.number(len(signs)))]
    if holes:
        subtitle.append(t.n("{n} hole", "{n} holes", holes))
    body = h(
        "div",
        h("ul", *items, cls="sk-signs"),
        h("h3", t("Named on file"), cls="sk-h"),
        join(groups) if groups else h("p", t("No organisation, system, model, deal or rule of this layer is on file."),
                                      cls="muted small"),
        id="cell",
        cls="sk-anchor",
    )  # fmt: skip
    frame = pd.DataFrame(rows)
    evidence = frame[frame["counts"] & (frame["row_id"] != "")] if len(frame) else frame
    columns = (
        Column("sign", t("Sign or group")),
        Column("name", t("Name"), strong=True, row_id="row_id"),
        Column("shown", t("Value"), "right", sort="value"),
        Column("said", t("Date"), show=lambda v, r: t.period(clean(v)) if clean(v) else ""),
        Column("use", t("Use")),
    )
    names = {"economy": stack.data.name(economy), "layer": words.layer_in_sentence(layer, t)}
    if state == "empty":
        title = t("{economy}, {layer}: nothing on file", **names)
    elif state == "named":
        title = t("{economy}, {layer}: named on file, but no sign to grade", **names)
    else:
        title = t("{economy}, {layer}: {grade}", grade=words.grade(state, t), **names)
    return Card(
        id=ID,
        title=title,
        subtitle=t.parts(subtitle),
        body=body,
        alt=title,
        table=CardTable(frame, columns),
        sources=common.sources_of(stack.data, evidence) if len(evidence) else (),
        vintage=common.vintage_of(stack.data, evidence) if len(evidence) else "",
        statuses=common.statuses_of(evidence) if len(evidence) else (),
        caveat=t("Names show who stands behind a layer; only the signs are graded."),
        actions=("table", "download", "link"),
        level=2,
    )


def _sign(stack: Stack, economy: str, sign: Sign, rows: list[dict[str, Any]]) -> Safe:
    """One sign: name, level, value that opens what it rests on, steps and their reason."""
    t = stack.data.t
    value = stack.values.get((economy, sign.id))
    name, steps = words.sign_link(sign, t), words.steps(sign, t)
    why = clean(sign.row["why"])
    reason = h("span", t.data(why), lang=t.data_lang(why), cls="sk-why")
    base = {"sign": words.sign_name(sign, t), "counts": True, "shown": "", "value": None}
    if value is None:
        missing = stack.missing(economy, sign)
        said = words.hole(missing, sign, t)
        rows.append({**base, "name": said, "row_id": missing.row_id, "said": missing.period, "use": t("hole"),
                     "counts": False})  # fmt: skip
        told = num(said, missing.row_id, cls="num plain-t") if missing.row_id else said
        return h("li", h("span", name, cls="sk-s"), h("span", told, cls="sk-v unk"),
                 h("span", steps, cls="sk-t"), reason, cls="is-hole")  # fmt: skip
    shown = words.amount(sign, value.value, t)
    if sign.kind == "behind" and value.value == 0:
        shown = t("leads")
    for row in value.rows:
        rows.append(
            {**base, "name": clean(row.get("org_name")) if sign.column.endswith("org_id") else clean(row["name"]),
             "row_id": str(row["row_id"]), "said": clean(row["said"]), "use": words.grade(value.level, t),
             "value": row["value"] if isinstance(row["value"], (int, float)) else None,
             "shown": _part(sign, row, t), "source_id": row["source_id"], "status": row["status"],
             "known_on": row["known_on"]}
        )  # fmt: skip
    told = num(shown, str(value.rows[0]["row_id"])) if len(value.rows) == 1 else made_of(shown, ID)
    when = t.period(value.period) if value.period else ""
    return h(
        "li",
        h("span", name, cls="sk-s"),
        h(
            "span",
            words.pips(value.level),
            h("b", words.grade(value.level, t)),
            cls=f"sk-l is-{value.level}",
        ),
        h("span", told, h("span", when, cls="small muted") if when else None, cls="sk-v"),
        h("span", steps, cls="sk-t"),
        reason,
    )


def _part(sign: Sign, row: Mapping[str, Any], t: Translator) -> str:
    """A part of a value: a score or amount; nothing for what is only counted."""
    if sign.kind == "count":
        return ""
    if sign.kind == "behind":
        return t.exact(row["value"])
    return words.amount(sign, float(row["value"]), t)


def _groups(stack: Stack, economy: str, layer: str, rows: list[dict[str, Any]]) -> list[Safe]:
    """Named things by kind, the first few, each opening its page or receipt."""
    t = stack.data.t
    found = stack.named.get((economy, layer), [])
    weight = Counter(clean(row.get("org_id")) for row in found)
    out = []
    for table in ORDER:
        own = [row for row in found if row["source_table"] == table]
        if table == "organizations":
            own.sort(key=lambda row: (-weight[str(row["org_id"])], str(row["name"]).casefold()))
        if not own:
            continue
        for row in own:
            rows.append(
                {"sign": group_name(table, len(own), t), "name": clean(row["name"]), "shown": "", "value": None,
                 "row_id": str(row["row_id"]), "said": clean(row.get("said")), "use": t("named"), "counts": False,
                 "source_id": row["source_id"], "status": row["status"]}
            )  # fmt: skip
        shown = [_thing(row, table, t) for row in own[:SHOWN]]
        more = len(own) - len(shown)
        if more:
            href = _list(table, economy, layer)
            label = t.n("and {n} more", "and {n} more", more)
            shown.append(h("a", label, href=href, data_go=True) if href else made_of(label, ID))
        out.append(
            h(
                "div",
                h("h4", group_name(table, len(own), t)),
                h("p", join(shown, t.comma)),
                cls="sk-g",
            )
        )
    return out


def _thing(row: Mapping[str, Any], table: str, t: Translator) -> Safe:
    name = clean(row["name"])
    if table == "organizations":
        said = labels.org_name(row["name"], row.get("native_name"), row.get("native_language"), t)
        return h(
            "a", said.main, href=links.org(str(row["org_id"])), data_go=True, lang=said.main_lang
        )
    if table == "models":
        return h("a", name, href=links.model(str(row["id"])), data_go=True)
    if table in ("deals", "ipo_events"):
        word = (labels.deal_kind(clean(row.get("is_kind")), t) if table == "deals"
                else labels.stage(clean(row.get("is_stage")), t))  # fmt: skip
        return h(
            "span",
            num(name, str(row["row_id"]), cls="num plain-t"),
            " ",
            h("span", word, cls="small muted"),
        )
    return num(name, str(row["row_id"]), cls="num plain-t")


def _list(table: str, economy: str, layer: str) -> str:
    """Page that lists all of a group, where there is one."""
    if table == "organizations" and len(ORG_LAYERS[layer]) == 1:
        return links.link("/companies", economies=economy, layer=layer)
    if table == "models":
        return links.link("/models", **{"from": economy})
    return ""
