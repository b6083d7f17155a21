SELECT account_id, address, own_network, since FROM webhooks WHERE account_id = $account_id;
