"""Problems, paths and their proof: arrays and tables in, frozen results out.

Layer law: imports numpy, scipy, pandas, scikit-learn, numba, `regpath.errors` and `regpath.io`;
nothing of the room above (export, charts, datasets, cli, ui) is imported here.
"""
