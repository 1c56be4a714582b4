"""A short Python script that makes the chosen model again with regpath itself."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from pathlib import Path

import regpath
from regpath import datasets
from regpath.export.python_literals import call, given, plain
from regpath.export.reading_lines import LACKS, absent_line, columns_in_use
from regpath.study import Study

TEMPLATE = '''\
"""A model chosen with regpath {version}, made again. Usage: python {file_name} [DATA]"""

import sys

import regpath

recipe = {recipe}
try:
{table}
    study = regpath.run_study(table, recipe).with_strength({lam!r})
except regpath.RegpathError as error:
    sys.exit(f"No model can be made of these data. {{error}}")
model = regpath.export.model(study, {lam!r}, {model!r}{threshold})
print(study.path.coef_at({lam!r}).to_string())
print(study.scores[study.scores["lambda"] == model.lam].to_string(index=False))
if table.digest != {digest!r}:
    print("Other data, or read in another way, than those that the model was chosen on.")
'''
MOST_NAMED = 300  # columns that are looked for by name: reports hold the script, to be printed


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

    Notes
    -----
    Other data may be given to the script; columns of the fit that they lack are named, since it
    would otherwise fit another model. Of a wide table only the target and the columns of a role,
    such as weights, are looked for; that data are others is said in any case.

    Examples
    --------
    >>> import regpath
    >>> study = regpath.run_study(
    ...     regpath.datasets.load("iris"), regpath.Recipe("species", n_lambdas=20)
    ... )
    >>> print(regpath.export.python_script(study, study.path.lambdas[9]).splitlines()[6])
    recipe = regpath.Recipe(target='species', n_lambdas=20)
    """
    lam = float(study.path.lambdas[study.path.index_of(lam)])
    name = Path(file).name if file is not None else file_name
    source = TEMPLATE.format(
        version=regpath.__version__,
        file_name=plain(name),
        table=textwrap.indent(table_code(study), "    "),
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
    said = {"options": call("regpath.ReadOptions", given(options))} if given(options) else {}
    reader = call("regpath.read_table", {"": source, **said}, raw=True)
    if found and datasets.load(name).digest == study.table.digest:
        loaded = f"regpath.datasets.load({name!r})"
        if not from_shell:
            return f"table = {loaded}"
        return f"table = {reader} if sys.argv[1:] else {loaded}\n{_refusal(study, from_shell)}"
    taken = f"sys.argv[1:] = sys.argv[1:] or [{file_of(study)!r}]\n" if from_shell else ""
    return f"{taken}table = {reader}\n{_refusal(study, from_shell)}"


def _refusal(study: Study, from_shell: bool) -> str:
    """Lines that name the columns of the fit that other data lack."""
    needed = columns_in_use(study)
    if len(needed) > MOST_NAMED:
        kinds = study.train.encoder.kinds if study.train.encoder else {}
        needed = [column for column in needed if column not in kinds]
    stop = f"sys.exit({LACKS})" if from_shell else f"raise ValueError({LACKS})"
    return f"{absent_line(needed, 'column not in table.frame')}if absent:\n    {stop}"


def file_of(study: Study) -> str:
    """What the data's file is called; what came as a frame is called after the name of the data."""
    name = study.table.name
    return name if Path(name).suffix else f"{name}.csv"
