"""Results to what leaves the program: tables, scripts, models, queries and cards."""

from regpath.export.model_file import load_model, model
from regpath.export.python_script import python_script
from regpath.export.r_script import r_script
from regpath.export.score_card import ScoreCard, score_card
from regpath.export.script import sklearn_script
from regpath.export.sql_query import sql
from regpath.export.tables import coefs_csv, cv_csv, path_csv, scores_csv, table_csv

__all__ = [
    "ScoreCard",
    "coefs_csv",
    "cv_csv",
    "load_model",
    "model",
    "path_csv",
    "python_script",
    "r_script",
    "score_card",
    "scores_csv",
    "sklearn_script",
    "sql",
    "table_csv",
]
