"""What every number means, in plain Python: slow, obvious, and sharing no code with the program.

Written from the definitions in docs/metrics.md alone. `tests/test_oracle.py` holds the program against it.
"""
