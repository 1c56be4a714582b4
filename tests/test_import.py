import subprocess
import sys

HEAVY = ("streamlit", "plotly", "numba", "matplotlib", "sklearn", "scipy.stats")


def test_importing_regpath_is_light():
    code = f"import sys, regpath; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_public_names_exist_and_errors_share_a_base():
    import regpath

    for name in regpath.__all__:
        assert hasattr(regpath, name)
    for error in (regpath.DataError, regpath.NothingToFindError, regpath.ParameterError):
        assert issubclass(error, regpath.RegpathError)
        assert issubclass(error, ValueError)
    assert str(regpath.DataError("What.", "Do this.")) == "What. Do this."
