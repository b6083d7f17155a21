-- Visitors of sites in each of the 24 hours from $hours on (those with any), and of yesterday from $since up to before
-- $by, in one query. As in overview.today, only visits from $earliest on are looked at. A visit has no pause as long as an
-- hour, so it has an event in every hour that it reaches into.
WITH site AS (
    SELECT
        unnest($site_ids) AS site_id,
        unnest($hours::TIMESTAMP[]) AS hours,
        unnest($since::TIMESTAMP[]) AS since,
        unnest($by::TIMESTAMP[]) AS by_now
),
recent AS (
    SELECT site.*, visitor_id, started_at, ended_at
    FROM visits
    JOIN site USING (site_id)
    WHERE ended_at >= $earliest AND started_at < $latest
),
present AS (
    SELECT
        site_id,
        visitor_id,
        unnest(generate_series(
            greatest(0, date_diff('second', hours, started_at) // 3600),
            least(23, date_diff('second', hours, ended_at) // 3600)
        )) AS hour
    FROM recent
    WHERE ended_at >= hours
),
hourly AS (
    SELECT site_id, hour, count(DISTINCT visitor_id) AS visitors FROM present GROUP BY site_id, hour
),
by_hour AS (
    SELECT site_id, list(hour) AS hours, list(visitors) AS visitors FROM hourly GROUP BY site_id
),
yesterday AS (
    SELECT site_id, count(DISTINCT visitor_id) AS visitors
    FROM recent
    WHERE started_at < by_now AND ended_at >= since
    GROUP BY site_id
)
SELECT
    site_id,
    coalesce(by_hour.hours, []),
    coalesce(by_hour.visitors, []),
    coalesce(yesterday.visitors, 0)
FROM site
LEFT JOIN by_hour USING (site_id)
LEFT JOIN yesterday USING (site_id);
