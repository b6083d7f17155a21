-- Is data arriving? When the first and last event happened, when the last arrived, and how many happened since $since.
SELECT
    first_event_at,
    last_event_at,
    last_received_at,
    (SELECT count(*) FROM facts WHERE site_id = $site_id AND ts >= $since)
FROM arrivals
WHERE site_id = $site_id;
