import subprocess
import sys

HEAVY = ("streamlit", "plotly", "numba", "matplotlib", "sklearn", "scipy.stats")
LATER = ("numpy", "pandas", "scipy", "regpath.core")  # than the import of the package


def test_importing_regpath_loads_nothing_and_its_names_are_light():
    code = (
        "import sys, regpath\n"
        f"print([m for m in {LATER + HEAVY!r} if m in sys.modules])\n"
        "names = set(regpath.__all__) - {'PathClassifier', 'PathRegressor'}\n"
        "[getattr(regpath, name) for name in names]\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "[]"]


def test_public_names_exist_and_errors_share_a_base():
    import regpath

    assert set(regpath.HOME_OF) | {"datasets"} == set(regpath.__all__) <= set(dir(regpath))
    for name in regpath.__all__:
        assert hasattr(regpath, name)
    for error in (regpath.DataError, regpath.NothingToFindError, regpath.ParameterError):
        assert issubclass(error, regpath.RegpathError)
        assert issubclass(error, ValueError)
    assert str(regpath.DataError("What.", "Do this.")) == "What. Do this."
