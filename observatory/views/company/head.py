"""The top of an organisation's page: who it is, in all scripts, and its few telling facts."""

from __future__ import annotations

from typing import Any

from observatory.cards.card_model import Card
from observatory.cards.markup import Child, Safe, external, h, join, num
from observatory.i18n import LANGUAGES, Translator
from observatory.views import labels
from observatory.views.company import listing, money, standing, tech
from observatory.views.company.data import Company, Row, Surroundings
from observatory.views.company.figures import measure_name, revenue, value_text
from observatory.views.company.parts import (
    deal_amount,
    economy_link,
    org_link,
    source_refs,
)
from observatory.views.labels import clean


def kind_line(c: Company, t: Translator) -> str:
    """Kind and layer: `Company · Models`."""
    parts = [labels.org_kind(c.kind, t)]
    layer = clean(c.identity["stack_layer"])
    if layer:
        parts.append(labels.layer(layer, t))
    return " · ".join(parts)


# The deck -----------------------------------------------------------------------------------------


def deck(c: Company, t: Translator) -> str:
    """One to three sentences computed from what is on file."""
    record = _policy_sentence(c, t)
    found = [
        listing.sentence(c, t),
        _models_sentence(c, t),
        _money_sentence(c, t),
        _figures_sentence(c, t),
        _hardware_sentence(c, t),
    ]
    # A public body is known for what it rules, a company for what it makes and earns.
    found.insert(len(found) if c.kind == "company" else 0, record)
    kept = [text for text in found if text][:3]
    if not kept:
        kept = [_bare_sentence(c, t)]
    return (" " if t.lang in ("en", "ko") else "").join(kept)


def _models_sentence(c: Company, t: Translator) -> str:
    best = standing.best(c)
    place = ""
    if best is not None:
        place = t("{place} on {board}, {date}", place=standing.place_text(best, t),
                  board=best["benchmark_name"], date=t.period(clean(best["as_of"])))  # fmt: skip
    if not c.models:
        return t("Best placed {place}.", place=place) if place else ""
    count = t.n("{n} model on file", "{n} models on file", len(c.models))
    if place:
        return t("{models}, best placed {place}.", models=count, place=place)
    newest = tech.newest_model(c)
    if newest is not None:
        return t("{models}, the newest {name} of {date}.", models=count, name=newest["name"],
                 date=t.period(clean(newest["released"])))  # fmt: skip
    return t("{models}.", models=count)


def _money_sentence(c: Company, t: Translator) -> str:
    row = money.latest_raised(c)
    if row is None or listing.listed(c) is not None:
        return ""
    return t(
        "Last money raised on file: {money}, {kind}, {date}.",
        money=deal_amount(row, t),
        kind=labels.deal_kind(clean(row["kind"]), t),
        date=t.period(clean(row["announced"])),
    )


def issued(c: Company) -> list[dict[str, Any]]:
    """Records it issued, newest first; what companies announce is not called a policy of theirs."""
    roles = c.policy_roles
    if c.kind == "company":
        return []
    return [
        row for row in c.policies
        if row["issuer_org_id"] == c.org or "issuer" in roles.get(row["policy_id"], ())
    ]  # fmt: skip


def _policy_sentence(c: Company, t: Translator) -> str:
    own = issued(c)
    named = len(c.policies) - len(own)
    if own:
        dated = [row for row in own if row["date"]]
        text = t.n("{n} policy record issued by it is on file",
                   "{n} policy records issued by it are on file", len(own))  # fmt: skip
        if dated:
            return t("{text}, the newest of {date}.", text=text,
                     date=t.period(clean(dated[0]["date"])))  # fmt: skip
        return t("{text}.", text=text)
    if named:
        return t.n("{n} policy record names it.", "{n} policy records name it.", named)
    return ""


def _hardware_sentence(c: Company, t: Translator) -> str:
    parts = []
    if c.chips:
        parts.append(t.n("{n} AI chip", "{n} AI chips", len(c.chips)))
    if c.clusters:
        parts.append(t.n("{n} AI cluster", "{n} AI clusters", len(c.clusters)))
    if c.systems:
        parts.append(t.n("{n} TOP500 system", "{n} TOP500 systems", len(c.systems)))
    return t("{things} on file.", things=t.list(parts)) if parts else ""


def _figures_sentence(c: Company, t: Translator) -> str:
    row = revenue(c)
    if row is None:
        spent = len(money.spent(c))
        if spent:
            return t.n("It takes part in {n} deal on file.", "It takes part in {n} deals on file.",
                       spent)  # fmt: skip
        return ""
    return t("{measure} of {value} in {period}.", measure=measure_name(row, t),
             value=value_text(row, t), period=t.period(clean(row["period"])))  # fmt: skip


