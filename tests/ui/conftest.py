import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs

import pandas as pd
import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from regpath.explorer.packing import unpack
from regpath.ui.explorer import STATE
from regpath.ui.session.state import Key


def plain(text: str) -> str:
    """Text as a person sees it, without what keeps it from being Markdown."""
    return text.replace("\\", "").replace("\u2060", "")


APP = Path(__file__).parents[2] / "app.py"


def components(at: AppTest) -> list[dict]:
    """What our components were sent; one may be loading ahead without."""
    told = [json.loads(each.proto.json or "null") for each in at.get("bidi_component")]
    return [each for each in told if each]


def address_of(at: AppTest) -> dict[str, str | list[str]]:
    """The link that the browser was told to show last; several words of one name are a list."""
    *_, query = [each["query"] for each in components(at) if "query" in each]
    said = parse_qs(query, keep_blank_values=True)
    return {name: words if len(words) > 1 else words[0] for name, words in said.items()}


@pytest.fixture(scope="session", autouse=True)
def installed_components():
    """Look for components among all that is installed once, as a server does, not for each app.

    Every description of a package is read and parsed several times for that.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner,
            "scan_component_manifests",
            cache(manifest_scanner.scan_component_manifests),
        )
        yield


class App:
    """The app without a browser; widgets are found by key, never by position."""

    at: AppTest

    def bring(self, name: str, content: bytes) -> None:
        """Bring a file, and leave open what is predicted."""
        if self.at.radio(key=Key.SOURCE).value != "Your file":
            self.at.radio(key=Key.SOURCE).set_value("Your file").run()
        self.at.file_uploader(key=Key.UPLOAD).upload(name, content)
        self.at.run()

    def predict(self, target: str | None = None) -> None:
        """Say what is predicted where it is asked: what is offered first, or the last column."""
        asked = [b for b in self.at.button if str(b.key).startswith(Key.PREDICT)]
        fields = [box for box in self.at.selectbox if str(box.key).startswith(Key.OTHER_TARGET)]
        if target is None and asked:
            asked[0].click().run()
        elif fields:
            fields[0].set_value(target or fields[0].options[-1]).run()

    def decimal(self, key: str) -> Any:
        """The field of text in which a number with decimals is typed."""
        keys = {str(field.key): field for field in self.at.text_input}
        of_decimals = re.compile(rf"{re.escape(key)}(:.*)?:(decimal|number):\d+")
        (found,) = [field for name, field in keys.items() if of_decimals.fullmatch(name)]
        return found

    @property
    def slider(self) -> Any:
        """The strength, on a page without the explorer."""
        start = Key.STRENGTH.of("")
        (found,) = [each for each in self.at.select_slider if str(each.key).startswith(start)]
        return found

    def resend(self, late: list[Any]) -> Self:
        """Run again, as a browser asks that still has fields of a run before."""
        states = self.at._tree.get_widget_states()
        states.widgets.extend(late)
        self.at._run(states)
        return self

    def upload(self, name: str, content: bytes, target: str | None = None) -> Self:
        self.bring(name, content)
        self.predict(target)
        return self


class Page(App):
    """The Explore page, driven without a browser; widgets are found by key, never by position."""

    def __init__(self, title: str = "explore", locale: str | None = None, **query) -> None:
        self.at = AppTest.from_file(str(APP), default_timeout=240)
        if locale is not None:
            self.at.context = {"locale": locale}
        for name, value in query.items():
            self.at.query_params[name] = value
        self.turn_to(title)

    def turn_to(self, title: str) -> "Page":
        """Turn to another page; AppTest can only do so for pages that are files."""
        self.at._page_hash = "" if title == "explore" else calc_hash(title)
        self.at._finished_page_script_hash = ""
        self.at.run()
        self.at._page_hash = ""
        return self

    def pick(self, name: str) -> "Page":
        self.at.selectbox(key=Key.DATASET).set_value(name).run()
        return self

    def edit(self, row: int, name: str, value: object) -> "Page":
        """Edit a cell of the table of columns, which AppTest can only show."""
        (editor,) = self.at.data_editor
        states = self.at._tree.get_widget_states()
        edited = states.widgets.add()
        edited.id = editor.proto.id
        edited.string_value = json.dumps({"edited_rows": {row: {name: value}}})
        self.at._run(states)
        return self

    @property
    def columns(self) -> pd.DataFrame:
        """The table of columns, by name."""
        (editor,) = self.at.data_editor
        return editor.value.set_index("Column")

    def find(self, kind: str, start: str, label: str = "") -> Any:
        """The one widget of a kind whose key starts with one thing and its label with another."""
        (found,) = (
            widget
            for widget in getattr(self.at, kind)
            if str(widget.key).startswith(start) and plain(widget.label).startswith(label)
        )
        return found

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
        """What explorers were sent."""
        return [each for each in components(self.at) if "payload" in each]

    @property
    def address(self) -> dict[str, str | list[str]]:
        return address_of(self.at)

    @property
    def payload(self) -> dict:
        return self.data["payload"]

    @property
    def arrays(self) -> dict:
        return unpack(self.payload)

    @property
    def offers(self) -> list[str]:
        """Columns that are offered as what is predicted."""
        return [plain(b.label) for b in self.at.button if str(b.key).startswith(Key.PREDICT)]

    @property
    def badge(self) -> str:
        """What is said of the alarms beside the title."""
        labels = [plain(link.proto.label) for link in self.at.get("page_link")]
        return next((label for label in labels if ": " in label), "")

    @property
    def html(self) -> str:
        return "\n".join(part.proto.body for part in self.at.get("html"))

    @property
    def errors(self) -> list[str]:
        return [plain(error.value) for error in self.at.error]

    def fine_here(self) -> bool:
        """Whether a page without an explorer shows all it has."""
        return not self.at.exception and not self.at.error

    def fine(self) -> bool:
        return not self.at.exception and not self.at.error and len(self.sent) == 1


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def open_page():
    return Page


SCRIPT = """
from importlib import import_module
from regpath.ui.workspace import open_workspace
import_module("regpath.ui.pages.{name}.page").show(open_workspace())
"""


class Visit(App):
    """One of the pages about choosing, opened by an address."""

    def __init__(self, name: str, **query) -> None:
        self.at = AppTest.from_string(SCRIPT.format(name=name), default_timeout=240)
        for key, value in query.items():
            self.at.query_params[key] = value
        self.at.run()

    def section(self, page: str, name: str) -> "Visit":
        self.at.button_group(key=Key.SECTION.of(page)).set_value(name).run()
        return self

    def press(self, label: str) -> "Visit":
        next(b for b in self.at.button if b.label.startswith(label)).click().run()
        return self

    @property
    def index(self) -> int:
        """Position of the only strength that was chosen."""
        (choice,) = self.at.session_state[Key.CHOICES].values()
        return choice.index

    @property
    def address(self) -> dict[str, str | list[str]]:
        return address_of(self.at)

    def offers(self, label: str) -> bool:
        return any(b.label.startswith(label) for b in self.at.button)

    @property
    def text(self) -> str:
        """All that is said, as it was before it was made harmless for Markdown."""
        parts = [*self.at.markdown, *self.at.caption, *self.at.info, *self.at.warning]
        said = "\n".join(part.value for part in parts).replace("\\", "")
        return said + "\n".join(part.proto.body for part in self.at.get("html"))

    def chart(self, number: int = 0) -> dict:
        return json.loads(self.at.get("plotly_chart")[number].proto.spec)

    def fine(self) -> bool:
        return not self.at.exception and not self.at.error


@pytest.fixture
def visit():
    return Visit
