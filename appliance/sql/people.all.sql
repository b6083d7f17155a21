SELECT account_id, email, name, role, created_at, (SELECT count(*) FROM sites WHERE owner_user_id = account_id)
FROM accounts
ORDER BY created_at, email;
