-- First day on which any value of some indicators was known.
SELECT min(known_on) AS first_known FROM serve.observations WHERE list_contains($indicators, indicator_id)
