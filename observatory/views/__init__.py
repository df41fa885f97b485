"""What pages show, as values: queries, analysis and charts brought together, free of Streamlit."""
