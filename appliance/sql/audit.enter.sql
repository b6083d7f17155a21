INSERT INTO audit
SELECT
    coalesce((SELECT max(entry_id) FROM audit), 0) + 1,
    $at,
    $action,
    $by,
    (SELECT email FROM accounts WHERE account_id = $by::VARCHAR),
    $site_id,
    (SELECT name FROM sites WHERE site_id = $site_id::VARCHAR),
    $detail;
