"""Rows of hours and days, and the retention that they make possible."""
