DELETE FROM api_keys WHERE key_id = $key_id AND account_id = $account_id;
