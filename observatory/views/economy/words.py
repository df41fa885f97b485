"""Sentences of the economy profile, computed from its places."""

from __future__ import annotations

from collections.abc import Sequence

from observatory.i18n import Translator
from observatory.views.economy.standing import Pillar, Standing, ahead_of_all, sure
from observatory.views.labels import sentence
from observatory.views.measures import Catalogue


def pillar_in_text(pillar: str, t: Translator) -> str:
    """A pillar's name inside a sentence."""
    match pillar:
        case "models":
            return t("models")
        case "compute":
            return t("compute")
        case "capital":
            return t("capital")
        case "adoption":
            return t("adoption")
        case "research":
            return t("research")
        case "talent":
            return t("talent")
        case _:
            return t("governance")


def place_in_text(rank: int, t: Translator) -> str:
    """A place in words up to the sixth, then as a number."""
    match rank:
        case 1:
            return t("first")
        case 2:
            return t("second")
        case 3:
            return t("third")
        case 4:
            return t("fourth")
        case 5:
            return t("fifth")
        case 6:
            return t("sixth")
        case _:
            return t.ordinal(rank)


def _group(rank: int, pillars: Sequence[Pillar], t: Translator) -> str:
    names = t.list([pillar_in_text(pillar.id, t) for pillar in pillars])
    return t("{place} in {pillars}", place=place_in_text(rank, t), pillars=names)


def scorecard_title(place: Standing, t: Translator) -> str:
    """Best places and the last one as a finding: "First in talent, second in models; sixth in adoption"."""
    placed = place.placed
    if not placed:
        ahead, compared = ahead_of_all(place)
        if place.economy in place.members or not compared:
            return t("Too few measures to place it in any pillar")
        return t.n(
            "Ahead of all its peers in {ahead} of {n} measure",
            "Ahead of all its peers in {ahead} of {n} measures",
            compared,
            ahead=t.number(ahead),
        )
    ranks = sorted({pillar.rank or 0 for pillar in placed})
    by_rank = {rank: [p for p in placed if p.rank == rank] for rank in ranks}
    if len(ranks) == 1:
        return sentence(_group(ranks[0], by_rank[ranks[0]], t))
    best = [_group(rank, by_rank[rank], t) for rank in ranks[:2] if rank != ranks[-1]]
    last = _group(ranks[-1], by_rank[ranks[-1]], t)
    return sentence(t("{best}; {last}", best=t(", ").join(best), last=last))


def deck(catalogue: Catalogue, place: Standing) -> str:
    """How good and how sure, in two or three sentences."""
    t = catalogue.t
    parts: list[str] = []
    placed = place.placed
    if place.economy not in place.members:
        parts.append(t("A comparator: shown beside its peers, not ranked with them."))
    ranked = [
        line
        for line in place.lines
        if line.kind == "ranked" and line.item.higher_is_better is not None
    ]
    leads = sum(line.rank == 1 and not line.tied for line in ranked)
    if ranked:
        parts.append(
            t.n(
                "Leads in {leads} of {n} ranked measure.",
                "Leads in {leads} of {n} ranked measures.",
                len(ranked),
                leads=t.number(leads) if leads else t("none"),
            )
        )
    if len({pillar.rank for pillar in placed}) > 1:
        best, worst = placed[0], placed[-1]
        parts.append(
            t(
                "Strongest in {best} ({best_rank}), weakest in {worst} ({worst_rank}).",
                best=pillar_in_text(best.id, t),
                best_rank=t.rank(best.rank or 0, best.base),
                worst=pillar_in_text(worst.id, t),
                worst_rank=t.rank(worst.rank or 0, worst.base),
            )
        )
    good, total = sure(place)
    if total:
        parts.append(
            t.n(
                "Official or confirmed: {good} of {n} value.",
                "Official or confirmed: {good} of {n} values.",
                total,
                good=t.number(good),
            )
        )
    else:
        parts.append(t("No headline measure has a value for it yet."))
    return (" " if t.lang in ("en", "ko") else "").join(parts)
