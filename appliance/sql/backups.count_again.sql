DELETE FROM ledger_checks;
