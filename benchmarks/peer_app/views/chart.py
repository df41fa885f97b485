"""One line of text and one Plotly line chart of five series."""

import plotly.graph_objects as go
import streamlit as st

figure = go.Figure(layout={"height": 400})
for series in range(5):
    figure.add_scatter(
        x=list(range(2000, 2026)),
        y=[(series + 1) * 10 + (year % (3 + series)) for year in range(26)],
        name=f"series {series + 1}",
    )
st.write("hello")
st.plotly_chart(figure)
