"""The services: the store turned into views, and what people may do. No streamlit, no plotly."""
