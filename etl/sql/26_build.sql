-- The build that serves these rows
SELECT build_id, schema_version, licence, data_date, left_out FROM core.build
