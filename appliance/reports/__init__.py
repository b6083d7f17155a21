"""The numbers: every question that a dashboard asks, live ones and downloads included."""
