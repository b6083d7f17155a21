DELETE FROM webhooks WHERE account_id = $account_id;
