SELECT site_id, frequency FROM mail_reports WHERE account_id = $account_id;
