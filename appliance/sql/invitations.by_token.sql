SELECT invitation_id, invitations.role, invitations.email, account_id, accounts.email, made_at, expires_at
FROM invitations
JOIN accounts USING (account_id)
WHERE token_hash = $token_hash AND expires_at > $now;
