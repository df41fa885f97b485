-- Presets of the scorecard, in the order of the file.
SELECT preset_id, name, why FROM serve.scorecard_presets ORDER BY position
