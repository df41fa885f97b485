"""Editions of what the screen shows: slides for PowerPoint, briefs to print and send.

Made of `observatory.cards.page_view.PageView`, so that they hold the same numbers. Nothing here
imports Streamlit, and nothing here asks the database.
"""
