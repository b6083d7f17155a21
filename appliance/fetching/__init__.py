"""Asks other machines for what an address names that a person typed, and only those it may ask."""
