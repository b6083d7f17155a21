-- Every session and token of before ends with it.
UPDATE accounts
SET password_hash = $password_hash, token_version = token_version + 1
WHERE account_id = $account_id
RETURNING account_id, email, name, role, token_version;
