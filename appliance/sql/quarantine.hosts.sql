-- Which hosts the site's lists left out.
SELECT hostname, count(*) AS events, max(received_at)
FROM raw_events
WHERE site_id = $site_id AND bot_reason = 'excluded_host' AND received_at >= $since AND received_at < $until
GROUP BY hostname
ORDER BY events DESC, hostname
LIMIT $limit;
