UPDATE two_factor SET enabled_at = $now WHERE account_id = $account_id;
