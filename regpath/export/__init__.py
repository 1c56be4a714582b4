"""Results to text that leaves the program: tables and scripts."""

from regpath.export.script import sklearn_script
from regpath.export.tables import coefs_csv, cv_csv, path_csv, scores_csv, table_csv

__all__ = ["coefs_csv", "cv_csv", "path_csv", "scores_csv", "sklearn_script", "table_csv"]
