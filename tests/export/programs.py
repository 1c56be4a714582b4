"""Programs that exports are run by, where they are installed."""

import shutil
import subprocess

import pytest

OFFICE = shutil.which("soffice")
RSCRIPT = shutil.which("Rscript")


def has_glmnet():
    if RSCRIPT is None:
        return False
    asked = [RSCRIPT, "-e", "quit(status = !requireNamespace('glmnet', quietly = TRUE))"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


needs_r = pytest.mark.skipif(not has_glmnet(), reason="needs R with its package glmnet")
needs_office = pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice Calc (soffice)")
