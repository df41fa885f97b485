"""Money of deals, counted once: totals of one class of firmness, and who pays whom.

Pure functions. Pledged, committed and closed money is never added; the functions take deals of
one class and kind at a time and their results do not depend on the order of what they are given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

CLASSES: Final = ("pledged", "committed", "closed", "unknown")
"""How firm money is, the firmest last; "unknown": the source does not say."""

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "plans": ("capex_plan",),
    "public": ("public_fund", "budget", "grant"),
    "rounds": ("round", "strategic"),
    "cornerstones": ("cornerstone",),
    "debt": ("debt",),
    "takeovers": ("m_and_a",),
    "other": ("other",),
}
"""Kinds of deals that may stand in one total. Kinds of different groups are never added."""

UNKNOWN: Final = "unknown"
"""Nobody is named, or not everybody who is named can be placed in an economy."""
SEVERAL: Final = "several"
"""The named are of several economies, and no source says who brings how much."""

BARRED: Final = frozenset({"disputed", "unchecked", "superseded"})
"""Statuses whose amounts enter no total."""


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal as its leading row tells it. ``usd`` is None where no dollars can be given.

    ``why`` says why not: ``no_amount`` or ``no_rate``. ``payer`` and ``receiver`` are economy ids,
    UNKNOWN or SEVERAL; ``hosted`` is True where the receiver is the place a source names, False
    where it is the home of the organisation that receives.
    """

    deal_id: str
    row_id: str
    group: str
    firm: str
    status: str
    usd: float | None
    why: str = ""
    payer: str = UNKNOWN
    receiver: str = UNKNOWN
    hosted: bool = False
    year: int | None = None
    aside: str = ""
    """Why it stands in no sum whatever its amount: "context", or "later" (told again, firmer)."""

    @property
    def countable(self) -> bool:
        """Whether its amount may enter a total."""
        return self.usd is not None and self.status not in BARRED and not self.aside


@dataclass(frozen=True, slots=True)
class Tally:
    """A total of deals of one class and kind, and what it leaves out.

    ``n`` deals in all, of which ``counted`` are in ``usd``; the others have no amount, no exchange
    rate, sources in dispute, weak sources only, stand for context, were told again later, or are
    (or may be) part of a deal that counts.
    """

    usd: float = 0.0
    n: int = 0
    counted: int = 0
    no_amount: int = 0
    no_rate: int = 0
    disputed: int = 0
    unchecked: int = 0
    parts: int = 0
    context: int = 0
    later: int = 0
    deals: tuple[Deal, ...] = ()

    @property
    def left_out(self) -> int:
        """Deals that are not in the total."""
        return self.n - self.counted


@dataclass(frozen=True, slots=True)
class Flow:
    """Money from one economy to another (or to and from UNKNOWN, SEVERAL)."""

    payer: str
    receiver: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Balance:
    """Money of one economy: at home, in from others, out to others, and what is unknown."""

    economy: str
    home: float = 0.0
    incoming: float = 0.0
    outgoing: float = 0.0
    from_unknown: float = 0.0
    to_unknown: float = 0.0
    n: int = 0


def group_of(kind: str) -> str:
    """The group a kind of deal belongs to."""
    return next((name for name, kinds in GROUPS.items() if kind in kinds), "other")


