SELECT account_id, email, name, role, token_version, password_hash FROM accounts WHERE email = $email;
