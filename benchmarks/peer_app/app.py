"""What the app is compared with, as Streamlit makes it: a blank page, one chart, an economy's trends."""

import streamlit as st

page = st.navigation(
    [
        st.Page("views/blank.py", title="Blank", url_path="blank", default=True),
        st.Page("views/chart.py", title="Chart", url_path="chart"),
        st.Page("views/trend.py", title="Trends", url_path="trend"),
    ]
)
page.run()
