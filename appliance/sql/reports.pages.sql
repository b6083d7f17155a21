-- The pages viewed in the range, most viewed first. The bounce rate is over the visits that entered there.
WITH viewed AS (
    SELECT
        path,
        coalesce(last(title ORDER BY ts, seq) FILTER (title IS NOT NULL), '') AS page_title,
        count(*) AS pageviews,
        count(DISTINCT visitor_id) AS visitors,
        count(page_time_ms) AS timed,
        coalesce(sum(page_time_ms), 0)::BIGINT AS page_time_ms
    FROM page_facts
    WHERE site_id = $site_id AND ts >= $start AND ts < $end AND path IS NOT NULL
    GROUP BY path
),
entered AS (
    SELECT entry_page AS path, count(*) AS entries, count(*) FILTER (bounced) AS bounces
    FROM visits
    WHERE site_id = $site_id AND started_at >= $start AND started_at < $end AND entry_page IS NOT NULL
    GROUP BY entry_page
),
loaded AS (
    SELECT path, count(*) AS loads, (sum(load_ms) * 1000)::HUGEINT AS load_us
    FROM raw_events
    WHERE site_id = $site_id AND bot_reason IS NULL AND ts >= $start AND ts < $end AND load_ms IS NOT NULL
    GROUP BY path
)
SELECT path, page_title, pageviews, visitors, timed, page_time_ms, entries, bounces, loads, load_us,
    count(*) OVER () AS total
FROM viewed
LEFT JOIN entered USING (path)
LEFT JOIN loaded USING (path)
ORDER BY pageviews DESC, path
LIMIT $limit;
