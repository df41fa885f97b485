-- Names, brands, former names and tickers of organisations
SELECT org_id, language, name, kind, source_id FROM core.names
