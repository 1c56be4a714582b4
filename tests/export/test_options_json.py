"""Options of reading become JSON and come back, and nothing that is none comes back."""

import json

import pytest

import regpath
from regpath.export.options_json import from_json, to_json

OPTIONS = [
    regpath.ReadOptions(),
    regpath.ReadOptions(encoding="cp1252", delimiter="\t", quote="", skip_rows=0, header_rows=2),
    regpath.ReadOptions(decimal=",", names_at="left").keeping("totals").accepting("dates:x"),
    regpath.ReadOptions()
    .saying("a=b", kind="ordinal", levels=("low", "high"))
    .saying("", missing=("n/a", ""), parts=("year",)),
]


@pytest.mark.parametrize("options", OPTIONS)
def test_options_come_back_as_they_were(options):
    assert from_json(json.loads(json.dumps(to_json(options)))) == options


@pytest.mark.parametrize(
    "told",
    [
        {"colour": 1},
        {"decimal": ";"},
        {"skip_rows": -1},
        {"columns": {"x": {"kind": "poem"}}},
        {"columns": {"x": {"colour": 1}}},
        {"columns": 3},
        {"kept": 3},
    ],
)
def test_what_is_no_option_is_refused(told):
    with pytest.raises((regpath.ParameterError, KeyError, TypeError, AttributeError)):
        from_json(told)
