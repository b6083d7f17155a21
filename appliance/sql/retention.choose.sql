-- Raw events that may go once all from $from to before $until are refused: no later event can come so close that it
-- changes their visits. A stretch of events with half an hour around it has to lie within that time as a whole.
CREATE OR REPLACE TEMP TABLE dropped AS
WITH edge AS (
    SELECT DISTINCT visitor_id, stretch_started_at, stretch_ended_at
    FROM visits
    WHERE site_id = $site_id AND stretch_started_at < $until AND stretch_ended_at >= $from
        AND (
            stretch_started_at < $from::TIMESTAMP + INTERVAL 30 MINUTE
            OR stretch_ended_at >= $until::TIMESTAMP - INTERVAL 30 MINUTE
        )
)
SELECT seq, site_id, received_at::DATE AS day, bot_reason
FROM raw_events
WHERE site_id = $site_id AND ts >= $from AND ts < $until
    AND (
        bot_reason IS NOT NULL
        OR NOT EXISTS (
            SELECT 1
            FROM edge
            WHERE edge.visitor_id = raw_events.visitor_id
                AND raw_events.ts BETWEEN edge.stretch_started_at AND edge.stretch_ended_at
        )
    );

SELECT count(*) FROM dropped;
