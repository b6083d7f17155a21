SELECT key_hash, key_id, account_id, name, scope, site_id, created_at, last_used_at FROM api_keys;
