"""Problems, paths and their proof: arrays and tables in, frozen results out.

Which rooms know which, here and above, is the layer law of docs/architecture.md.
"""
