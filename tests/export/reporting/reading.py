"""A report as a test sees it: its text, its tables and its tags."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """What a browser would find."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.text = ""
        self._rows: list[list[str]] = []
        self._caption, self._into = "", ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        if tag == "table":
            self._rows, self._caption = [], ""
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._rows[-1].append("")
        self._into = tag

    def handle_endtag(self, tag):
        if tag == "table":
            self.tables[self._caption] = self._rows
        self._into = ""

    def handle_data(self, data):
        if self._into in ("style", "title"):
            return
        self.text += data
        if self._into == "caption":
            self._caption += data
        elif self._into in ("td", "th"):
            self._rows[-1][-1] += data

    def table(self, begins):
        """The rows of the table whose caption begins so."""
        (found,) = [rows for caption, rows in self.tables.items() if caption.startswith(begins)]
        return found
