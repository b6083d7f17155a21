UPDATE accounts SET name = $name WHERE account_id = $account_id
RETURNING account_id, email, name, role, token_version;
