"""How the scorecard is made: ten steps in our words, and the rules of the draws."""

from __future__ import annotations

from functools import lru_cache

from observatory.analysis.scorecard import FLOOR, MIN_SHARE, MIN_WEIGHT
from observatory.analysis.scorecard_draws import CONCENTRATION, DRAWS, SEED
from observatory.cards.markup import Safe, h, join
from observatory.i18n import Translator
from observatory.model.scope import MIN_CROSS_SECTION, MIN_RANKED
from observatory.views.economy.standing import OLDEST


def steps(t: Translator) -> list[tuple[str, str]]:
    """Name and text of the ten steps of the OECD and JRC handbook, and what is done at each."""
    return [
        (
            t("What is meant"),
            t(
                "An ecosystem of AI in seven pillars: models, compute, capital, adoption, research, talent, "
                "governance. Which pillar matters how much is the reader's to say; presets name some views."
            ),
        ),
        (
            t("Choice of measures"),
            t(
                "Measures with a known direction that hold most of the thirteen. At most one measure of each "
                "index of another publisher in a pillar. Disputed and unchecked values, forecasts and values "
                "that ended before {year} never enter.",
                year=str(OLDEST),
            ),
        ),
        (
            t("Missing values"),
            t(
                "Nothing is filled in. A measure without a value gives its weight to the others of its pillar, a "
                "pillar without any value to the other pillars. An economy is ranked only with values "
                "for {share} of the weighted measures and for {half} of the weight (share of the pillar times "
                "share within it); otherwise it is listed with the reason. A measure with fewer than {least} "
                "values among the thirteen counts for nobody.",
                share=t.percent(MIN_SHARE * 100, 0),
                half=t.percent(MIN_WEIGHT * 100, 0),
                least=t.number(MIN_RANKED),
            ),
        ),
        (
            t("How measures go together"),
            t(
                "Many measures follow size and move together; the table of measures says which pairs order the "
                "economies almost alike. Weights inside a pillar can be lowered for such pairs, and values per "
                "person take size out."
            ),
        ),
        (
            t("One scale"),
            t(
                "Fixed goalposts by default: round numbers, published with their reason, cut at both ends, "
                "logarithmic where ratios count. Also on offer: 50 points plus 10 for each standard deviation above "
                "the mean; the share of the others that are behind; the way from the lower goalpost to the leader."
            ),
        ),
        (
            t("Weights and the mean"),
            t(
                "A weighted mean of the measures of each pillar, then of the pillars. The geometric mean punishes "
                "weak spots; points below {floor} count as {floor} in it, so that one zero does not erase the rest.",
                floor=t.number(FLOOR),
            ),
        ),
        (
            t("How sure a rank is"),
            t(
                "{n} draws with fixed seed {seed}. Each takes weights from a Dirichlet distribution with "
                "concentration {alpha} around the chosen ones, between pillars and inside them; any scaling and any "
                "mean on offer; any usable value where several sources print one; and leaves out nothing or one "
                "measure of each pillar, all with the same chance. The interval holds the ranks from the 5th to the "
                "95th percentile of the draws.",
                n=t.number(DRAWS),
                seed=str(SEED),
                alpha=t.number(CONCENTRATION),
            ),
        ),
        (
            t("Back to the figures"),
            t(
                "A press on a score opens the values it is made of, each with points, weight, contribution and "
                "receipt. Contributions add up to the score."
            ),
        ),
        (
            t("Against other measures"),
            t(
                "The order is set beside output per person and the indices of other publishers by rank correlation. "
                "Agreement is no proof: some of the measures are parts of such an index, and the table counts them."
            ),
        ),
        (
            t("How it is shown"),
            t(
                "Tiers before ranks, intervals as loud as ranks, points without decimals. A tier ends where an "
                "interval shares no rank with that of the tier's first. With fewer than {least} economies there is "
                "no rank.",
                least=t.number(MIN_RANKED),
            ),
        ),
    ]


@lru_cache(maxsize=16)
def method(t: Translator) -> Safe:
    """The text behind the cards' method button."""
    lead = t(
        "Built after the ten steps of the Handbook on Constructing Composite Indicators of the OECD and the "
        "European Commission's Joint Research Centre (2008)."
    )
    period = t(
        "A measure is compared at the newest period that at least {n} of the thirteen hold, else at each economy's "
        "latest within three years; means, places and leaders are those of the thirteen and of the comparators "
        "that are switched on.",
        n=t.number(MIN_CROSS_SECTION),
    )
    return join([h("p", lead), step_list(t), h("p", period)])


def step_list(t: Translator) -> Safe:
    """The steps as a numbered list."""
    items = [h("li", h("b", name), h("span", text)) for name, text in steps(t)]
    return h("ol", *items, cls="s-steps")
