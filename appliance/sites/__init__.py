"""Websites: their keys, settings, goals and snippets."""
