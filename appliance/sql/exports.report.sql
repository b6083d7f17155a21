-- A report's numbers, one a row.
SELECT
    unnest($sections::VARCHAR[]) AS section,
    unnest($names::VARCHAR[]) AS name,
    unnest($metrics::VARCHAR[]) AS metric,
    unnest($values::DOUBLE[]) AS value;
