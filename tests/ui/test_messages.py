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
        ("body_mass_index, größe_ß_2", None),
        ("_id a__b c_", r"\_id a\_\_b c\_"),
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


@pytest.mark.parametrize(
    ("page", "part", "label", "options"),
    [
        ("compare", "", "Class", {"class_0", "class_1", "class_2"}),
        (
            "after",
            "What if",
            "Row of the file",
            {"2: class_0"},
        ),  # row of the file
    ],
)
def test_lists_to_choose_from_are_no_markdown(visit, page, part, label, options):
    asked = {"section": part} if part else {}
    opened = visit(page, data="wine", n_lambdas="10", test_size="0.0", **asked)
    (box,) = (each for each in opened.at.selectbox if each.label == label)
    assert options <= set(box.options)


def test_classes_of_a_file_are_listed_as_they_are_written(open_page):
    page = open_page("data")
    rows = b"".join(b"%d,%s\n" % (i, (b"not_ill", b"*ill*")[i % 3 == 0]) for i in range(40))
    page.upload("own.csv", b"x,y\n" + rows)
    (box,) = (each for each in page.at.selectbox if each.label == "Model the probability of")
    assert sorted(box.options) == ["*ill*", "not_ill"]
