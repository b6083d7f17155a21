DELETE FROM recovery_codes WHERE account_id = $account_id;
DELETE FROM two_factor WHERE account_id = $account_id RETURNING account_id;
