-- Of the visitors with an event in the range: who was seen on the site before it began, and who cannot
-- be recognised at all. A visitor who was here before has a visit that starts before the range.
WITH present AS (
    SELECT visitor_id, bool_and(cookieless) AS unrecognisable
    FROM raw_events
    WHERE site_id = $site_id AND bot_reason IS NULL AND ts >= $start AND ts < $end
    GROUP BY visitor_id
),
before AS (
    SELECT DISTINCT visitor_id FROM visits WHERE site_id = $site_id AND started_at < $start
)
SELECT
    count(*) FILTER (before.visitor_id IS NOT NULL) AS returning_visitors,
    count(*) FILTER (unrecognisable) AS unrecognisable_visitors
FROM present
LEFT JOIN before USING (visitor_id);
