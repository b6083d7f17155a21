UPDATE two_factor SET last_step = $step WHERE account_id = $account_id AND last_step < $step
RETURNING account_id;
