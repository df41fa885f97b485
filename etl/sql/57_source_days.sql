-- How many observations of each source became known on each day
SELECT source_id, known_on, count(*) AS n_rows FROM core.observations GROUP BY ALL
