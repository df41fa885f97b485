"""Pages as values: HTML that cannot be broken by data, chart cards, tables, receipts, filters.

Nothing here draws or imports Streamlit; `observatory.ui` puts it on the page, `observatory.views`
makes it from the database.
"""
