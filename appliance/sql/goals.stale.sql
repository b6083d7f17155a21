-- The rows of a site's days tell who completed any of its goals: those of which there are facts are made again.
INSERT INTO stale
SELECT site_id, 'day', slot_of(starts_at)
FROM aggregated_metrics_daily
LEFT JOIN fact_limits USING (site_id)
WHERE site_id = $site_id AND starts_at >= coalesce(since, '-infinity');
