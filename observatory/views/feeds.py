"""What a feed tells: the newest changes of all, of one economy or of one organisation, and corrections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final
from urllib.parse import urlencode

import pandas as pd

from observatory.analysis.freshness import add_months
from observatory.cards.words import status_label
from observatory.db import queries_evidence
from observatory.db.frames import records
from observatory.export.atom import Entry, feed
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import evidence_parts as ev
from observatory.views import links
from observatory.views.changes import data as changes_data
from observatory.views.changes import words as changes
from observatory.views.changes.data import Change, News
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

MOST: Final = 80
MONTHS: Final = 12
QUIET: Final = ("organizations", "fx_rates")
"""Kinds of rows that are no news by themselves."""


def news(data: Catalogue, until: date) -> News:
    """What became known in the year up to a day."""
    return changes_data.between(data, (data.db, add_months(until, -MONTHS)), (data.db, until))


def words(namer: ev.Namer, change: Change) -> str:
    """A change in one line of plain text."""
    t, row, old = namer.t, change.row, change.old
    who = namer.entity(namer.who(row)) if namer.who(row) else ""
    what = namer.what(row)
    value, when = namer.value(row), namer.when(row)
    now = t("{value} ({period})", value=value, period=when) if value and when else value or when
    now = now or (t("not known") if change.how == "revised" else "")
    if old["row_id"] and change.how != "withdrawn":
        before, at = namer.value(old), namer.when(old)
        was = t("{value} ({period})", value=before, period=at) if before and at else before or at
        if change.why == "dispute":
            return t.parts([who, what, t("in dispute, before: {value}", value=was)])
        if was and was != now:
            return t.parts([who, what, t("{old} → {new}", old=was, new=now)])
    if change.how == "withdrawn":
        return t.parts([who, what, t("withdrawn: {value}", value=now)])
    return t.parts([who, what, now])


def _wanted(change: Change, kind: str, target: str, home: Mapping[str, str]) -> bool:
    row = change.row
    if row["kind"] in QUIET:
        return False
    org, economy = clean(row["org_id"]), clean(row["economy_id"])
    if kind == "org":
        return org == target
    if kind == "economy":
        return target in (economy, home.get(org, ""))
    return economy in (*SCOPE, *COMPARATORS, "INT") or bool(org)


def known(data: Catalogue, kind: str, target: str) -> bool:
    """Whether there is such a feed."""
    if kind == "economy":
        return target in (*SCOPE, *COMPARATORS)
    return kind == "all" or target in ev.Namer(data).orgs


def document(
    data: Catalogue, told: News, kind: str, target: str, base: str, path: str, until: date
) -> bytes:
    """The feed. ``base``: address of the site without a slash at its end; ``path``: that of the feed."""
    t, namer = data.t, ev.Namer(data)
    home = changes_data.homes(data)
    picked = [one for one in told.changes if _wanted(one, kind, target, home)]
    picked.sort(
        key=lambda one: (str(one.row["known_on"])[:10], float(one.row["weight"])), reverse=True
    )
    entries = [_entry(namer, one, base) for one in picked[:MOST]]
    if kind == "all":
        entries = [*_corrections(data, base), *entries]
    entries.sort(key=lambda one: one.day, reverse=True)
    brand = t("East Asia AI Observatory")
    name = namer.entity(target) if target else t("Everything new")
    page = (
        links.economy(target)
        if kind == "economy"
        else links.org(target)
        if kind == "org"
        else "/changes"
    )
    return feed(
        f"{kind}/{target}/{t.lang}",
        t("{name} · {site}", name=name, site=brand),
        t("Facts that became known in the last year, the newest first, with what stood there before."),
        entries, self_url=base + path, page_url=base + page, lang=t.html_lang, author=brand,
        rights=t("Each number keeps the licence of its source; see its receipt."), updated=until,
    )  # fmt: skip


def _entry(namer: ev.Namer, change: Change, base: str) -> Entry:
    t, row = namer.t, change.row
    row_id = clean(row["row_id"])
    key = namer.who(row)
    page = namer.href(key) or "/changes"
    where = f"{page}{'&' if '?' in page else '?'}{urlencode({'receipt': row_id, 'lang': t.lang})}"
    told = words(namer, change)
    why = changes.why_words(change, t)
    status = clean(row["status"])
    sure = t("Status: {word}.", word=status_label(status, t)) if status else ""
    more = (
        t.n("{n} new fact of this kind.", "{n} new facts of this kind.", change.n)
        if change.n > 1
        else ""
    )
    return Entry(
        key=f"row/{row_id}/{change.how}", title=told, day=pd.Timestamp(row["known_on"]).date(), url=base + where,
        summary=t.sentences([text for text in (told, why, more, sure) if text]), category=str(row["kind"]),
    )  # fmt: skip


def _corrections(data: Catalogue, base: str) -> list[Entry]:
    t: Translator = data.t
    rows = records(queries_evidence.corrections(data.db, data.as_of))
    return [
        Entry(
            key=f"correction/{clean(row['correction_id'])}",
            title=t("Correction: {what}", what=clean(row["what"])),
            day=pd.Timestamp(row["corrected_on"]).date(),
            url=f"{base}/changes#correction-{clean(row['correction_id'])}",
            summary=t("Was: {was}. Is: {now}. {why}", was=clean(row["was"]), now=clean(row["now"]),
                      why=clean(row["why"])),
            category="correction",
        )
        for row in rows
    ]  # fmt: skip
