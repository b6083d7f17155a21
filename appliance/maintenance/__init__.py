"""Commands for the person at the machine."""
