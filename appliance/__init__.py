"""Analytiq: web analytics for your own machine."""

__version__ = "0.1.0"
