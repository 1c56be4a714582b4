"""Commands of the shell, one module each: its options, and what it writes.

Layer law: imports everything below the app; `cli` lists the commands.
"""
