import json

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from regpath.core.metrics.measures import MEASURES
from regpath.glossary import glossary
from regpath.ui.heads import HEADS, heads_of


def help_of(frame):
    return {name: column["help"] for name, column in heads_of(frame).items()}


def test_heads_of_ours_are_explained_and_names_of_the_data_are_not():
    frame = pd.DataFrame(columns=["lambda", "dev_ratio", "age", "class[x]", 7])
    told = help_of(frame)
    assert set(told) == {"lambda", "dev_ratio", "class[x]"}
    assert told["lambda"] == glossary()["lambda"]
    assert told["class[x]"] == HEADS["class"]


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_is_explained_in_its_own_words(name):
    told = help_of(pd.DataFrame(columns=[name, f"train_{name}", f"test_{name}"]))
    assert set(told.values()) == {MEASURES[name].help}


def test_no_text_is_long_and_each_is_a_sentence():
    for name, text in HEADS.items():
        assert text.endswith("."), name
        assert len(text) < 200, name


def shown():
    import pandas as pd

    from regpath.ui.display import show_table

    show_table(pd.DataFrame({"stable_from": [0.1], "age": [3.0]}), key="some")


def test_a_table_carries_them():
    page = AppTest.from_function(shown).run()
    told = json.loads(page.dataframe[0].proto.columns)
    assert told["stable_from"]["help"] == HEADS["stable_from"]
    assert "age" not in told
