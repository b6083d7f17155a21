INSERT OR REPLACE INTO webhook_deliveries
VALUES ($account_id, $site_id, $kind, $began_at, $attempts, $tried_at, $next_at, $problem);
