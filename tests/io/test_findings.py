"""Every question can be answered for good, also with what was taken."""

import pytest

from regpath.io import read_table

N = range(12)
FILES = {
    "footer": b"a,b,c\n" + b"".join(b"%d.5,2.5,%d.5\n" % (i, i) for i in N) + b"some,more,words\n",
    "totals": b"r,n,m\nTotal,5,7\n" + b"".join(b"R%d,%d,%d\n" % (i, i * i, i) for i in N),
    "short_rows": b"a,b,c\n" + b"".join(b"%d,x,%d\n" % (i, i) for i in N) + b"5,x\n7,y,8\n",
    "shifted_rows": b"id,w,n\n"
    + b"".join(b"%d,red,%d\n" % (i, i) for i in N)
    + b"5,,red,\n7,b,1\n",
    "unnamed_columns": b"a,b\n" + 3 * b"1,2.5\n" + b"".join(b"%d,2.5,%d\n" % (i, i) for i in N),
    "row_names": b"x,y\n" + b"".join(b"%d,%d.5,2\n" % (i * 3 % 12, i) for i in N),
    "surplus_names": b"a,b,c\n" + b"".join(b"%d,x\n" % i for i in N),
    "tables": b"a,b\n1,2\n3,4\n5,6\n\nc,d,e\n1,2,3\n4,5,6\n",
}


@pytest.mark.parametrize("key", FILES)
def test_what_was_taken_can_be_accepted_and_is_noted_from_then_on(key):
    table = read_table(FILES[key])
    question = next(each for each in table.diagnosis.questions if each.key == key)
    again = read_table(FILES[key], options=question.answers[0].options)
    assert again.frame.equals(table.frame)
    assert key not in [each.key for each in again.diagnosis.questions]
    assert again.digest != table.digest
    if key in again.diagnosis.options.accepted:
        repair = next(each for each in again.diagnosis.repairs if each.key == key)
        assert repair.what == question.what
        asked = read_table(FILES[key], options=repair.undo)
        assert asked.diagnosis.questions == table.diagnosis.questions


@pytest.mark.parametrize("key", FILES)
def test_no_answer_is_followed_by_the_same_question(key):
    question = next(each for each in read_table(FILES[key]).diagnosis.questions if each.key == key)
    for answer in question.answers:
        again = read_table(FILES[key], options=answer.options)
        assert key not in [each.key for each in again.diagnosis.questions]
