-- When a site's raw events from before $before happened, by quarters of an hour, and the last arrival in each.
SELECT slot_of(ts) AS slot, max(received_at)
FROM raw_events
WHERE site_id = $site_id AND ts < $before
GROUP BY slot
ORDER BY slot;
