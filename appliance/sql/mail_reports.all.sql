SELECT subscription_id, account_id, site_id, frequency, sent_until
FROM mail_reports
ORDER BY account_id, site_id, frequency;
