"""The section on how to do it again: Python that gives the same numbers, digests and versions."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from regpath.export.python_script import python_script
from regpath.export.reporting.section import Block, Cells, Code, Section, Text
from regpath.export.reporting.subject import Subject
from regpath.number_format import num

LIBRARIES = ("numpy", "scipy", "pandas", "pyarrow", "scikit-learn", "numba")


def repeat(of: Subject) -> Section:
    """Everything that it takes to get the same numbers."""
    study, path = of.study, of.path
    facts = [
        ("data digest", study.table.digest),
        ("choices", study.recipe.to_query()),
        ("strength", repr(of.lam)),
        (
            "violation of the optimality conditions there",
            f"{num(path.kkt_violation[of.index]):.1e}",
        ),
        ("relative duality gap there", f"{num(path.dual_gap[of.index]):.1e}"),
    ]
    blocks: list[Block] = [
        Text("The same file read by this code gives the same numbers, but for rounding:"),
        Code(python_script(study, of.lam, file_name=f"{study.path.target}_again.py")),
        Cells.of("Digests and proof", ("", ""), facts),
        Cells.of("Versions", ("", ""), versions()),
    ]
    return Section("repeat", "How to repeat it", tuple(blocks))


def versions() -> list[tuple[str, str]]:
    """Of Python and of the libraries that compute."""
    import regpath

    found = [("regpath", regpath.__version__), ("Python", platform.python_version())]
    for name in LIBRARIES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:  # installed without its metadata
            continue
    return found
