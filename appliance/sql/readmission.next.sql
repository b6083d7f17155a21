-- The next quarantined events of a site, with what they were judged by.
SELECT
    seq,
    received_at,
    bot_reason,
    hostname,
    coalesce(nullif(payload.user_agent::VARCHAR, ''), payload.header_user_agent::VARCHAR)
FROM raw_events
WHERE site_id = $site_id AND bot_reason IS NOT NULL AND seq > $seq
ORDER BY seq
LIMIT $limit;
