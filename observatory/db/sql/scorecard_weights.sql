-- Weights of every preset.
SELECT preset_id, kind, target, weight FROM serve.scorecard_weights ORDER BY position
