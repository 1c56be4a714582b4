"""Files as people have them: each made by a line that says what is wrong with it, and its truth.

`CASES` is all of them. What a case expects is said in `case.py`; the files are made in the other
modules, one for each kind of trouble.
"""

from tests.corpus import (
    codings,
    containers,
    damage,
    dialects,
    footers,
    headers,
    plain,
    refused,
    structures,
    values,
)

TABLES = (plain, dialects, headers, footers, structures, values, damage)
MODULES = (*TABLES, codings, containers, refused)
CASES = [case for module in MODULES for case in module.CASES]
