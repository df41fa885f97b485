-- Pillars of the scorecard
SELECT * FROM core.scorecard_pillars
