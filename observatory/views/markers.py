"""Event markers for any chart over time: which events, in which order, and the key below.

A page asks `choose` for the events of a chart's time and economies, hands `Markers.frame` to the
chart (`lines` and `time_lines` take it as `events`) and puts `key` under it as `Card.after`. The
numbers in both come from the same order, that of time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log10
from typing import Any, Final

import pandas as pd

from observatory.cards.markup import Safe, h, join
from observatory.charts.plan import read_events
from observatory.charts.room import MOST_EVENTS, room
from observatory.db import queries_markers
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.model.time import parse_period
from observatory.views import labels, links
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

KINDS: Final = ("policy", "control", "model", "deal")
MOST: Final = 20
APART: Final = 20
"""Two events of one kind and economy stand at least this many days apart."""
LEAST_USD: Final = 5e8
COLUMNS: Final = (
    "period", "label", "row_id", "kind", "lang", "text", "economy_id", "economy", "href",
)  # fmt: skip

_ACTS: Final[Mapping[str, float]] = {
    "law": 4.0, "treaty": 4.0, "regulation": 3.0, "strategy": 2.5, "programme": 2.0, "plan": 2.0,
    "institution": 2.0, "standard": 1.0, "guideline": 1.0, "partnership": 1.0,
}  # fmt: skip
_CONTROLS: Final = ("regulation", "treaty", "guideline")
# What bears on a pillar comes first on its charts.
_NEAR: Final[Mapping[str, tuple[str, ...]]] = {
    "compute": ("capex_plan", "public_fund", "debt", "programme", "regulation"),
    "capital": ("round", "strategic", "public_fund", "listed", "m_and_a"),
    "models": ("programme", "law", "public_fund", "strategy"),
    "adoption": ("law", "strategy", "programme", "plan"),
    "research": ("strategy", "programme", "institution"),
    "talent": ("strategy", "programme", "plan"),
    "governance": ("law", "regulation", "institution"),
}


@dataclass(frozen=True, slots=True)
class Markers:
    """Chosen events, oldest first, and how many there were to choose from.

    `frame` has the columns of COLUMNS: period (date as the source has it), label (with the
    economy where there are several), row_id, kind, lang (of `text`), text, economy_id, economy,
    href (page of a policy, else empty).
    """

    frame: pd.DataFrame
    found: int
    kinds: tuple[str, ...]

    def __bool__(self) -> bool:
        return len(self.frame) > 0


def kinds_of(chosen: str | None, default: Sequence[str] = ()) -> tuple[tuple[str, ...], list[str]]:
    """Kinds named by `?events=`, in their order, and the words that name none.

    `0` and `off` are none, `1`, `on` and `all` are all, nothing said is `default`.
    """
    if chosen is None:
        return tuple(default), []
    words = [word.strip().lower() for word in chosen.split(",") if word.strip()]
    if words in (["0"], ["off"], ["none"]):
        return (), []
    if words in (["1"], ["on"], ["all"]):
        return KINDS, []
    bad = [word for word in words if word not in KINDS]
    good = tuple(kind for kind in KINDS if kind in words)
    return (good or tuple(default), bad) if bad else (good, [])


def kind_label(kind: str, t: Translator) -> str:
    """The heading of a kind of event."""
    match kind:
        case "policy":
            return t("Policies")
        case "control":
            return t("Export controls")
        case "model":
            return t("Model releases")
        case _:
            return t("Large deals")


def span_of(frame: pd.DataFrame) -> tuple[date, date] | None:
    """The time between the middles of a frame's first and last period, where its axis ends.

    Columns: period, value. None without a value.
    """
    periods = frame.loc[frame["value"].notna(), "period"].astype(str).unique()
    middles = [_middle(period) for period in periods if period]
    if not middles:
        return None
    return date.fromordinal(int(min(middles))), date.fromordinal(int(-(-max(middles) // 1)))


def _middle(period: str) -> float:
    covers = parse_period(period)
    return (covers.start.toordinal() + covers.end.toordinal()) / 2


def choose(
    catalogue: Catalogue,
    span: tuple[date, date] | None,
    economies: Sequence[str],
    kinds: Sequence[str],
    most: int = MOST,
    *,
    pillar: str = "",
) -> Markers:
    """Up to `most` events whose date lies inside the chart's time, by the rule that `rule` states."""
    if room() is not None:
        most = min(most, MOST_EVENTS)
    if span is None or not kinds or not economies:
        return Markers(pd.DataFrame(columns=list(COLUMNS)), 0, tuple(kinds))
    found = queries_markers.markers(
        catalogue.db, catalogue.as_of, span[0], span[1], sorted(set(economies))
    )
    rows = records(found)
    first, last = span[0].toordinal(), span[1].toordinal()
    kept = []
    for row in rows:
        kind = kind_of(row)
        weight = magnitude(row, pillar)
        if kind in kinds and weight > 0 and first <= _middle(clean(row["date"])) <= last:
            kept.append({**row, "marker": kind, "weight": weight})
    chosen = in_turn(kept, [kind for kind in KINDS if kind in kinds], most)
    chosen.sort(key=lambda row: (_middle(clean(row["date"])), clean(row["date"])))
    several = len(set(economies)) > 1
    frame = pd.DataFrame(
        [_said(row, catalogue, several=several) for row in chosen], columns=list(COLUMNS)
    )
    return Markers(frame, len(kept), tuple(kinds))


