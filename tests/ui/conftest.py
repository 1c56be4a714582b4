from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from regpath.ui.state import Key

APP = Path(__file__).parents[2] / "app.py"


class Page:
    """The Explore page, driven without a browser; widgets are found by key, never by position."""

    def __init__(self) -> None:
        self.at = AppTest.from_file(str(APP), default_timeout=60).run()

    def pick(self, name: str) -> "Page":
        self.at.selectbox(key=Key.DATASET).set_value(name).run()
        return self

    def upload(self, name: str, content: bytes) -> "Page":
        if self.at.radio(key=Key.SOURCE).value != "Your CSV":
            self.at.radio(key=Key.SOURCE).set_value("Your CSV").run()
        self.at.file_uploader(key=Key.UPLOAD).upload(name, content)
        self.at.run()
        return self

    @property
    def strength(self):
        (slider,) = self.at.select_slider
        return slider

    @property
    def html(self) -> str:
        return "\n".join(part.proto.body for part in self.at.get("html"))

    @property
    def charts(self) -> dict[str, str]:
        specs = [chart.proto.spec for chart in self.at.get("plotly_chart")]
        return dict(zip(("paths", "scores"), specs, strict=False))

    @property
    def errors(self) -> list[str]:
        return [error.value.replace("\\", "") for error in self.at.error]

    def fine(self) -> bool:
        return not self.at.exception and not self.at.error and len(self.at.select_slider) == 1


@pytest.fixture
def page() -> Page:
    return Page()
