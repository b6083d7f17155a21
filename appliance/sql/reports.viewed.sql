-- The pages viewed in the range, most viewed first: no more than the report tells of each. Of titles of the same instant
-- the last to arrive is taken: by one number for both, which takes half the time of a pair.
WITH viewed AS (
    SELECT
        path,
        count(*) AS pageviews,
        count(page_time_ms) AS timed,
        coalesce(sum(page_time_ms), 0)::BIGINT AS page_time_ms,
        coalesce(max_by(title, epoch_us(ts)::HUGEINT * 9223372036854775808 + seq) FILTER (title IS NOT NULL), '') AS page_title
    FROM page_facts
    WHERE site_id = $site_id AND ts >= $start AND ts < $end AND path IS NOT NULL
    GROUP BY path
)
SELECT path, page_title, pageviews, timed, page_time_ms
FROM viewed
ORDER BY pageviews DESC, path
LIMIT $limit;
