-- Pageviews from $since to $until as the events tell them and as the facts do, and the visits that count others.
WITH told AS (
    SELECT count(*) AS pageviews
    FROM raw_events
    WHERE bot_reason IS NULL AND is_pageview(event_type) AND ts >= $since AND ts < $until
),
derived AS (
    SELECT count(*) AS pageviews FROM page_facts WHERE ts >= $since AND ts < $until
),
of_visit AS (
    SELECT visit_id, count(*) AS pageviews FROM page_facts WHERE ts >= $since GROUP BY visit_id
)
SELECT
    told.pageviews,
    derived.pageviews,
    (
        SELECT count(*)
        FROM visits
        LEFT JOIN of_visit USING (visit_id)
        WHERE started_at >= $since AND started_at < $until
            AND visits.pageviews <> coalesce(of_visit.pageviews, 0)
    )
FROM told, derived;
