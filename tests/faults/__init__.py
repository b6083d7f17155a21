"""Faults on purpose: what is acknowledged must be there afterwards, once, whatever broke in between.

The short form is part of every test run. The long one (`make faults`) has more kills, more requests and
longer loads, and prints what it measured. `FAULTS_SEED` repeats a run's random choices.
"""

import os

LONG = os.environ.get("FAULTS") == "long"
