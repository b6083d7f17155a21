"""Taking a history in: files of events, read line by line, stored as any other event, and taken back."""
