"""A short Python script that makes the chosen model again with regpath itself."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import regpath
from regpath import datasets
from regpath.io import ColumnOptions, ReadOptions
from regpath.study import Study

TEMPLATE = '''\
"""A model chosen with regpath {version}, made again. Usage: python {file_name} [DATA]"""

import sys

import regpath

{table}
recipe = {recipe}
study = regpath.run_study(table, recipe).with_strength({lam!r})
model = regpath.export.model(study, {lam!r}, {model!r}{threshold})
print(study.path.coef_at({lam!r}).to_string())
print(study.scores[study.scores["lambda"] == model.lam].to_string(index=False))
if table.digest != {digest!r}:
    print("Other data, or read in another way, than those that the model was chosen on.")
'''
WIDTH = 100  # letters of a line of the script, as of our own


def python_script(
    study: Study,
    lam: float,
    file: str | Path | None = None,
    *,
    threshold: float | None = None,
    file_name: str = "regpath_model.py",
) -> str:
    """Write the script that makes the model at one point of the grid with regpath.

    Parameters
    ----------
    study : Study
        What `run_study` gave.
    lam : float
        A value of `study.path.lambdas`.
    file : str or Path, default=None
        Where to write it. None writes nothing.
    threshold : float, default=None
        Of two classes: from which probability on the second is predicted.
    file_name : str, default="regpath_model.py"
        What the script says it is called, if it is not written.

    Returns
    -------
    str
        Python source of some ten lines. Names of the data stand in it as quoted text only.

    Raises
    ------
    ParameterError
        If `lam` is not on the grid.

    Examples
    --------
    >>> import regpath
    >>> study = regpath.run_study(
    ...     regpath.datasets.load("iris"), regpath.Recipe("species", n_lambdas=20)
    ... )
    >>> print(regpath.export.python_script(study, study.path.lambdas[9]).splitlines()[7])
    recipe = regpath.Recipe(target='species', n_lambdas=20)
    """
    lam = float(study.path.lambdas[study.path.index_of(lam)])
    name = Path(file).name if file is not None else file_name
    source = TEMPLATE.format(
        version=regpath.__version__,
        file_name=plain(name),
        table=table_code(study),
        recipe=call("regpath.Recipe", given(study.recipe)),
        lam=lam,
        model=f"{plain(Path(study.table.name).stem) or 'data'}.model.json",
        threshold="" if threshold is None else f", threshold={threshold!r}",
        digest=study.table.digest,
    )
    if file is not None:
        Path(file).write_text(source, encoding="utf-8", newline="\n")
    return source


def table_code(study: Study, *, from_shell: bool = True) -> str:
    """Lines that read the data of a study as they were read; `from_shell` takes its argument."""
    name, options = study.table.name, study.table.reading.options
    found = [entry.name for entry in datasets.catalog() if entry.name == name]
    source = "sys.argv[1]" if from_shell else repr(file_of(study))
    if not study.table.reading.columns:  # a frame, whose file has a row of names, be it of numbers
        options = replace(options, header_rows=1)
    reader = call("regpath.read_table", {"": source, **_options(options)}, raw=True)
    if found and datasets.load(name).digest == study.table.digest:
        loaded = f"regpath.datasets.load({name!r})"
        return (
            f"table = {reader} if sys.argv[1:] else {loaded}"
            if from_shell
            else (f"table = {loaded}")
        )
    if from_shell:
        return f"sys.argv[1:] = sys.argv[1:] or [{file_of(study)!r}]\ntable = {reader}"
    return f"table = {reader}"


def file_of(study: Study) -> str:
    """What the data's file is called; what came as a frame is called after the name of the data."""
    name = study.table.name
    return name if Path(name).suffix else f"{name}.csv"


def given(value: Any) -> dict[str, Any]:
    """The fields of a frozen value that differ from their defaults."""
    plain_one = type(value)(value.target) if hasattr(value, "target") else type(value)()
    return {
        field.name: getattr(value, field.name)
        for field in fields(value)
        if field.name == "target" or getattr(value, field.name) != getattr(plain_one, field.name)
    }


def call(function: str, arguments: dict[str, Any], *, raw: bool = False) -> str:
    """Source of a call, on one line or one argument a line; `raw` arguments are source already."""
    parts = [
        f"{name}={value if raw else code(value)}" if name else str(value)
        for name, value in arguments.items()
    ]
    line = f"{function}({', '.join(parts)})"
    if len(line) <= WIDTH - len("recipe = "):
        return line
    return f"{function}(\n" + "".join(f"    {part},\n" for part in parts) + ")"


def code(value: Any) -> str:
    """Source of a value of a recipe or of options."""
    if isinstance(value, ColumnOptions):
        inner = ", ".join(f"{name}={code(part)}" for name, part in given(value).items())
        return f"regpath.ColumnOptions({inner})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {code(part)}" for key, part in value.items()) + "}"
    if isinstance(value, frozenset):
        return f"frozenset({sorted(value)!r})"
    return repr(value)


def plain(text: str) -> str:
    """Text that cannot end the string or the comment it stands in."""
    return re.sub(r"[^\w .()+-]", "_", text)


def _options(options: ReadOptions) -> dict[str, str]:
    said = given(options)
    return {"options": call("regpath.ReadOptions", said)} if said else {}
