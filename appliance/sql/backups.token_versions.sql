SELECT coalesce(max(token_version), 0) + 1 FROM accounts;
