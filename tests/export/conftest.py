"""LibreOffice, started with a profile of its own."""

import subprocess

import pandas as pd
import pytest

from tests.export.programs import OFFICE

# Without it, LibreOffice shows what the file says a formula was, and calculates nothing.
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@pytest.fixture(scope="session")
def calculate(tmp_path_factory):
    """Open workbooks, calculate them, and return the first sheet of each as a frame."""
    profile = tmp_path_factory.mktemp("profile")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS)

    def run(books):
        folder = tmp_path_factory.mktemp("books")
        for name, content in books.items():
            (folder / f"{name}.xlsx").write_bytes(content)
        subprocess.run(
            [
                OFFICE,
                f"-env:UserInstallation={profile.as_uri()}",
                "--headless",
                "--convert-to",
                "ods",
                *(str(folder / f"{name}.xlsx") for name in books),
                "--outdir",
                str(folder),
            ],
            check=True,
            capture_output=True,
            timeout=240,
        )
        return {name: pd.read_excel(folder / f"{name}.ods", engine="calamine") for name in books}

    return run
