DELETE FROM mail_reports WHERE subscription_id = $subscription_id;
