"""What is on disk: the journal, the database and its schema, checkpoints, and coming back after a fault."""
