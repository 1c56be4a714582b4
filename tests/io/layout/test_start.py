"""Where a table begins."""

import pytest

from regpath.io.layout.start import find_start


def rows(text):
    return [line.split(",") for line in text.split("|")]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("My report|a,b|1,2|3,4", 1),
        ("a,b,|1,2|3,4", 0),
        ("Exported,by Ann|a,b,c|1,2,3|4,5,6", 1),
        ("Hospital X, ward 3|1,2,3,4|4,5,6,7|4,5,6,8", 1),
        ("temp,load|1,2.5|2,3.5|3,4,0|4,5,1|5,6,0", 0),
        ("1,2.5|2,3.5|3,4,0|4,5,1|5,6,0", 0),
        ("x,x,y|ann,1,2,3|bob,4,5,6|cid,7,8,9", 0),
        ("x|1,5.5|2,6.5|3,7.5", 0),
        ("Measurements|5.5,1|6.5,2|7.5,3", 1),
        ("id,item,approve,reject|x,lamp|x,bed|x,lamp", 0),
        ("Title,,,|a,b,c,d|1,2,3,4|5,6,7,8", 1),
        ("Title,,,,|a,b,c|1,2,3|4,5,6", 1),
        ("Title,,,,,,,|By Ann,,,,,,,|a,b,c,d|1,2,3,4|5,6,7,8", 2),
        ("Title 2024,,,,|a,b,c,d|x,2,3,4|y,6,7,8", 1),
        ("a,b,,|x,y,z|u,v,w|p,q,r", 0),
        ("one\n|two|three", 0),
        ("id,a,b|1,,|2,,|3,,|4,5,6|7,,", 0),
        ("a,b,c|1,,|2,,|3,4", 0),
    ],
)
def test_titles_are_above_the_table_and_names_and_rows_are_not(text, start):
    assert find_start(rows(text)) == start
