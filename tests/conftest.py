"""What holds for every test: hypothesis measures no time, because the machine may be busy.

On a CI machine it tries the same examples every time, so that a run says something about the change; everywhere else it
tries new ones.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("busy", BUSY)
settings.register_profile("ci", BUSY, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "busy")
