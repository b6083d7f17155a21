-- What was made of a site's hours and days goes, to be made again in its new time zone; rows whose facts are gone stay.
DELETE FROM dash_summary WHERE site_id = $site_id;

DELETE FROM aggregated_metrics_hourly
WHERE site_id = $site_id
    AND hour >= coalesce((SELECT since FROM fact_limits WHERE site_id = $site_id), '-infinity');

DELETE FROM aggregated_metrics_daily
WHERE site_id = $site_id
    AND ends_at > coalesce((SELECT since FROM fact_limits WHERE site_id = $site_id), '-infinity');

INSERT INTO stale
WITH happened AS (
    SELECT DISTINCT site_id, slot_of(ts) AS slot
    FROM facts
    WHERE site_id = $site_id AND ts >= coalesce((SELECT since FROM fact_limits WHERE site_id = $site_id), '-infinity')
)
SELECT site_id, tier, slot
FROM (SELECT site_id, unnest(['hour', 'day']) AS tier, slot FROM happened)
ANTI JOIN stale USING (site_id, tier, slot);
