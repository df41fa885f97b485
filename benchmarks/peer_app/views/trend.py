"""An economy's trends as Streamlit makes them by default: everything built anew in every run."""

import streamlit as st

from benchmarks.peers import content

st.title("Trends")
codes = content.economies()
chosen = st.radio("Economy", codes, index=codes.index("KOR"), horizontal=True)
left, right = st.columns(2)
for number, figure in enumerate(content.figures(chosen)):
    (left, right)[number % 2].plotly_chart(figure, key=f"chart-{number}")
st.dataframe(content.table(chosen), hide_index=True)
