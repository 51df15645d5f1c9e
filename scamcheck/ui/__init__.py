"""The Streamlit front end. Nothing else of scamcheck imports streamlit."""
