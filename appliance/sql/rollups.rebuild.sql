-- Everything is to be derived again from the first day on, in steps which each take away what they make anew. What no
-- step would find goes first: what stands of events that do not count, or at another time than its event.
DELETE FROM visits WHERE visit_id IN (
    SELECT seq FROM raw_events JOIN visits ON visit_id = seq WHERE bot_reason IS NOT NULL OR ts <> started_at
);

DELETE FROM page_facts WHERE seq IN (
    SELECT seq FROM raw_events JOIN page_facts USING (seq) WHERE bot_reason IS NOT NULL OR raw_events.ts <> page_facts.ts
);

DELETE FROM event_facts WHERE seq IN (
    SELECT seq FROM raw_events JOIN event_facts USING (seq) WHERE bot_reason IS NOT NULL OR raw_events.ts <> event_facts.ts
);

-- Rows of hours and days are made again as well, those of events that were dropped too, as far as there are facts: so
-- one that nothing tells of goes.
INSERT INTO stale
WITH kept AS (
    SELECT site_id, 'hour' AS tier, hour AS ts FROM aggregated_metrics_hourly
    UNION ALL
    SELECT site_id, 'day', timezone('UTC', timezone(timezone, day + INTERVAL 12 HOUR))
    FROM aggregated_metrics_daily
    JOIN sites USING (site_id)
)
SELECT site_id, tier, slot_of(ts)
FROM kept
LEFT JOIN fact_limits USING (site_id)
WHERE ts >= coalesce(since, '-infinity');

DELETE FROM rebuild;

INSERT INTO rebuild SELECT min(ts)::DATE FROM raw_events HAVING count(*) > 0;
