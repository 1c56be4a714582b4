"""report: everything that a reader has to know of a study, as one page without a network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from regpath.alarms import Alarm
from regpath.charts.theme import LIGHT
from regpath.core.checks import check_choice
from regpath.core.metrics.measures import MEASURES
from regpath.core.stability_selection.stability import Stability
from regpath.core.validation.cv_result import CVResult
from regpath.export.reporting import caution, choice, coefficients, data, repeat, scores
from regpath.export.reporting.data_doubts import data_doubts
from regpath.export.reporting.doubts import doubts
from regpath.export.reporting.section import Block, Section, Text
from regpath.export.reporting.subject import Subject, subject_of
from regpath.export.reporting.tripod import tripod
from regpath.number_format import num
from regpath.study import Study
from regpath.wording import counted

FORMS = ("plain", "clinical")
MAKERS = (
    *(data.question, data.data, data.flow, data.columns),
    *(choice.path_section, choice.choice),
    *(scores.scores, scores.calibration, coefficients.coefficients),
    *(caution.stability, caution.warnings, caution.test_set, repeat.repeat),
)


def report(
    study: Study,
    file: str | Path | None = None,
    *,
    lam: float | None = None,
    cv: CVResult | None = None,
    stability: Stability | None = None,
    alarms: Sequence[Alarm] | None = None,
    form: str = "plain",
) -> str:
    """Write what was asked, done and found as one page of HTML that prints well.

    Parameters
    ----------
    study : Study
        What `run_study` gave. Test scores that are sealed stay sealed.
    file : str or Path, default=None
        Where to write the page. None writes nothing.
    lam : float, default=None
        The strength it is about; None means what the rule of the recipe chooses. One that is not
        on the grid is fit and proven there.
    cv : CVResult, default=None
        `validate_study(study)`, which is called if it is not given.
    stability : Stability, default=None
        From `assess_stability`; without, the page says that stability was not assessed.
    alarms : sequence of Alarm, default=None
        `find_alarms(study)`, which is called if they are not given.
    form : {"plain", "clinical"}, default="plain"
        "clinical" adds the items of TRIPOD+AI: those that facts answer, and by number those that
        only the author can.

    Returns
    -------
    str
        The page: no script, nothing that is loaded, names and values as text.

    Raises
    ------
    ParameterError
        If the form is unknown, or `cv` or `stability` are not of this study's path.
    DataError
        If there is no strength: none was said, and the rows cannot be validated.

    References
    ----------
    Collins, G. S. et al. (2024), TRIPOD+AI statement, BMJ 385, e078378.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("diabetes")
    >>> study = regpath.run_study(table, regpath.Recipe("progression", n_lambdas=20))
    >>> page = regpath.export.report(study, form="clinical")
    >>> "TRIPOD+AI" in page, "<script" in page
    (True, False)
    """
    check_choice(form, "form", "report", FORMS)
    subject = subject_of(study, lam, cv, stability, alarms)
    sections = [make(subject) for make in MAKERS]
    if form == "clinical":
        sections.append(tripod(subject))
    page = _template().render(
        title=f"Predicting {subject.path.target}",
        source=subject.study.table.name,
        look=vars(LIGHT),
        written=datetime.now(UTC).strftime("%Y-%m-%d"),
        sections=(summary(subject), *(section for section in sections if section.blocks)),
    )
    if file is not None:
        Path(file).write_text(page, encoding="utf-8", newline="\n")
    return page


def summary(of: Subject) -> Section:
    """The whole in a few sentences."""
    path, study = of.path, of.study
    measure = path.loss.measure
    how = MEASURES[measure]
    part = study.parts[-1]
    score = study.scores_of(part)[measure].iloc[of.index]
    where = "the test rows" if part == "test" else "the rows of the fit (too good)"
    better = "larger" if how.larger_is_better else "smaller"
    words = [
        f"Penalized {path.loss.model} predicts {path.target!r}, learned from "
        f"{counted(study.train.n_obs, 'row')}; the chosen model keeps {of.n_kept} of "
        f"{counted(len(path.feature_names), 'feature')}.",
        f"On {where} its {how.label} is {num(score):.4g}; without features it is "
        f"{num(of.without_features[measure]):.4g}, and {better} is better.",
    ]
    if of.cv is not None:
        held = MEASURES[of.cv.measure].label
        words.append(
            f"In cross-validation {held} is {num(of.cv.mean[of.index]):.4g} ± "
            f"{num(of.cv.se[of.index]):.2g}."
        )
    severe = sum(alarm.severity == "severe" for alarm in of.alarms)
    open_questions = len(study.table.diagnosis.questions)
    blocks: list[Block] = [Text(" ".join(words))]
    for number, one, several in (
        (severe, "severe alarm is", "severe alarms are"),
        (open_questions, "question of reading is", "questions of reading are"),
    ):
        if number:
            blocks.append(Text(f"{counted(number, one, several)} not settled.", True))
    blocks += [*doubts(of), *data_doubts(of)]
    return Section("summary", "In short", tuple(blocks))


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("regpath.export.reporting", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")
