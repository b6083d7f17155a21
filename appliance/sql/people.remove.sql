-- Everything that belongs to the account. It owns no website any more.
DELETE FROM sessions WHERE account_id = $account_id;
DELETE FROM two_factor WHERE account_id = $account_id;
DELETE FROM recovery_codes WHERE account_id = $account_id;
DELETE FROM api_keys WHERE account_id = $account_id;
DELETE FROM site_access WHERE account_id = $account_id;
DELETE FROM mail_reports WHERE account_id = $account_id;
DELETE FROM webhooks WHERE account_id = $account_id;
DELETE FROM webhook_deliveries WHERE account_id = $account_id;
DELETE FROM accounts WHERE account_id = $account_id;
