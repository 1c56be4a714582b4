"""A session comes back as it was saved; what was changed, is newer or hostile is refused."""

import json
import zlib
from base64 import b64encode

import pytest

import regpath
from regpath.export.digested_file import digest
from regpath.export.session_file import KIND, digest_of, is_session, text_of

FILE = "name;gewicht;klasse\n" + "".join(
    f"p{i};{50 + (i * 7) % 31},{i % 10};{'ja' if (i * 7) % 31 > 12 + i % 5 else 'nein'}\n"
    for i in range(60)
)
CONTENT = FILE.encode()
HOSTILE = "</script><script>alert(1)</script>"


@pytest.fixture
def study():
    options = regpath.ReadOptions(delimiter=";").saying("name", kind="id")
    table = regpath.read_table(CONTENT, name=f"{HOSTILE}.csv", options=options)
    recipe = regpath.Recipe("klasse", n_lambdas=20, n_folds=4, rule="min", terms=("gewicht^2",))
    return regpath.run_study(table, recipe)


def test_a_session_with_its_data_makes_the_same_study(study, tmp_path):
    lam = 0.0321
    saved = regpath.export.session(study, tmp_path / "x.regpath", lam=lam, content=CONTENT)
    again = regpath.load_session(tmp_path / "x.regpath")
    assert again == saved
    found = again.study()
    expected = study.with_strength(lam)
    assert found.table.digest == study.table.digest
    assert found.recipe == study.recipe
    assert (found.path.coef_path == expected.path.coef_path).all()


def test_without_its_data_a_session_holds_none_and_takes_only_that_file(study, tmp_path):
    file = tmp_path / "x.regpath"
    regpath.export.session(study, file)
    assert b"gewicht" in file.read_bytes()  # as a term of the recipe
    assert b"p17" not in file.read_bytes()
    again = regpath.load_session(file)
    with pytest.raises(regpath.DataError, match="holds no data"):
        again.study()
    assert again.study(CONTENT).recipe == study.recipe
    with pytest.raises(regpath.DataError, match="not the data of the session"):
        again.study(CONTENT.replace(b"p17", b"p71"))


def test_other_data_than_the_studys_are_not_taken_along(study):
    with pytest.raises(regpath.DataError, match="not the data"):
        regpath.export.session(study, content=CONTENT + b"p99;70,1;ja\n")


def test_bundled_data_are_named_and_openings_stay_counted():
    recipe = regpath.Recipe("species", n_lambdas=20, seal=True)
    study = regpath.run_study(regpath.datasets.load("iris"), recipe, openings=2)
    closed = regpath.load_session(text_of(regpath.export.session(study)).encode())
    assert closed.bundled
    assert closed.content is None
    assert closed.study().seal == study.seal
    assert closed.study().parts == ("train",)
    opened = regpath.export.session(study.opened())
    again = regpath.load_session(text_of(opened).encode()).study()
    assert again.seal.openings == 3
    assert again.parts == ("train", "test")


def changed(text, **body):
    """The text of a session with some of its content replaced, and a digest that fits."""
    content = json.loads(text)
    content[KIND.key] |= body
    content["digest"] = digest(content[KIND.key])
    return json.dumps(content).encode()


def test_what_was_changed_on_the_way_is_refused(study):
    text = text_of(regpath.export.session(study, lam=0.05, content=CONTENT))
    with pytest.raises(regpath.DataError, match="was changed after it was written"):
        regpath.load_session(text.replace("0.05", "0.06").encode())


def test_a_newer_version_is_refused_with_its_number(study):
    content = json.loads(text_of(regpath.export.session(study)))
    content["version"] = KIND.version + 1
    with pytest.raises(regpath.DataError, match=f"version {KIND.version + 1}"):
        regpath.load_session(json.dumps(content).encode())


@pytest.mark.parametrize(
    "file",
    [b"", b"{}", b"[]", b"null", b"\x80\x04\x95", b"PK\x03\x04", b'{"a":' * 99999, b"x,y\n1,2"],
)
def test_other_files_are_refused(file):
    with pytest.raises(regpath.DataError, match="not the file of a regpath session"):
        regpath.load_session(file)
    assert not is_session(file)


@pytest.mark.parametrize(
    "body",
    [
        {"name": 3},
        {"lambda": "1"},
        {"lambda": -1.0},
        {"lambda": True},
        {"recipe": {"target": "y", "colour": 1}},
        {"recipe": {"target": "y", "l1_ratio": 7}},
        {"recipe": None},
        {"options": {"decimal": ";"}},
        {"options": []},
        {"seal": {"on": 1, "is_open": False, "openings": 0}},
        {"seal": {"on": True, "is_open": False, "openings": -1}},
        {"app": []},
        {"bundled": "yes"},
        {"content": "%%%"},
        {"content": b64encode(b"no zlib").decode()},
        {"content": b64encode(zlib.compress(b"other")).decode()},
    ],
)
def test_a_digest_that_fits_makes_no_session_of_what_is_none(study, body):
    text = text_of(regpath.export.session(study, content=CONTENT))
    assert regpath.load_session(changed(text)).file_digest == digest_of(CONTENT)
    with pytest.raises(regpath.DataError, match="not the file of a regpath session"):
        regpath.load_session(changed(text, **body))


def test_a_bomb_is_not_unpacked(study, monkeypatch):
    monkeypatch.setattr("regpath.export.session_file.MAX_CONTENT", 1000)
    bomb = b64encode(zlib.compress(bytes(10**6))).decode()
    text = text_of(regpath.export.session(study, content=CONTENT))
    with pytest.raises(regpath.DataError, match="not the file"):
        regpath.load_session(changed(text, content=bomb))


def test_a_session_says_what_it_is_and_where_it_comes_from(study):
    text = text_of(regpath.export.session(study))
    assert is_session(text.encode())
    assert json.loads(text)[KIND.key]["regpath"] == regpath.__version__


def test_a_model_and_a_session_are_told_apart(tmp_path):
    table = regpath.datasets.load("iris")
    study = regpath.run_study(table, regpath.Recipe("species", n_lambdas=5))
    lam = study.path.lambdas[2]
    regpath.export.session(study, tmp_path / "a.regpath", lam=lam)
    regpath.export.model(study, lam, tmp_path / "a.json")
    with pytest.raises(regpath.DataError, match="the file of a regpath model, and not") as refused:
        regpath.load_session(tmp_path / "a.json")
    assert "regpath predict" in refused.value.hint
    with pytest.raises(
        regpath.DataError, match="the file of a regpath session, and not"
    ) as refused:
        regpath.load_model(tmp_path / "a.regpath")
    assert "regpath open" in refused.value.hint
    for odd in ([], {}, 1, None):
        with pytest.raises(regpath.DataError, match="not the file of a regpath model"):
            regpath.load_model(json.dumps({"format": odd}).encode())
