DELETE FROM webhook_deliveries WHERE account_id = $account_id;
