SELECT secret, enabled_at, last_step FROM two_factor WHERE account_id = $account_id;
