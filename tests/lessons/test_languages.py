import pytest

from regpath import lessons
from regpath.errors import ParameterError
from regpath.lessons.languages import check_language

BUNDLED = lessons.FOLDER / "02_runaway_weights.toml"


@pytest.mark.parametrize(
    "tag", ["en", "de", "es-419", "pt-BR", "zh-Hans", "zh-Hans-CN", "gsw", "de-DE-1996", "fil"]
)
def test_language_tags_are_taken(tag):
    assert check_language(tag) == tag


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("deutsch", "'de'"),
        ("German", "'de'"),
        ("germn", "'de'"),
        ("DE", "'de'"),
        ("de_AT", "'de-AT'"),
        ("de-at", "'de-AT'"),
        ("xx", None),
        ("qqq", None),
        ("", None),
        ("e", None),
        ('en"><script>', None),
        ("en\n", "'en'"),
        (7, None),
        (None, None),
        (["de"], None),
    ],
)
def test_what_is_no_language_is_refused_with_what_to_write(tag, meant):
    with pytest.raises(ParameterError, match=r"'language' must be a language\. Got") as refused:
        check_language(tag)
    assert "ISO 639" in refused.value.hint
    assert ("Did you mean" in refused.value.hint) == (meant is not None)
    assert meant is None or f"Did you mean {meant}?" in refused.value.hint


def lesson_in(language, folder):
    text = BUNDLED.read_text(encoding="utf-8")
    assert 'language = "en"' not in text
    file = folder / "10_andere.toml"
    file.write_text(f"language = {language}\n{text}", encoding="utf-8")
    return file


def test_a_lesson_carries_its_language(tmp_path):
    assert lessons.read_lesson(lesson_in('"de"', tmp_path)).language == "de"
    assert lessons.read_lesson(BUNDLED).language == "en"


@pytest.mark.parametrize("language", ['"Deutsch"', "3", '""', '["de"]'])
def test_a_lesson_of_no_language_is_refused_with_its_place(language, tmp_path):
    with pytest.raises(ParameterError, match=r"10_andere\.toml: 'language' must be a language"):
        lessons.read_lesson(lesson_in(language, tmp_path))
