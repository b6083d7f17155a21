SELECT day, count(*) FROM ledger_differences GROUP BY day ORDER BY day;
