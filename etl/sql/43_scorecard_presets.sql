-- Named sets of weights of the scorecard
SELECT * FROM core.scorecard_presets
