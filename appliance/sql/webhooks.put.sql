INSERT OR REPLACE INTO webhooks VALUES ($account_id, $address, $own_network, $since);
