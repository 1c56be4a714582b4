"""Alarms: what in a table would fool a path, one file each; `find_alarms` looks for all.

To add one: docs/extending/alarm.md. Imports `study`, `recipe`, `core`, `io` and `errors` only.
"""

from regpath.alarms.alarm import Alarm, Change, alarms_frame
from regpath.alarms.all_alarms import find_alarms

__all__ = ["Alarm", "Change", "alarms_frame", "find_alarms"]
