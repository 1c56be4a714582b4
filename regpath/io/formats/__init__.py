"""What a file is by its bytes, and the readers of those that are no text.

The list of formats, and who reads each, is `FORMATS` in `regpath/io/file_formats.py`.
"""