def once(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """One row a deal: the one that leads it, else the first by id. Order and repeats do not matter."""
    best: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        old = best.get(str(row["deal_id"]))
        if old is None or _rank(row) < _rank(old):
            best[str(row["deal_id"])] = row
    return [best[key] for key in sorted(best)]


def _rank(row: Mapping[str, Any]) -> tuple[bool, str]:
    return not bool(row.get("is_lead")), str(row["row_id"])


def side(economies: Iterable[str | None]) -> str:
    """Economy of one side of a deal from the economies of those named; None: cannot be placed."""
    named = list(economies)
    if not named or any(not one for one in named):
        return UNKNOWN
    found = {str(one) for one in named}
    return found.pop() if len(found) == 1 else SEVERAL


def apart(deals: Iterable[Deal], links: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Ids of the deals whose amounts are sums of their own.

    ``links`` are pairs of deals of which one is, or may be, part of the other. Inside one class
    and group the larger of a pair counts and the smaller does not, so a total is never too high
    for counting twice; where the texts do not settle it, it may be too low.
    """
    near: dict[str, set[str]] = {}
    for one, two in links:
        near.setdefault(one, set()).add(two)
        near.setdefault(two, set()).add(one)
    kept: dict[str, Deal] = {}
    usable = {deal.deal_id: deal for deal in deals if deal.countable}
    for deal in sorted(usable.values(), key=lambda d: (-(d.usd or 0.0), d.deal_id)):
        rivals = (kept[key] for key in near.get(deal.deal_id, ()) if key in kept)
        if not any((r.group, r.firm) == (deal.group, deal.firm) for r in rivals):
            kept[deal.deal_id] = deal
    return frozenset(kept)


def tally(deals: Iterable[Deal], kept: frozenset[str]) -> Tally:
    """The total of deals of one class and group; each deal once, ``kept`` as `apart` gives it.

    Raises ValueError for deals of more than one class or group.
    """
    unique = {deal.deal_id: deal for deal in deals}
    if len({(deal.group, deal.firm) for deal in unique.values()}) > 1:
        raise ValueError("pledged, committed and closed money and other kinds are never added")
    order = sorted(unique.values(), key=lambda d: (-(d.usd or 0.0), d.deal_id))
    reasons = Counter(_reason(deal, kept) for deal in order)
    return Tally(
        usd=sum(deal.usd or 0.0 for deal in order if not _reason(deal, kept)),
        n=len(order),
        counted=reasons[""],
        no_amount=reasons["no_amount"],
        no_rate=reasons["no_rate"],
        disputed=reasons["disputed"],
        unchecked=reasons["unchecked"] + reasons["superseded"],
        parts=reasons["part"],
        context=reasons["context"],
        later=reasons["later"],
        deals=tuple(order),
    )


def reason(deal: Deal, kept: frozenset[str]) -> str:
    """Why a deal is not in its total: empty if it is."""
    return _reason(deal, kept)


def _reason(deal: Deal, kept: frozenset[str]) -> str:
    if deal.status in BARRED:
        return deal.status
    if deal.usd is None:
        return deal.why or "no_amount"
    if deal.aside:
        return deal.aside
    return "" if deal.deal_id in kept else "part"


def by(deals: Iterable[Deal], kept: frozenset[str], key: Callable[[Deal], str]) -> dict[str, Tally]:
    """Tallies by a property of the deals, the largest first."""
    groups: dict[str, list[Deal]] = {}
    for deal in deals:
        groups.setdefault(key(deal), []).append(deal)
    found = {name: tally(some, kept) for name, some in groups.items()}
    return dict(sorted(found.items(), key=lambda item: (-item[1].usd, -item[1].n, item[0])))


def flows(deals: Iterable[Deal], kept: frozenset[str]) -> list[Flow]:
    """Who pays whom, the largest first; the totals of the flows add up to that of the deals."""
    groups: dict[tuple[str, str], list[Deal]] = {}
    for deal in deals:
        groups.setdefault((deal.payer, deal.receiver), []).append(deal)
    found = [Flow(*pair, tally(some, kept)) for pair, some in groups.items()]
    return sorted(found, key=lambda f: (-f.tally.usd, -f.tally.n, f.payer, f.receiver))


def balances(found: Sequence[Flow]) -> list[Balance]:
    """Each economy's money at home, in and out; the largest first."""
    names = {end for flow in found for end in (flow.payer, flow.receiver)} - {UNKNOWN, SEVERAL}
    out = []
    for name in names:
        touching = [flow for flow in found if name in (flow.payer, flow.receiver)]
        out.append(
            Balance(
                name,
                home=_sum(f for f in touching if f.payer == f.receiver),
                incoming=_sum(
                    f
                    for f in touching
                    if f.receiver == name and f.payer not in (name, UNKNOWN, SEVERAL)
                ),
                outgoing=_sum(
                    f
                    for f in touching
                    if f.payer == name and f.receiver not in (name, UNKNOWN, SEVERAL)
                ),
                from_unknown=_sum(
                    f for f in touching if f.receiver == name and f.payer in (UNKNOWN, SEVERAL)
                ),
                to_unknown=_sum(
                    f for f in touching if f.payer == name and f.receiver in (UNKNOWN, SEVERAL)
                ),
                n=sum(f.tally.n for f in touching),
            )
        )

    def size(b: Balance) -> float:
        return b.home + b.incoming + b.outgoing + b.from_unknown + b.to_unknown

    return sorted(out, key=lambda b: (-size(b), b.economy))


def _sum(found: Iterable[Flow]) -> float:
    return sum(flow.tally.usd for flow in found)


def unknown_share(found: Sequence[Flow]) -> tuple[float, float]:
    """Share of the money whose payer, and whose receiver, is not one known economy (0 to 1)."""
    whole = _sum(found)
    if not whole:
        return 0.0, 0.0
    loose = (UNKNOWN, SEVERAL)
    return (
        _sum(f for f in found if f.payer in loose) / whole,
        _sum(f for f in found if f.receiver in loose) / whole,
    )
