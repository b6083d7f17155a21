SELECT account_id, email, name, role, token_version FROM accounts WHERE role = 'owner' ORDER BY created_at LIMIT 1;
