"""Pillars in reading order, and the measure that stands for each on the first screen."""

from __future__ import annotations

from observatory.model.vocab import Pillar

ORDER: tuple[Pillar, ...] = (
    Pillar.MODELS,
    Pillar.COMPUTE,
    Pillar.ADOPTION,
    Pillar.CAPITAL,
    Pillar.RESEARCH,
    Pillar.TALENT,
    Pillar.GOVERNANCE,
)

# Chosen for broad, recent coverage of the thirteen and a direction a reader can name.
LEAD: dict[Pillar, str] = {
    Pillar.MODELS: "epoch_notable_models",
    Pillar.COMPUTE: "top500_rmax_pflops",
    Pillar.ADOPTION: "ai_user_share_microsoft",
    Pillar.CAPITAL: "ai_private_funding_cset_2021usd",
    Pillar.RESEARCH: "papers_iclr",
    Pillar.TALENT: "github_developers",
    Pillar.GOVERNANCE: "gov_ai_readiness_score",
}
MAP_MEASURE = "ai_user_share_microsoft"
ASKED: dict[str, tuple[str, ...]] = {
    "Briefing": tuple(dict.fromkeys((MAP_MEASURE, *LEAD.values()))),
    "Economies": (MAP_MEASURE,),
    "Compare": tuple(LEAD.values()),
}
"""Measures that pages open with: a build may lack them, and then the page says so."""
