INSERT INTO invitations (invitation_id, token_hash, account_id, role, email, made_at, expires_at)
VALUES ($invitation_id, $token_hash, $account_id, $role, $email, $made_at, $expires_at);

INSERT INTO invitation_sites SELECT $invitation_id, unnest($site_ids::VARCHAR[]);
