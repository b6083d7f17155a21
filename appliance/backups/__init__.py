"""Backups: copies of the whole database, made while it is in use, proven, and put back when needed."""