def _bare_sentence(c: Company, t: Translator) -> str:
    where = labels.economy_name(c.economy, t) if c.economy else ""
    kind = labels.org_kind(c.kind, t)
    if c.observations or c.standing or c.claims or c.deals:
        count = t.n("{n} fact on file", "{n} facts on file", c.facts())
        return t("{kind}: {facts}.", kind=kind, facts=count)
    if where:
        return t("{kind} in {economy}; only its identity is on file so far.", kind=kind,
                 economy=labels.in_sentence(c.economy_id, where, t))  # fmt: skip
    return t("{kind}; only its identity is on file so far.", kind=kind)


# Identity -----------------------------------------------------------------------------------------


def identity_line(c: Company, s: Surroundings) -> Safe:
    """Kind, layer, economy, tickers, family, founding, web site, as one line of facts."""
    t = s.t
    parts: list[Child] = [h("span", kind_line(c, t), cls="k")]
    economy = economy_link(c, s)
    if economy is not None:
        parts.append(economy)
    for ticker in filter(None, clean(c.identity["tickers"]).split(";")):
        parts.append(h("span", ticker, cls="tick"))
    parent = clean(c.identity["parent_org_id"])
    if parent and parent in c.org_names:
        parts.append(h("span", t("Part of"), " ", org_link(c.org_names[parent], s, parent)))
    if c.subsidiaries:
        linked = [
            h("a", row["name"], href=s.link("company", org=row["org_id"]), data_go=True)
            for row in c.subsidiaries
        ]
        shown = join(linked[:6], ", ")
        if len(linked) > 6:
            shown += Safe(" ") + h("span", t.n("and {n} more", "and {n} more", len(linked) - 6))
        parts.append(h("span", t("Includes"), " ", shown))
    founded = clean(c.identity["founded"])
    if founded:
        when = num(t.period(founded), clean(c.identity["row_id"]))
        parts.append(h("span", t("Founded"), " ", when))
    site = clean(c.identity["website"])
    if site:
        bare = site.split("://", 1)[-1].removeprefix("www.").rstrip("/")
        parts.append(external(bare if len(bare) <= 40 else bare[:39] + "…", site))
    return h("p", *(h("span", part) for part in parts), cls="co-id")


# Names --------------------------------------------------------------------------------------------


def _name_kind(word: str, t: Translator) -> str:
    match word:
        case "official":
            return t("name")
        case "short":
            return t("short name")
        case "brand":
            return t("brand")
        case "former":
            return t("former name")
        case _:
            return t("ticker")


def _language_word(tag: str, t: Translator) -> str:
    if tag in LANGUAGES:
        return LANGUAGES[tag].name
    match tag:
        case "id":
            return "Bahasa Indonesia"
        case "ms":
            return "Bahasa Melayu"
        case "vi":
            return "Tiếng Việt"
        case "th":
            return "ภาษาไทย"
        case "es":
            return "Español"
        case _:
            return tag


def names_card(c: Company, s: Surroundings) -> Card:
    """Names in all scripts, by language, with brands, former names and tickers."""
    t = s.t
    groups: dict[str, list[Row]] = {}
    for row in c.names:
        key = "ticker" if row["kind"] == "ticker" else row["language"]
        groups.setdefault(key, []).append(row)
    if not groups:
        groups["en"] = [{"name": c.identity["name"], "kind": "official", "language": "en"}]
    first = clean(c.identity["native_language"])
    order = {"official": 0, "short": 1, "brand": 2, "former": 3, "ticker": 4}
    keys = sorted(groups, key=lambda key: (key == "ticker", key != first, key))
    rows: list[Child] = []
    for key in keys:
        items: list[Safe] = []
        for one in sorted(groups[key], key=lambda name: (order[name["kind"]], name["name"])):
            shown = h("span", one["name"], lang=None if key == "ticker" else key, cls="n")
            if one["kind"] not in ("official", "ticker"):
                shown += Safe(" ") + h("span", _name_kind(one["kind"], t), cls="muted")
            items.append(h("span", shown))
        head = t("Tickers") if key == "ticker" else _language_word(key, t)
        rows += [h("dt", head, lang=None if key == "ticker" else key), h("dd", join(items, " · "))]
    # Several sources may spell one name in different ways; all are kept for search.
    count = sum(one["kind"] != "ticker" for one in c.names) or 1
    languages = len([key for key in keys if key != "ticker"])
    note = clean(c.identity["note"])
    return Card(
        id="names",
        title=t("Names and identity"),
        subtitle=t(
            "{names} in {languages}",
            names=t.n("{n} name", "{n} names", count),
            languages=t.n("{n} language", "{n} languages", languages),
        ),
        body=join(
            [
                h("dl", *rows, cls="co-names"),
                h("p", note, cls="small muted", lang="en") if note else None,
            ]
        ),
        sources=source_refs(c, [c.identity]),
        vintage=t.date(c.identity["known_on"]) if c.identity["known_on"] else "",
        statuses=((clean(c.identity["status"]), 1),),
        receipt=clean(c.identity["row_id"]),
        actions=("receipt", "link"),
    )
