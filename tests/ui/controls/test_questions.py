"""Every answer reads the file as its options do."""

import pytest

from regpath.io import ReadOptions, read_table
from regpath.ui.controls.questions import said_by
from regpath.ui.session.overrides import Override, options_of

ROWS = range(30)
FILES = {
    "spellings": "".join(f"{('male', 'Male', 'f')[k % 3]},{k}\n" for k in ROWS),
    "pair": "".join(f"{110 + k}/{60 + k},{k}\n" for k in ROWS),
    "minutes": "".join(f"{k + 1}h {k + 10}m,{k}\n" for k in ROWS),
    "length": "".join(f"{5 + k // 12}' {k % 12},{k}\n" for k in ROWS),
    "flag": "".join(f"{k}.5{'*' if k % 3 else ''},{k}\n" for k in ROWS),
    "level": "".join(f"{('None', 'Attic', 'Loft')[k % 3]},{k}\n" for k in ROWS),
    "unnamed_columns": 8 * "1,2\n" + "".join(f"{k},{k},1\n" for k in ROWS),
}


@pytest.mark.parametrize("key", FILES)
def test_an_answer_is_all_that_it_says(key):
    data = f"x,y\n{FILES[key]}".encode()
    question = next(
        q for q in read_table(data).diagnosis.questions if q.key.partition(":")[0] == key
    )
    for number, answer in enumerate(question.answers):
        said = Override("", said_by(question, answer), question, number)
        found = read_table(data, options=options_of([said]))
        assert found.frame.equals(read_table(data, options=answer.options).frame)
        assert question.key not in [each.key for each in found.diagnosis.questions]


def test_an_answer_leaves_alone_what_was_said_of_its_column_since_it_was_asked():
    before = ReadOptions().saying("x", missing=("", "7"))
    data = f"x,y\n{FILES['pair']}".encode()
    (question,) = read_table(data, options=before).diagnosis.questions
    said = ("columns", "x", "missing")
    assert said_by(question, question.answers[1])[said] == ("", "7")
    assert said not in said_by(question, question.answers[1], settled={said})
    assert said not in said_by(question, question.answers[1], known=before)
