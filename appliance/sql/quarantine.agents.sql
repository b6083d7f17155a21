-- Who sent them: the body's User-Agent, as it counts before the header's; that one is kept of bots only.
SELECT
    coalesce(nullif(payload.user_agent::VARCHAR, ''), payload.header_user_agent::VARCHAR) AS user_agent,
    bot_reason,
    count(*) AS events,
    max(received_at)
FROM raw_events
WHERE site_id = $site_id AND bot_reason IS NOT NULL AND received_at >= $since AND received_at < $until
GROUP BY user_agent, bot_reason
ORDER BY events DESC, user_agent, bot_reason
LIMIT $limit;