def kind_of(row: Mapping[str, Any]) -> str:
    """The marker kind of an event. Programmes and partnerships about chips are policies."""
    kind, sub = clean(row["kind"]), clean(row["subkind"])
    if kind == "export_control":
        return "control" if sub in _CONTROLS else "policy"
    return {"policy": "policy", "model": "model", "deal": "deal", "ipo": "deal"}.get(kind, "")


def magnitude(row: Mapping[str, Any], pillar: str = "") -> float:
    """How much an event weighs among those of its kind; 0 leaves it out.

    Policies: binding acts of states before strategies, programmes and guidance; dated to a year
    only, after those. Controls: rules before guidance. Models: by published parameters. Deals: by
    dollars, from US$500 million.
    """
    kind, sub = kind_of(row), clean(row["subkind"])
    near = 2.0 if sub in _NEAR.get(pillar, ()) else 0.0
    vague = 3.0 if clean(row["date_precision"]) not in ("day", "month") else 0.0
    if kind == "deal":
        usd = row.get("usd")
        if usd is None or usd != usd or usd < LEAST_USD:
            return 0.0
        return log10(usd / 1e8) + near / 2
    if kind == "model":
        size = row.get("params_b")
        return 1.0 + (log10(1 + size) if size is not None and size == size and size > 0 else 0.0)
    if clean(row.get("actor")) == "company_or_research":
        return 0.0
    base = _ACTS.get(sub, 0.0)
    if not base:
        return 0.0
    draft = 1.0 if clean(row.get("policy_status")) == "proposed" else 0.0
    return max(base + near + 4.0 - draft - vague, 0.1)


def in_turn(
    rows: Sequence[dict[str, Any]], kinds: Sequence[str], most: int
) -> list[dict[str, Any]]:
    """Take the largest event of each kind in turn, until `most` are taken.

    Of those of about one size (half a step of magnitude) the one furthest in time from its kind's
    others is taken, so that a busy month does not take all places. Events of one kind and economy
    closer than APART days to one that is taken stay out.
    """
    left = {
        kind: sorted(
            (row for row in rows if row["marker"] == kind),
            key=lambda row: (-_middle(clean(row["date"])), row["event_id"]),
        )
        for kind in kinds
    }
    chosen: list[dict[str, Any]] = []
    while len(chosen) < most and any(left.values()):
        for kind in kinds:
            taken = [other for other in chosen if other["marker"] == kind]
            left[kind] = [row for row in left[kind] if all(_apart(row, other) for other in taken)]
            if left[kind] and len(chosen) < most:
                best = max(left[kind], key=lambda row: (_step(row), _distance(row, taken)))
                left[kind].remove(best)
                chosen.append(best)
    return chosen


def _step(row: Mapping[str, Any]) -> int:
    return round(2 * float(row["weight"]))


def _distance(row: Mapping[str, Any], taken: Sequence[Mapping[str, Any]]) -> float:
    at = _middle(clean(row["date"]))
    return min((abs(at - _middle(clean(other["date"]))) for other in taken), default=0.0)


