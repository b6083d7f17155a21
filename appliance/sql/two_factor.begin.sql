-- One that was shown and never confirmed gives way; one that is on stays.
INSERT INTO two_factor (account_id, secret, last_step) VALUES ($account_id, $secret, 0)
ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret, last_step = 0 WHERE two_factor.enabled_at IS NULL;
