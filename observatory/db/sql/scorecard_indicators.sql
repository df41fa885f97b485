-- Measures that enter the scorecard, in the order of the file.
SELECT indicator_id, pillar, scale, low, high, why, composite, person_scale, person_low, person_high, person_why
FROM serve.scorecard_indicators
ORDER BY position
