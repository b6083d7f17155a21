SELECT line FROM read_in WHERE is_known ORDER BY line;
