"""What the app is compared with: a blank page, and a page with one chart, as Streamlit makes them."""

import streamlit as st

page = st.navigation(
    [
        st.Page("views/blank.py", title="Blank", url_path="blank", default=True),
        st.Page("views/chart.py", title="Chart", url_path="chart"),
    ]
)
page.run()
