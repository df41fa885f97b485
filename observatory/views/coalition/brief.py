"""A brief in words, computed from the other cards of the coalition builder."""

from __future__ import annotations

from typing import Final

from observatory.cards.card_model import Card
from observatory.cards.markup import Safe, h
from observatory.views import labels
from observatory.views.coalition import enablers
from observatory.views.coalition.invite import best_invitation, lacking
from observatory.views.coalition.page import Coalition
from observatory.views.coalition.pool import SWELLED, level_with, percent
from observatory.views.measures import Indicator

# What a coalition is judged by first, in this order: the first measure of each with a value on both sides.
FIRST: Final = (
    ("epoch_h100e_operational", "top500_rmax_pflops"),
    ("private_ai_investment", "ai_private_funding_cset_2021usd"),
    ("authors_icml", "authors_iclr", "github_developers"),
)
ABSURD: Final = 10.0
"""A ratio from here on says that two things were counted differently, not that one side is stronger."""
TIMES: Final = 2.0
"""From here on a ratio is said as a multiple, not as a percentage."""


def _first(c: Coalition, rival: str) -> list[Indicator]:
    """Compute, capital and talent: one measure each, where both sides have a value."""
    known = {item.id: item for item in c.measures if item.id in c.race}
    found = []
    for ids in FIRST:
        item = next(
            (known[key] for key in ids if key in known and c.ratio(key, rival) is not None), None
        )
        if item is not None and (c.ratio(item.id, rival) or 0.0) < ABSURD:
            found.append(item)
    return found


def sentences(c: Coalition) -> list[str]:
    """The brief, one point a line: compute, capital and talent, strength and weakness, whom to invite,
    what binds."""
    t = c.t
    found: list[str] = []
    for code in c.rivals:
        level, behind = level_with(c, code)
        rival = c.data.say(code)
        first = _first(c, code)
        if first:
            parts = [
                t(
                    "{measure} {share}",
                    measure=item.short,
                    share=percent(c.ratio(item.id, code), "", c),
                )
                for item in first
            ]
            found.append(
                t(
                    "Against {rival}, as a share of its value: {parts}.",
                    rival=rival,
                    parts=t.list(parts),
                )
            )
        level = [
            item for item in level if item not in first and (c.ratio(item.id, code) or 0.0) < ABSURD
            and item.id not in SWELLED
        ]  # fmt: skip
        if level:
            item = level[0]
            ratio = c.ratio(item.id, code) or 0.0
            found.append(
                t("It stands best against {rival} in {measure}, with {n} times its value.", rival=rival,
                  measure=item.short, n=t.sig(ratio, 2)) if ratio >= TIMES else
                t("Against {rival} the coalition stands best in {measure}: {share} of its value.", rival=rival,
                  measure=item.short, share=percent(ratio, "", c))
            )  # fmt: skip
        elif behind and not level_with(c, code)[0]:
            item = behind[-1]
            found.append(
                t("It is behind {rival} in every measure; it comes closest in {measure}, with {share} of its value.",
                  rival=rival, measure=item.short, share=percent(c.ratio(item.id, code), "", c))
            )  # fmt: skip
        # The furthest of all, or nothing: where it is told above, no other takes its place.
        if behind and behind[0] not in first:
            item = behind[0]
            found.append(
                t("It is furthest behind {rival} in {measure}: {share} of its value.", rival=rival,
                  measure=item.short, share=percent(c.ratio(item.id, code), "", c))
            )  # fmt: skip
    for item in c.measures:
        share = c.world_share(item.id)
        if share is not None and item.id in c.race:
            found.append(t("Of the world's total in {measure} it holds {share}.", measure=item.short,
                           share=percent(share, "", c)))  # fmt: skip
    best = best_invitation(c)
    if best and c.rival:
        found.append(
            t("The next member that would add most is {economy}: alone it would close {share} of the gaps to {rival}"
              " on average ({n} of {m} measures known).", economy=c.data.say(best[0]), share=percent(best[1], "", c),
              rival=c.data.say(c.rival), n=t.number(best[2]), m=t.number(best[3]))
        )  # fmt: skip
    gaps = lacking(c)
    if gaps:
        found.append(t("No member has an organisation on file in {layers}.",
                       layers=t.list([labels.layer(layer, t) for layer in gaps])))  # fmt: skip
    shared = enablers.instruments(c)
    holds = shared[shared["standing"] == "holds"]
    found.append(
        t.n(
            "Members already share {n} standing instrument.",
            "Members already share {n} standing instruments.",
            len(holds),
        )
        if len(holds)
        else t("No standing instrument on file names two of its members.")
    )
    return found


def brief_card(c: Coalition) -> Card:
    """The brief as a list; its numbers stand in the other cards, where each opens its receipt."""
    t = c.t
    body: Safe = h("ul", *(h("li", line) for line in sentences(c)), cls="c-brief")
    return Card(
        id="brief",
        title=t("In short"),
        subtitle=t("Computed from the values below; each stands there with its receipt."),
        body=body,
        actions=("link",),
        level=2,
    )
