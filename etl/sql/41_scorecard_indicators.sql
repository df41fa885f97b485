-- Measures that enter the scorecard, with goalposts and reasons
SELECT * FROM core.scorecard_indicators
