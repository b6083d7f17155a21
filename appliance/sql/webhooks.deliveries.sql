SELECT site_id, sites.name, kind, began_at, attempts, tried_at, next_at, problem
FROM webhook_deliveries
JOIN sites USING (site_id)
WHERE account_id = $account_id
ORDER BY tried_at DESC, began_at DESC
LIMIT 10;
