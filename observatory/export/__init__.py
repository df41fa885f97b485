"""Files made from what a page shows: CSV, workbooks, Parquet, JSON, calendars, citations."""
