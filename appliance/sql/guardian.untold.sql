SELECT site_id, kind, began_at, noticed_at, visits
FROM alarms
WHERE told_at IS NULL AND noticed_at >= $since
ORDER BY noticed_at;
