import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from regpath.explorer.packing import unpack
from regpath.ui.explorer import STATE
from regpath.ui.state import Key

APP = Path(__file__).parents[2] / "app.py"


class Page:
    """The Explore page, driven without a browser; widgets are found by key, never by position."""

    def __init__(self, **query) -> None:
        self.at = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in query.items():
            self.at.query_params[name] = value
        self.at.run()

    def pick(self, name: str) -> "Page":
        self.at.selectbox(key=Key.DATASET).set_value(name).run()
        return self

    def upload(self, name: str, content: bytes) -> "Page":
        if self.at.radio(key=Key.SOURCE).value != "Your CSV":
            self.at.radio(key=Key.SOURCE).set_value("Your CSV").run()
        self.at.file_uploader(key=Key.UPLOAD).upload(name, content)
        self.at.run()
        return self

    def release(self, index: int, view: dict | None = None, owner: str | None = None) -> "Page":
        """What the explorer reports when the cursor is let go."""
        told = {"owner": owner or self.data["owner"], "index": index, "view": view or {}}
        self.at.session_state[Key.EXPLORER] = {STATE: told}
        self.at.run()
        return self

    @property
    def data(self) -> dict:
        """What the explorer was sent."""
        (sent,) = self.sent
        return sent

    @property
    def sent(self) -> list[dict]:
        """What explorers with data were sent; one may be loading ahead without."""
        told = [json.loads(each.proto.json or "null") for each in self.at.get("bidi_component")]
        return [each for each in told if each]

    @property
    def payload(self) -> dict:
        return self.data["payload"]

    @property
    def arrays(self) -> dict:
        return unpack(self.payload)

    @property
    def html(self) -> str:
        return "\n".join(part.proto.body for part in self.at.get("html"))

    @property
    def errors(self) -> list[str]:
        return [error.value.replace("\\", "") for error in self.at.error]

    def fine(self) -> bool:
        return not self.at.exception and not self.at.error and len(self.sent) == 1


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def open_page():
    return Page
