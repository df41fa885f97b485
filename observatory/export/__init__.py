"""Files made from what a page shows: CSV with sources, safe for spreadsheets."""
