-- The first and last of the events that count, without those of an import that was taken back. What was counted before the
-- limit of the kept visits is final, and no import that could be taken back is part of it.
CREATE OR REPLACE TEMP TABLE left_over AS
SELECT
    min(ts) AS first_event_at,
    max(ts) AS last_event_at,
    (SELECT since FROM fact_limits WHERE site_id = $site_id) AS kept_since
FROM facts
WHERE site_id = $site_id;

UPDATE arrivals
SET
    first_event_at = if(
        arrivals.first_event_at < kept_since,
        arrivals.first_event_at,
        greatest(arrivals.first_event_at, left_over.first_event_at)
    ),
    last_event_at = least(arrivals.last_event_at, left_over.last_event_at)
FROM left_over
WHERE site_id = $site_id AND left_over.first_event_at IS NOT NULL;

DELETE FROM arrivals
WHERE site_id = $site_id AND (SELECT first_event_at IS NULL AND kept_since IS NULL FROM left_over);
