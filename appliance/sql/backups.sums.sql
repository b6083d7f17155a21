-- How many rows a table has, and a sum that another row, or a row more or less, would change.
SELECT count(*), coalesce(sum(hash(kept)), 0)::VARCHAR FROM query_table($table) AS kept;
