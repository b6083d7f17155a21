"""Visits and facts, derived from events."""
