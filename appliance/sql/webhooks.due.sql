-- Alarms of the account's websites that its webhook was not told yet, or did not take and is to be asked again.
SELECT site_id, kind, began_at, noticed_at, visits, coalesce(attempts, 0)
FROM alarms
JOIN sites USING (site_id)
LEFT JOIN (SELECT * FROM webhook_deliveries WHERE account_id = $account_id) USING (site_id, kind, began_at)
WHERE owner_user_id = $account_id AND ((attempts IS NULL AND noticed_at >= $since) OR next_at <= $now)
ORDER BY noticed_at;
