"""People: their accounts, roles, sessions and keys, and the log of what they did."""
