-- The visitors of a batch, and the time in which their visits may change with it.
CREATE OR REPLACE TEMP TABLE touched AS
SELECT site_id, visitor_id, min(ts) - INTERVAL 30 MINUTE AS since, max(ts) + INTERVAL 30 MINUTE AS until
FROM incoming
WHERE bot_reason IS NULL
GROUP BY site_id, visitor_id;

SELECT min(since), max(until) FROM touched;
