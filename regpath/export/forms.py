"""The forms in which a chosen model leaves: shell and app offer what stands here, in this order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from regpath.errors import ParameterError
from regpath.export.model_card import model_card
from regpath.export.model_file import model, to_text
from regpath.export.notebook import notebook
from regpath.export.python_script import python_script
from regpath.export.r_script import r_script
from regpath.export.score_card import score_card
from regpath.export.script import sklearn_script
from regpath.export.sql_query import sql
from regpath.export.tables import table_csv
from regpath.export.workbook import excel
from regpath.study import Study


@dataclass(frozen=True)
class Leaving:
    """What leaves: a point of a study, as it is to be used.

    Attributes
    ----------
    study : Study
    lam : float
        A value of `study.path.lambdas`.
    threshold : float or None, default=None
        Of two classes: from which probability on the second is predicted.
    file_name : str, default=""
        What the file will be called.
    """

    study: Study
    lam: float
    threshold: float | None = None
    file_name: str = ""


@dataclass(frozen=True)
class Form:
    """One form.

    Attributes
    ----------
    name : str
        What the shell calls it.
    label : str
        What a person sees.
    ending : str
        Of the file's name, behind the name of the data.
    what : str
        One sentence on what it is for.
    write : callable
        Of a `Leaving`: the content of the file. Raises ParameterError where the model has no such
        form.
    icon : str, default="description"
        Among the Material symbols.
    takes_threshold : bool, default=False
        Whether a threshold decides anything in it.
    beside : callable, optional
        Of a `Leaving`: what is to lie beside the file, in Markdown, under its name and ".md".
    """

    name: str
    label: str
    ending: str
    what: str
    write: Callable[[Leaving], str | bytes]
    icon: str = "description"
    takes_threshold: bool = False
    beside: Callable[[Leaving], str] | None = None

    def content(self, of: Leaving) -> bytes:
        """The bytes of the file.

        Raises
        ------
        ParameterError
            If the model has no such form, or a threshold decides nothing in it.
        """
        if of.threshold is not None and not self.takes_threshold:
            raise ParameterError(
                f"A threshold decides nothing in this form ({self.name}).", "Leave it out."
            )
        found = self.write(of)
        return found.encode() if isinstance(found, str) else found


def _pipeline(of: Leaving) -> bytes:
    from regpath.export.fitted_pipeline import sklearn_pipeline, to_skops

    return to_skops(sklearn_pipeline(of.study, of.lam, threshold=of.threshold))


def _pipeline_card(of: Leaving) -> str:
    from regpath.export.fitted_pipeline import pipeline_card

    return pipeline_card(model(of.study, of.lam, threshold=of.threshold))


FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form(
            "model",
            "Model file",
            ".model.json",
            "For regpath predict, regpath.load_model and the Predict page. JSON: nothing in it "
            "can run.",
            lambda of: to_text(model(of.study, of.lam, threshold=of.threshold)),
            icon="inventory_2",
            takes_threshold=True,
        ),
        Form(
            "model-card",
            "Model card",
            ".model.md",
            "What a reader of the model file has to know, in Markdown: facts, scores, "
            "coefficients, columns.",
            lambda of: model_card(of.study, of.lam, threshold=of.threshold),
            icon="article",
            takes_threshold=True,
        ),
        Form(
            "python",
            "regpath script",
            "_again.py",
            "Ten lines of Python that read the data, fit and prove the same point with regpath.",
            lambda of: python_script(
                of.study, of.lam, threshold=of.threshold, file_name=of.file_name
            ),
            icon="terminal",
            takes_threshold=True,
        ),
        Form(
            "notebook",
            "Notebook",
            ".ipynb",
            "A Jupyter notebook that does the same step by step, with the charts.",
            lambda of: notebook(of.study, of.lam, threshold=of.threshold),
            icon="menu_book",
            takes_threshold=True,
        ),
        Form(
            "script",
            "scikit-learn script",
            "_model.py",
            "Reads the same file, fits the same model with scikit-learn, prints how close it "
            "comes.",
            lambda of: sklearn_script(of.study, of.lam, file_name=of.file_name),
            icon="code",
        ),
        Form(
            "pipeline",
            "scikit-learn pipeline",
            ".skops",
            "A fitted pipeline for skops.io.load, without regpath: it predicts the table as read. "
            "No pickle: nothing in it can run.",
            _pipeline,
            icon="account_tree",
            takes_threshold=True,
            beside=_pipeline_card,
        ),
        Form(
            "r",
            "R script",
            "_model.R",
            "Fits the same model with R's glmnet, prints how close it comes, predicts. Needs the "
            "table as read.",
            lambda of: r_script(of.study, of.lam, file_name=of.file_name),
            icon="code",
        ),
        Form(
            "table",
            "Table as read",
            "_table.csv",
            "The data with all repairs made, which the R script reads.",
            lambda of: table_csv(of.study.table),
            icon="table_view",
        ),
        Form(
            "sql",
            "SQL",
            ".sql",
            "One query that predicts every row of a table called data.",
            lambda of: sql(of.study, of.lam, threshold=of.threshold),
            icon="database",
            takes_threshold=True,
        ),
        Form(
            "excel",
            "Excel",
            ".xlsx",
            "A workbook with live formulas: type a row, read the prediction. No row of the data is "
            "in it.",
            lambda of: excel(of.study, of.lam, threshold=of.threshold),
            icon="table",
            takes_threshold=True,
        ),
        Form(
            "card",
            "Score card",
            "_card.html",
            "Points for each value, to be added up by hand; print it.",
            lambda of: score_card(of.study, of.lam).to_html(),
            icon="checklist",
        ),
    )
}
