"""Saved queries of the SQL page: each answers a question that no single page puts this way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from observatory.i18n import N_


@dataclass(frozen=True, slots=True)
class Example:
    """A query with the question it answers."""

    id: str
    title: str
    sql: str


EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        "gains",
        N_("In which economy did the use of generative AI grow most?"),
        """SELECT h.entity_id AS economy_id,
       round(arg_max(h.value, h.period_end) - arg_min(h.value, h.period_end), 1) AS points_gained,
       arg_min(h.period, h.period_end) AS since,
       arg_max(h.period, h.period_end) AS latest,
       arg_max(h.value, h.period_end) AS latest_pct,
       arg_max(h.row_id, h.period_end) AS row_id
FROM headlines h
JOIN economies e ON e.economy_id = h.entity_id
WHERE h.indicator_id = 'ai_user_share_microsoft' AND e.in_scope AND h.is_headline AND h.valid_to IS NULL
GROUP BY ALL
ORDER BY points_gained DESC""",
    ),
    Example(
        "measures",
        N_("Which economies hold a headline value in how many measures?"),
        """SELECT h.entity_id AS economy_id, count(DISTINCT h.indicator_id) AS measures
FROM headlines h
JOIN economies e ON e.economy_id = h.entity_id
WHERE e.in_scope AND h.is_headline AND h.valid_to IS NULL
GROUP BY ALL
ORDER BY measures DESC""",
    ),
    Example(
        "series",
        N_("One series over time, with the source of each value"),
        """SELECT period, value, status, source_id, row_id
FROM headlines
WHERE indicator_id = 'internet_users_pct' AND entity_id = 'KOR' AND valid_to IS NULL
ORDER BY period_end""",
    ),
    Example(
        "models",
        N_("Models by year of release and openness of weights"),
        """SELECT year(period_start) AS year,
       count(*) AS models,
       count(*) FILTER (open_weights) AS open_weights
FROM models
WHERE valid_to IS NULL AND period_start IS NOT NULL
GROUP BY ALL
ORDER BY year""",
    ),
    Example(
        "disputes",
        N_("Where do sources differ most?"),
        """SELECT table_name, thing_id, entity_id, period, low, high, round(100 * spread, 1) AS gap_pct,
       n_sources, outcome, coalesce(chosen_row_id, lead_row_id) AS row_id
FROM conflicts
WHERE valid_to IS NULL AND spread > 0
ORDER BY gap_pct DESC
LIMIT 20""",
    ),
    Example(
        "stages",
        N_("How long from the first filing to the listing?"),
        """WITH steps AS (
  SELECT ipo_id, org_id, min(period_end) FILTER (stage = 'filed') AS filed,
         min(period_end) FILTER (stage = 'listed') AS listed
  FROM ipo_events
  WHERE is_lead AND valid_to IS NULL
  GROUP BY ALL
)
SELECT org_id, filed, listed, listed - filed AS days
FROM steps
WHERE listed >= filed
ORDER BY days""",
    ),
    Example(
        "policies",
        N_("Policies by economy and kind"),
        """SELECT economy_id, kind, count(DISTINCT policy_id) AS policies
FROM policies
WHERE valid_to IS NULL AND economy_id IS NOT NULL
GROUP BY ALL
ORDER BY policies DESC
LIMIT 30""",
    ),
    Example(
        "statuses",
        N_("How well is each subject covered, by status?"),
        """SELECT i.domain, count(*) AS rows,
       round(100 * avg(CAST(o.status = 'official' AS INTEGER)), 1) AS official_pct,
       round(100 * avg(CAST(o.status = 'confirmed' AS INTEGER)), 1) AS confirmed_pct
FROM observations o
JOIN indicators i USING (indicator_id)
WHERE o.valid_to IS NULL
GROUP BY ALL
ORDER BY rows DESC""",
    ),
    Example(
        "day",
        N_("What was known on a day"),
        """SELECT indicator_id, entity_id, period, value, known_on, row_id
FROM headlines
WHERE valid_from <= DATE '2026-03-01' AND coalesce(valid_to > DATE '2026-03-01', true)
  AND is_headline AND entity_id = 'JPN'
ORDER BY known_on DESC, indicator_id
LIMIT 50""",
    ),
    Example(
        "sources",
        N_("Which publishers do the values rest on?"),
        """SELECT publisher, count(*) AS sources, sum(n_observations) AS observations,
       string_agg(DISTINCT licence, '; ') AS licences
FROM sources
WHERE reuse = 'open'
GROUP BY ALL
ORDER BY observations DESC
LIMIT 20""",
    ),
)
