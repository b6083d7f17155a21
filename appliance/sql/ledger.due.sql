-- Days to check: new, changed since, found wrong the last time, and always those from $always on.
SELECT day
FROM ledger
LEFT JOIN ledger_checks AS checked USING (day)
GROUP BY day
HAVING day >= $always
    OR max(ledger.batch) > coalesce(max(checked.batch), -1)
    OR day IN (SELECT day FROM ledger_differences)
ORDER BY day;
