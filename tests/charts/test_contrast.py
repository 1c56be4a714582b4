import pytest

from regpath.charts.contrast import contrast


def test_the_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=1e-3)
    assert contrast("#336699", "#336699") == 1.0


def test_the_order_of_two_colours_does_not_matter():
    assert contrast("#0067a5", "#fde725") == contrast("#fde725", "#0067a5")
