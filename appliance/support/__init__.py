"""Looking after one's own: an examination in words, and a file to show to whoever helps."""
