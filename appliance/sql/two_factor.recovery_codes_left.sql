SELECT count(*) FROM recovery_codes WHERE account_id = $account_id;