def _apart(row: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if clean(row["economy_id"]) != clean(other["economy_id"]):
        return True
    gap = abs(_middle(clean(row["date"])) - _middle(clean(other["date"])))
    return gap >= APART


def _said(row: Mapping[str, Any], catalogue: Catalogue, *, several: bool) -> dict[str, str]:
    t = catalogue.t
    kind, economy = str(row["marker"]), clean(row["economy_id"])
    text, lang = _text(row, t)
    # Whose act it is has to be said where the chart shows several, or where it came from outside.
    name = catalogue.name(economy) if economy and (several or kind == "control") else ""
    if economy == "INT":
        name = t("International")
    label = t("{economy}: {event}", economy=name, event=text) if name else text
    return {
        "period": clean(row["date"]), "label": label, "row_id": clean(row["row_id"]),
        "kind": kind, "lang": lang, "text": text, "economy_id": economy, "economy": name,
        "href": links.policy(policy) if (policy := clean(row.get("policy_id"))) else "",
    }  # fmt: skip


def _text(row: Mapping[str, Any], t: Translator) -> tuple[str, str]:
    """What happened, and the language it is told in, empty for the reader's own."""
    kind, sub = clean(row["kind"]), clean(row["subkind"])
    name = labels.org_name(row["org_name"], row["org_native_name"], row["org_language"], t).main
    if kind in ("deal", "ipo"):
        what = labels.deal_kind(sub, t) if kind == "deal" else labels.stage(sub, t)
        amount = t.money(row["usd"], "USD")
        return t("{company}: {kind}, {amount}", company=name, kind=what, amount=amount), ""
    title, lang = labels.title_in(row, t)
    if kind == "model":
        return (t("{model} by {company}", model=title, company=name), "") if name else (title, lang)
    title = title if len(title) <= 84 else title[:83].rstrip() + "…"
    return title, "" if lang == t.lang else lang


def key(markers: Markers, t: Translator) -> Safe | None:
    """What the numbers stand for, by kind; each entry opens its receipt. None without events."""
    if not markers:
        return None
    details = {(r["period"], r["label"], r["row_id"]): r for r in records(markers.frame)}
    events = read_events(markers.frame, 0, float("inf"))
    groups: dict[str, list[Safe]] = {}
    for event in events:
        row = details[(event.period, event.label, event.row_id)]
        economy = h("b", row["economy"], t.colon) if row["economy"] else None
        entry = h(
            "li",
            h("span", str(event.number), cls=f"no k-{event.kind}", aria_hidden="true"),
            h("span", economy, *_entry(row, t.period(event.period))),
        )
        groups.setdefault(event.kind, []).append(entry)
    columns = [
        h("div", h("h4", kind_label(kind, t)), h("ol", *groups[kind]))
        for kind in KINDS
        if kind in groups
    ]
    hidden = markers.found - len(markers.frame)
    more = None
    if hidden > 0:
        more = t.n(
            "{n} more event fits this chart and choice; the largest of each kind are shown.",
            "{n} more events fit this chart and choice; the largest of each kind are shown.",
            hidden,
        )
    return h(
        "div",
        h("div", *columns, cls="ev-cols"),
        h("p", more, cls="muted") if more else None,
        cls="ev-key",
    )


def _entry(row: Mapping[Any, Any], period: str) -> tuple[Safe, str, Safe]:
    """What happened and when: a policy leads to its page and its date opens the receipt."""
    lang = row["lang"] or None
    if row.get("href"):
        when = h("button", period, cls="num plain-t", type="button", data_receipt=row["row_id"])
        return h("a", row["text"], href=row["href"], data_go=True, lang=lang), " ", when
    text = h(
        "button",
        row["text"],
        cls="num plain-t",
        type="button",
        data_receipt=row["row_id"],
        lang=lang,
    )
    return text, " ", h("span", period, cls="muted")


def rule(t: Translator) -> str:
    """How events are chosen, for a card's method."""
    return t(
        "Events are those of the economies shown, and export controls that name one of them or a "
        "company at home there, whose date lies between the chart's first and last value. The "
        "largest of each kind are taken in turn, up to {n}: laws and rules before programmes and "
        "guidance, models on Epoch AI's notable list by published size, deals and listings by "
        "dollars from US$500 million; of those of one size, the furthest apart in time. Two of one "
        "kind and economy stand {days} days apart. "
        "Disputed and unchecked ones stay out. A bar above the chart is as long as the date is "
        "uncertain.",
        n=t.number(MOST),
        days=t.number(APART),
    )


def nothing(markers: Markers, t: Translator) -> Safe | None:
    """Said where events are switched on and none fits."""
    if markers or not markers.kinds:
        return None
    return h("p", t("No event of the chosen kinds falls into the time of this chart."), cls="muted")


def below(markers: Markers, t: Translator, *more: Safe | None) -> Safe | None:
    """For `Card.after`: the key, or that nothing fits, and what else the card says there."""
    parts = [part for part in (key(markers, t) or nothing(markers, t), *more) if part]
    return join(parts) if parts else None


__all__ = [
    "APART", "COLUMNS", "KINDS", "LEAST_USD", "MOST", "Markers", "below", "choose", "in_turn",
    "key", "kind_label", "kind_of", "kinds_of", "magnitude", "nothing", "rule", "span_of",
]  # fmt: skip
