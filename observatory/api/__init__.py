"""Open data over HTTP: the served build as JSON, CSV and Parquet, described by OpenAPI.

`routes.routes(opener)` gives the Starlette routes; `observatory.ui.server` serves them beside the
pages. Nothing here knows Streamlit.
"""
