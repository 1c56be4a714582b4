"""A report: what was asked, done and found, as one page that code writes from facts.

Each module makes sections of a `Subject`; a section is data, and `page.html` draws them all.
"""
