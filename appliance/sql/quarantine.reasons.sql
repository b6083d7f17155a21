-- Why events that arrived on a site from $since to before $until count nowhere, the most frequent reason first.
SELECT bot_reason, count(*) AS events, max(received_at)
FROM raw_events
WHERE site_id = $site_id AND bot_reason IS NOT NULL AND received_at >= $since AND received_at < $until
GROUP BY bot_reason
ORDER BY events DESC, bot_reason;
