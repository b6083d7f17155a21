SELECT count(DISTINCT visitor_id)
FROM raw_events
WHERE site_id = $site_id AND bot_reason IS NULL AND ts >= $since AND ts <= $until;
