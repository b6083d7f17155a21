-- The pages viewed in the range, most viewed first. The bounce rate is over the visits that entered there.
-- Visitors are counted by the page's place among them: a number is grouped by in half the time that a path takes.
WITH viewed AS (
    SELECT
        path,
        count(*) AS pageviews,
        count(page_time_ms) AS timed,
        coalesce(sum(page_time_ms), 0)::BIGINT AS page_time_ms
    FROM page_facts
    WHERE site_id = $site_id AND ts >= $start AND ts < $end AND path IS NOT NULL
    GROUP BY path
),
top AS (
    SELECT *, count(*) OVER () AS total, row_number() OVER (ORDER BY pageviews DESC, path)::INTEGER AS place
    FROM viewed
    ORDER BY place
    LIMIT $limit
),
titled AS (
    SELECT
        place,
        count(DISTINCT visitor_id) AS visitors,
        coalesce(max_by(title, epoch_us(ts)::HUGEINT * 9223372036854775808 + seq) FILTER (title IS NOT NULL), '') AS page_title
    FROM page_facts
    JOIN top USING (path)
    WHERE site_id = $site_id AND ts >= $start AND ts < $end
    GROUP BY place
),
entered AS (
    SELECT entry_page AS path, count(*) AS entries, count(*) FILTER (bounced) AS bounces
    FROM visits
    WHERE site_id = $site_id AND started_at >= $start AND started_at < $end AND entry_page IS NOT NULL
    GROUP BY entry_page
),
loaded AS (
    SELECT path, count(*) AS loads, (sum(load_ms) * 1000)::HUGEINT AS load_us
    FROM facts
    WHERE site_id = $site_id AND ts >= $start AND ts < $end AND load_ms IS NOT NULL
    GROUP BY path
)
SELECT path, page_title, pageviews, visitors, timed, page_time_ms, entries, bounces, loads, load_us, total
FROM top
JOIN titled USING (place)
LEFT JOIN entered USING (path)
LEFT JOIN loaded USING (path)
ORDER BY place;
