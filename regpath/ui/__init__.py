"""The app: state in, one call per step, results shown. The only importer of Streamlit."""
