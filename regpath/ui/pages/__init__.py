"""One module per page, each a straight read from state to screen.

To add one: docs/extending/page.md.
"""
