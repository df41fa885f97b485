"""The strip of telling facts at the top of an organisation's page: up to six tiles."""

from __future__ import annotations

from typing import Any, Final

from observatory.cards.markup import Safe, h, status_word
from observatory.cards.words import status_label
from observatory.i18n import Translator
from observatory.views import labels
from observatory.views.company import listing, money, standing, tech
from observatory.views.company.data import Company
from observatory.views.company.figures import drawable, measure_name, revenue, value_text
from observatory.views.company.head import issued
from observatory.views.company.parts import deal_amount, stage_amount, sure
from observatory.views.labels import clean

TILES: Final = 6
_CAP: Final = ("market_cap", "company_valuation")
_SHARES: Final = ("foundry_revenue_share", "hbm_share_revenue", "dram_revenue_share",
                  "china_ai_accelerator_share")  # fmt: skip


def _worth(c: Company, t: Translator) -> tuple[Any, ...] | None:
    """The newest valuation or market value on file: (date, name, text, status, period, row id)."""
    found: list[tuple[Any, ...]] = []
    for row in c.observations:
        if row["indicator_id"].startswith(_CAP) and drawable(row):
            found.append(
                (row["period_end"], t("Market value") if "cap" in row["indicator_id"] else
                 t("Valuation"), value_text(row, t), row["status"], row["period"], row["row_id"])
            )  # fmt: skip
    for row in c.deals:
        mine = row["org_id"] == c.org and row["post_money_usd_m"] is not None
        if mine and row["is_lead"] and row["status"] not in ("unchecked", "disputed"):
            text = t.money(row["post_money_usd_m"] * 1e6, "USD")
            found.append((row["period_end"], t("Valuation after a deal"), text, row["status"],
                          row["announced"], row["row_id"]))  # fmt: skip
    for row in c.stages:
        if row["valuation_usd_m"] is not None and row["status"] not in ("unchecked", "disputed"):
            text = t.money(row["valuation_usd_m"] * 1e6, "USD")
            found.append((row["period_end"], t("Valuation at the listing"), text, row["status"],
                          row["stage_date"], row["row_id"]))  # fmt: skip
    return max(found, key=lambda item: item[0]) if found else None


def _tile(
    head: str, measure: str, value: str, row_id: str, status: str, period: str, t: Translator
) -> Safe:
    word = status_word(status, status_label(status, t)) if status else h("span")
    return h(
        "button",
        h("span", head, cls="p"),
        h("span", measure, cls="m"),
        h("span", value, cls="v"),
        h("span", word, h("span", period), cls="f"),
        cls="tile", type="button", data_receipt=row_id,
    )  # fmt: skip


def _money_tile(c: Company, t: Translator) -> Safe | None:
    deal, done = money.latest_raised(c), listing.listed(c)
    firm_listing = done is not None and stage_amount(done, t) and done["status"] != "disputed"
    if (
        done is not None
        and firm_listing
        and (deal is None or done["period_end"] >= deal["period_end"])
    ):
        return _tile(t("Last money raised"), t("In its listing"), stage_amount(done, t),
                     done["row_id"], done["status"], t.period(done["stage_date"]), t)  # fmt: skip
    if deal is None:
        return None
    firm = labels.commitment(clean(deal["commitment"]), t)
    kind = t("{deal}, {firmness}", deal=labels.deal_kind(clean(deal["kind"]), t), firmness=firm)
    return _tile(t("Last money raised"), kind, deal_amount(deal, t), deal["row_id"],
                 deal["status"], t.period(clean(deal["announced"])), t)  # fmt: skip


def _tiles(c: Company, t: Translator) -> list[Safe]:
    found: list[Safe] = []
    row = revenue(c)
    if row is not None:
        name = measure_name(row, t)
        if name == t("Revenue"):
            whole = row["period_precision"] in ("year", "fiscal_year")
            name = t("of a whole year") if whole else t("of a part of a year")
        found.append(_tile(t("Revenue"), name, value_text(row, t), row["row_id"], row["status"],
                           t.period(clean(row["period"])), t))  # fmt: skip
    worth = _worth(c, t)
    if worth is not None:
        _, name, text, status, period, row_id = worth
        found.append(_tile(t("Worth"), name, text, row_id, status, t.period(clean(period)), t))
    raised = _money_tile(c, t)
    if raised is not None:
        found.append(raised)
    if c.models:
        newest = tech.newest_model(c)
        lead = newest or next(iter(sure(c.models)), c.models[0])
        when = t.period(clean(lead["released"])) if newest else t("date not known")
        found.append(_tile(t("Models on file"), t("newest: {name}", name=lead["name"]),
                           t.number(len(c.models)), lead["row_id"], lead["status"], when, t))  # fmt: skip
    best = standing.best(c)
    if best is not None:
        found.append(_tile(t("Best standing"), best["benchmark_name"], standing.place_text(best, t),
                           best["row_id"], best["status"], t.period(clean(best["as_of"])), t))  # fmt: skip
    now = listing.headline(c)
    if now is not None:
        found.append(_tile(t("Listing"), now["exchange"], labels.stage(now["stage"], t),
                           now["row_id"], now["status"], t.period(now["stage_date"]), t))  # fmt: skip
    found += _more_tiles(c, t)
    return found[:TILES]


