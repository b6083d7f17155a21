SELECT invitation_id, invitations.role, invitations.email, account_id, accounts.email, made_at, expires_at
FROM invitations
JOIN accounts USING (account_id)
WHERE expires_at > $now AND account_id = $account_id
ORDER BY made_at DESC, invitation_id;
