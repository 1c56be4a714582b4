"""What a script says of the sealed test set."""

from __future__ import annotations

from regpath.study import Study

_SCORE = 'print("test score:"'


def with_seal(source: str, study: Study) -> str:
    """The script with the sentence of the seal on top, and no test score while it is closed."""
    if not study.seal.on:
        return source
    source = source.replace('\n"""\n', f'\n\n{study.seal.sentence}\n"""\n', 1)
    if not study.seal.hides:
        return source
    lines = source.splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.startswith(_SCORE))
    return kept + "# The test set is still sealed, so no test score is printed.\n"
