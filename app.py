"""Streamlit entry point: `streamlit run app.py`. The page itself is scamcheck.ui.page."""

from scamcheck.ui.page import main

main()
