"""What the server adds around Streamlit; imports neither Streamlit's commands nor the pages."""
