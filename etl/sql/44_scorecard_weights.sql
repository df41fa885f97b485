-- Weights of each preset: points of a pillar, or the weight of a measure inside its pillar
SELECT * FROM core.scorecard_weights
