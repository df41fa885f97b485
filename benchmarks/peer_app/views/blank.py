"""Nothing but one line of text."""

import streamlit as st

st.write("hello")
