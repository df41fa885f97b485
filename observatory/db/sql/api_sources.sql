-- Every source: who says it, where, under which terms, and how many observations rest on it. A list of titles, not of data.
SELECT row_id, source_id, title, publisher, origin, edition, published, read_on, source_kind, language, url,
       licence AS source_licence, reuse::VARCHAR AS source_reuse, redistribute, attribution, n_observations, 'open' AS reuse
FROM serve.sources
