import pytest

from regpath.ui.messages import escaped, literal


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Column 'income' is set aside: it is constant.", None),
        ("*a* and _b_", r"\*a\* and \_b\_"),
        ("<b>x</b> & y", r"\<b\>x\</b\> \& y"),
        ("$x$ `c` [l](u)", r"\$x\$ \`c\` \[l\](u)"),
        (":smile: :red[z]", r"\:smile: \:red\[z\]"),
        ("two\nlines", "two lines"),
    ],
)
def test_literal_escapes_what_markdown_would_read(text, shown):
    assert literal(text) == (text if shown is None else shown)


@pytest.mark.parametrize("text", ["a -> b", "a <= b", "http://x.y", "www.x.y", "a@b.c"])
def test_literal_parts_what_streamlit_replaces_even_when_escaped(text):
    joined = literal(text).replace("\\", "")
    assert joined != text
    assert joined.replace("\u2060", "") == text


def test_escaped_is_text_in_html():
    assert escaped('<img src=x onerror="a">') == "&lt;img src=x onerror=&quot;a&quot;&gt;"
