"""Watches over websites: what is usual there, and an alarm when it is not."""
