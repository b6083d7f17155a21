"""A copy of the visits and events that other programs can read while this one runs."""
