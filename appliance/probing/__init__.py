"""Looks at websites' pages as a browser gets them: whether the snippet is there, and may run."""
