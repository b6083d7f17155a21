-- The rate of conversion of a day is that of the goals there are: rows made with others are made again.
INSERT INTO stale
SELECT site_id, 'day', slot_of(starts_at)
FROM aggregated_metrics_daily
LEFT JOIN fact_limits USING (site_id)
WHERE starts_at >= coalesce(since, '-infinity')
    AND (conversion_rate > 0 OR site_id IN (SELECT site_id FROM goals));
