"""Scripts run by a process of their own, which begins with the libraries that all of them import.

A script of scikit-learn takes two seconds of computing where Python starts anew for it, most of
them for these imports. `test_script_cases.py` and `test_round_trips.py` start Python anew.
"""

import multiprocessing
import os
import runpy
import subprocess
import sys
import warnings
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

# Each process imports this module too, so it imports nothing else of ours.
LONGEST = 240  # seconds, on a machine that does much else
CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()
IMPORTED = [
    "pandas",
    "scipy.optimize",
    "sklearn.compose",
    "sklearn.impute",
    "sklearn.linear_model",
    "sklearn.model_selection",
    "sklearn.pipeline",
]


def run_script(script: Path, source: Path, *strict: type[Warning]) -> subprocess.CompletedProcess:
    """What comes of a script and of a file that it is told, with some warnings as errors."""
    if not CAN_FORK:
        return _run_anew(script, source, strict)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(IMPORTED)
    printed = [script.with_suffix(f".{name}.txt") for name in ("stdout", "stderr")]
    process = context.Process(target=_carry_out, args=(script, source, strict, printed))
    with _plain_main():
        process.start()
    process.join(LONGEST)
    process.kill()  # of one that has ended nothing is left
    process.join()
    texts = [path.read_text(encoding="utf-8") for path in printed]
    return subprocess.CompletedProcess([script, source], process.exitcode, *texts)


@contextmanager
def _plain_main():
    """A process runs the main module of who starts it, which tests of the app make the app."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _run_anew(script, source, strict):
    return subprocess.run(
        [sys.executable, *(f"-Werror::{kind.__name__}" for kind in strict), script, source],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


def _carry_out(script, source, strict, printed):
    """Be a Python that was started with a script: its folder, its words, its streams, its errors.

    What the script raises is printed, and becomes the code of this process, as Python does it.
    """
    for number, name, path in zip((1, 2), ("stdout", "stderr"), printed, strict=True):
        stream = path.open("w", encoding="utf-8")
        os.dup2(stream.fileno(), number)
        setattr(sys, name, stream)
    sys.argv = [str(script), str(source)]
    sys.path.insert(0, str(script.parent))
    for kind in strict:
        warnings.filterwarnings("error", category=kind)
    runpy.run_path(str(script), run_name="__main__")
