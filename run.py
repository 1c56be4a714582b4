"""Set up regpath and use it, with nothing but Python 3.11 or newer.

    python run.py app            set up everything, then start the app
    python run.py test           set up everything, then run the tests
    python run.py test -k path   further arguments go on to regpath, or to pytest

Inside a virtual environment it installs there; otherwise into .venv beside this file.
"""

# An old Python must be able to read this file, or it could not say that it is too old.

import contextlib
import hashlib
import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST = (3, 11)
SECONDS_TO_FINISH = 10
TARGETS = {"app": ".", "test": ".[test]"}
COVERED_BY = {"app": ("app", "test"), "test": ("test",)}
# In the order of collection: browser tests, the longest, come first (tests/e2e/conftest.py).
SIDE_BY_SIDE = ["-n", "auto", "--dist", "loadscope", "--no-loadscope-reorder"]
MODULES = {"app": ["regpath"], "test": ["pytest", *SIDE_BY_SIDE]}
# Tests run in a process on each core. More threads than its own core go on spinning after each
# product of matrices, in the way of the others: 24 s instead of 2 for one test on two busy cores.
SURROUNDINGS = {"app": {}, "test": {"OMP_NUM_THREADS": "1"}}


def main(arguments):
    """Do what the command line says and return the exit code."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__.strip())
        return 0
    command, rest = arguments[0], arguments[1:]
    if command not in TARGETS:
        print(f"Unknown command {command!r}.\n\n{__doc__.strip()}", file=sys.stderr)
        return 2
    refuse_old_python(sys.version_info)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        environment = choose_environment(sys.prefix, sys.base_prefix)
        set_up(environment, command)
        # Tests belong to the checkout; the app may be given a file named from where one stands.
        folder = ROOT if command == "test" else None
        surroundings = dict(SURROUNDINGS[command], **os.environ)  # what a person says goes before
        program = [python_of(environment), "-m", *MODULES[command], *rest]
        return call(program, cwd=folder, env=surroundings)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def refuse_old_python(version):
    """Exit with a message if this Python cannot run regpath."""
    if tuple(version[:2]) < OLDEST:
        needed, found = (".".join(map(str, numbers)) for numbers in (OLDEST, version[:3]))
        sys.exit(
            f"regpath needs Python {needed} or newer and this is Python {found}: "
            f"start run.py with a newer one, for example: python{needed} run.py app"
        )


def choose_environment(prefix, base_prefix):
    """Return the active virtual environment, or the one beside this file."""
    return Path(prefix) if prefix != base_prefix else ROOT / ".venv"


def python_of(environment, windows=os.name == "nt"):
    """Return the path of an environment's interpreter."""
    return str(environment / ("Scripts/python.exe" if windows else "bin/python"))


def set_up(environment, command):
    """Install regpath with what the command needs, unless that was done and nothing changed."""
    stamp = environment / "regpath-setup.txt"
    if is_current(stamp, command):
        return
    print(f"Setting up regpath in {environment} (the first time takes a minute or two)", flush=True)
    if not works(environment):
        create(environment)
    # From here on the old stamp would be a lie, even if the installation is interrupted.
    with contextlib.suppress(FileNotFoundError):
        stamp.unlink()
    install(environment, TARGETS[command])
    compile_kernels(environment)
    stamp.write_text(fingerprint(command, ROOT, sys.version), encoding="utf-8")


def is_current(stamp, command):
    """Tell whether an earlier setup, for this command or a larger one, still holds."""
    if not stamp.is_file():
        return False
    written = stamp.read_text(encoding="utf-8")
    return written in [fingerprint(name, ROOT, sys.version) for name in COVERED_BY[command]]


def fingerprint(command, root, version):
    """Return a digest of everything that an installation depends on."""
    project = (root / "pyproject.toml").read_bytes()
    parts = [project, TARGETS[command].encode(), version.encode(), os.fsencode(str(root))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def works(environment):
    """Tell whether an environment's interpreter starts and is new enough."""
    python = python_of(environment)
    check = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return Path(python).exists() and call([python, "-c", check]) == 0


def create(environment):
    """Create a virtual environment, in place of one that does not work."""
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        sys.exit(
            "This Python cannot create virtual environments; "
            f"on Debian or Ubuntu install the missing part with: sudo apt install {package}"
        )
    if call([sys.executable, "-m", "venv", "--clear", str(environment)]) != 0:
        sys.exit(f"{environment} could not be created (the reason is above).")


def install(environment, target):
    """Install this checkout, editable, with pip; add pip where it is missing."""
    python = python_of(environment)
    has_pip = "import importlib.util as u, sys; sys.exit(u.find_spec('pip') is None)"
    if call([python, "-c", has_pip]) != 0 and call([python, "-m", "ensurepip"]) != 0:
        sys.exit(f"{environment} has no pip, and it could not be added (the reason is above).")
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check"]
    if call([*pip, "--editable", target], cwd=ROOT) != 0:
        sys.exit(
            "pip could not install regpath (its message is above); most often "
            "the network is the reason: check the connection or proxy and try again."
        )


def compile_kernels(environment):
    """Compile the solvers now rather than at the first fit; without a cache that does no harm."""
    code = "from regpath.core.solvers import warm_up; warm_up()"
    call([python_of(environment), "-c", code], cwd=ROOT)


def call(command, cwd=None, env=None):
    """Run a command to its end and return its exit code; it never outlives this process."""
    child = subprocess.Popen(command, cwd=cwd and str(cwd), env=env)
    try:
        code = child.wait()
    except KeyboardInterrupt:
        # The terminal sent Ctrl-C to the child too: let it finish in its own way.
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(SECONDS_TO_FINISH)
        raise
    finally:
        child.terminate()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
