"""Engines: who carries a function to blocks of rows. Adapters of libraries, none of which is ours.

Scheduling, retries and transport are the engine's own; `engine.py` says what it is asked.
"""
