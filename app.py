"""Entry of the app: page configuration, navigation, one call. Everything else is in `ui`."""

import streamlit as st

from observatory.ui import lost, nav, shell

shell.configure()
asked = lost.resolve()
# The navigation bar is our own (observatory.ui.header): Streamlit's cannot hold the data date,
# filters and language in the same line, and can only be styled by its test ids.
page = st.navigation(nav.streamlit_pages(shell.translator_of_visit()), position="hidden")
shell.run(page, asked)
