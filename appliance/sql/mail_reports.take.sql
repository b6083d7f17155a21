DELETE FROM mail_reports WHERE account_id = $account_id AND site_id = $site_id AND frequency = $frequency;
