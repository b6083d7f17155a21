INSERT INTO accounts (account_id, email, name, password_hash, role, token_version, created_at)
VALUES ($account_id, $email, $name, $password_hash, $role, $token_version, $created_at);
