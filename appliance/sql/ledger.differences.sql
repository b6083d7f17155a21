SELECT count(*) FROM ledger_differences;
