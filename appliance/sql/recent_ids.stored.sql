-- The ids of a quarter of a day as `recent_ids.key` makes them, in hexadecimal: for each place (their first two bytes)
-- the others one after the other, each behind $tag.
WITH digests AS (
    SELECT sha256($salt || site_id || event_id::VARCHAR) AS digest
    FROM raw_events
    WHERE event_id IS NOT NULL AND received_at >= $since AND received_at < $until
)
SELECT digest[:4] AS place, string_agg($tag || digest[5:20], '')
FROM digests
GROUP BY place;
