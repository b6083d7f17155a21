SELECT account_id, address, own_network, since
FROM webhooks
JOIN accounts USING (account_id)
WHERE role = 'owner'
ORDER BY account_id;
