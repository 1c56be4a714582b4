"""Results to what leaves the program: tables, scripts, models, queries, cards and reports."""

from importlib import import_module
from typing import TYPE_CHECKING

from regpath.export.broom import augment, tidy, tidy_knots, write_frame
from regpath.export.model_card import model_card
from regpath.export.model_file import load_model, model
from regpath.export.notebook import notebook
from regpath.export.python_script import python_script
from regpath.export.r_script import r_script
from regpath.export.score_card import ScoreCard, score_card
from regpath.export.script import sklearn_script
from regpath.export.session_file import load_session, session
from regpath.export.sql_query import sql
from regpath.export.tables import coefs_csv, cv_csv, path_csv, scores_csv, table_csv

if TYPE_CHECKING:
    from regpath.export.chart_file import chart
    from regpath.export.fitted_pipeline import sklearn_pipeline
    from regpath.export.handing_out.course import handouts
    from regpath.export.handing_out.handout import handout
    from regpath.export.handing_out.lesson_page import lesson_handout
    from regpath.export.reporting.report import report
    from regpath.export.workbook import excel

__all__ = [
    "ScoreCard",
    "augment",
    "chart",
    "coefs_csv",
    "cv_csv",
    "excel",
    "handout",
    "handouts",
    "lesson_handout",
    "load_model",
    "load_session",
    "model",
    "model_card",
    "notebook",
    "path_csv",
    "python_script",
    "r_script",
    "report",
    "score_card",
    "scores_csv",
    "session",
    "sklearn_pipeline",
    "sklearn_script",
    "sql",
    "table_csv",
    "tidy",
    "tidy_knots",
    "write_frame",
]
# What draws takes its colours from the charts, and so loads Plotly, and what makes a pipeline loads
# scikit-learn: when it is first asked for.
_LATER = {
    "chart": "regpath.export.chart_file",
    "excel": "regpath.export.workbook",
    "handout": "regpath.export.handing_out.handout",
    "handouts": "regpath.export.handing_out.course",
    "lesson_handout": "regpath.export.handing_out.lesson_page",
    "report": "regpath.export.reporting.report",
    "sklearn_pipeline": "regpath.export.fitted_pipeline",
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_LATER[name]), name)
    globals()[name] = value
    return value
