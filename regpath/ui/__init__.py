"""The app: state in, one call per step, results shown. The only importer of Streamlit.

Layer law: everything below may be imported here; nothing below imports this.
"""
