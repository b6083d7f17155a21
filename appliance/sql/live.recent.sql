-- What somebody did on a site since $since, latest first.
SELECT ts, event_type, path, country, source
FROM raw_events
WHERE site_id = $site_id AND bot_reason IS NULL AND ts >= $since AND NOT is_passive(event_type)
ORDER BY seq DESC
LIMIT $limit;
