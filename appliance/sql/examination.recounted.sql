-- Days of the ledger, those of them counted again since the data has its present form, and the day that it got it.
WITH changed AS (
    SELECT max(applied_at) AS changed_at FROM schema_migrations
),
days AS (
    SELECT DISTINCT day FROM ledger
)
SELECT count(day), count(day) FILTER (checked_at >= changed_at), changed_at::DATE
FROM changed
LEFT JOIN days ON true
LEFT JOIN ledger_checks USING (day)
GROUP BY changed_at;
