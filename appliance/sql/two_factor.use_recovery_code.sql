DELETE FROM recovery_codes WHERE account_id = $account_id AND code_hash = $code_hash RETURNING account_id;
