"""The process as others see it: its note on disk, its health, and where it can be reached."""
