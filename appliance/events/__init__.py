"""One event, cleaned: what is read of it, what is left out for privacy, and what is added to it."""
