INSERT INTO mail_reports VALUES ($subscription_id, $account_id, $site_id, $frequency, $sent_until)
ON CONFLICT DO NOTHING;
