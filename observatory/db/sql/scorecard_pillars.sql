-- Pillars of the scorecard, in the order of the file.
SELECT pillar, meaning FROM serve.scorecard_pillars ORDER BY position
