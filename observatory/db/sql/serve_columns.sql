-- Views of schema serve that are read here, with their columns, types and comments.
SELECT c.table_name AS view_name, v.comment AS view_comment, c.column_name, c.data_type, c.comment
FROM duckdb_columns() c JOIN duckdb_views() v ON v.view_name = c.table_name AND v.schema_name = c.schema_name AND v.database_name = c.database_name
WHERE c.schema_name = 'serve'
ORDER BY c.table_name, c.column_index