def _more_tiles(c: Company, t: Translator) -> list[Safe]:
    found: list[Safe] = []
    shares = [r for r in c.observations if r["indicator_id"] in _SHARES and drawable(r)]
    if shares:
        row = max(shares, key=lambda r: (r["period_end"], -_SHARES.index(r["indicator_id"])))
        found.append(_tile(t("Market share"), measure_name(row, t), value_text(row, t),
                           row["row_id"], row["status"], t.period(clean(row["period"])), t))  # fmt: skip
    named = sure(c.policies)
    own = [row for row in sure(issued(c)) if row["date"]]
    if own:
        row = own[0]
        found.append(_tile(t("Policy records"), t("issued by it"), t.number(len(issued(c))),
                           row["row_id"], row["status"], t.period(clean(row["date"])), t))  # fmt: skip
    elif named:
        row = named[0]
        found.append(_tile(t("Policy records"), t("that name it"), t.number(len(c.policies)),
                           row["row_id"], row["status"], t.period(clean(row["date"] or "")), t))  # fmt: skip
    weak = ("unchecked", "disputed")
    spent = [r for r in money.spent(c) if deal_amount(r, t) and r["status"] not in weak]
    if spent:
        row = spent[0]
        target = labels.org_name(row["org_name"], row["org_native_name"], row["org_language"], t)
        # The sum is everybody's: what this organisation put in is not known. Of a plan of its own the
        # sum says more than its name.
        own = row["org_id"] == c.org
        kind, amount = labels.deal_kind(clean(row["kind"]), t), deal_amount(row, t)
        if not own:
            kind = t("{kind}, {money} for the whole deal", kind=kind, money=amount)
        found.append(_tile(t("Last deal it takes part in"), kind,
                           amount if own else target.main, row["row_id"],
                           row["status"], t.period(clean(row["announced"])), t))  # fmt: skip
    sized = [row for row in sure(c.clusters) if row["h100_equivalents"] is not None]
    if sized:
        row = sized[0]
        found.append(_tile(t("Largest AI cluster"), t("H100 equivalents, {state}",
                           state=labels.cluster_status(clean(row["cluster_status"]), t)),
                           t.compact(row["h100_equivalents"]), row["row_id"], row["status"],
                           t.period(clean(row["date"])), t))  # fmt: skip
    chips = sure(c.chips)
    if chips:
        row = chips[0]
        found.append(_tile(t("AI chips on file"), t("newest: {name}", name=row["name"]),
                           t.number(len(c.chips)), row["row_id"], row["status"],
                           t.period(clean(row["released"])), t))  # fmt: skip
    if c.systems:
        row = c.systems[0]
        found.append(_tile(t("TOP500"), row["system"], t.ordinal(int(row["rank"])), row["row_id"],
                           row["status"], t.period(clean(row["list_date"])), t))  # fmt: skip
    return found


def strip(c: Company, t: Translator) -> Safe:
    """Up to six tiles; at least kind and economy for those with nothing else."""
    tiles = _tiles(c, t)
    row_id, status = clean(c.identity["row_id"]), clean(c.identity["status"])
    when = t.date(c.identity["known_on"]) if c.identity["known_on"] else ""
    if len(tiles) < 3:
        tiles.append(_tile(t("Kind"), labels.layer(clean(c.identity["stack_layer"]), t),
                           labels.org_kind(c.kind, t), row_id, status, when, t))  # fmt: skip
    if len(tiles) < 3 and c.economy is not None:
        tiles.append(_tile(t("Economy"), t("of its head office"),
                           labels.economy_name(c.economy, t), row_id, status, when, t))  # fmt: skip
    if len(tiles) < 3:
        tiles.append(_tile(t("On file"), t("facts besides its identity"), t.number(c.facts()),
                           row_id, status, when, t))  # fmt: skip
    return h("div", *tiles, cls="strip co-strip", style=f"--n:{len(tiles)}")
