import pytest

from regpath.charts.theme import DARK, LIGHT, plain, shortened, style_of

STREAMLIT_DARK = "#171614"


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, two):
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("look", "paper"), [(LIGHT, LIGHT.paper), (DARK, DARK.paper), (DARK, STREAMLIT_DARK)]
)
def test_contrast_reaches_wcag_aa(look, paper):
    for line in (*look.lines, look.train, look.test, look.positive, look.negative, look.warn):
        assert contrast(line, paper) >= 3.0, line
    for text in (look.ink, look.muted):
        assert contrast(text, paper) >= 4.5, text


def test_names_become_text():
    assert plain("<b>a</b> & b") == "&lt;b&gt;a&lt;/b&gt; &amp; b"
    assert plain("two\nlines") == "two lines"


def test_long_names_are_cut_with_a_sign():
    assert shortened("short") == "short"
    assert len(shortened("a very long name indeed")) <= 18
    assert shortened("a very long name indeed").endswith("…")


def test_ranks_beyond_the_colours_change_the_dash():
    styles = [tuple(style_of(rank, LIGHT).values()) for rank in range(24)]
    assert len(set(styles)) == 24
