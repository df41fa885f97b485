"""Frame -> Plotly figure."""
