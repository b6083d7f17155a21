UPDATE accounts SET token_version = token_version + 1 WHERE account_id = $account_id
RETURNING account_id, email, name, role, token_version;
