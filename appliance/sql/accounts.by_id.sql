SELECT account_id, email, name, role, token_version FROM accounts WHERE account_id = $account_id;
