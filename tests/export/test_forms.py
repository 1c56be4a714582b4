"""Every form in which a model leaves is made for every kind of model, or refuses by name."""

import pytest

import regpath
from regpath.export.forms import FORMS, Leaving
from tests.export.studies import bundled_study, messy_study


@pytest.mark.parametrize("name", FORMS)
def test_each_form_is_made_of_a_messy_model(name):
    study = messy_study()
    content = FORMS[name].content(Leaving(study, study.path.lambdas[9], None, "a'b.txt"))
    assert isinstance(content, bytes)
    assert content


@pytest.mark.parametrize("name", FORMS)
def test_a_threshold_decides_or_is_refused(name):
    study, form = bundled_study("breast_cancer"), FORMS[name]
    leaving = Leaving(study, study.path.lambdas[9], 0.3)
    if form.takes_threshold:
        assert form.content(leaving) != form.content(Leaving(study, leaving.lam))
    else:
        with pytest.raises(regpath.ParameterError, match="decides nothing"):
            form.content(leaving)


def test_endings_differ_and_sentences_end():
    assert len({form.ending for form in FORMS.values()}) == len(FORMS)
    assert all(form.what.endswith(".") for form in FORMS.values())
