-- Days from $first to $last whose kept row differs from the one counted anew, or of which only one of the two is there:
-- what stands once among both. Those that wait to be made again are left out. Where earlier visits are gone, a row may
-- know of more visitors who had returned.
WITH counted AS (
    SELECT * FROM aggregated_metrics_daily WHERE false
    UNION ALL BY NAME
    SELECT $site_id AS site_id, unnest($rows, recursive := true)
),
kept AS (
    SELECT kept.* REPLACE (
        if(
            kept.site_id IN (SELECT site_id FROM fact_limits),
            least(kept.returning_visitors, counted.returning_visitors),
            kept.returning_visitors
        ) AS returning_visitors
    )
    FROM aggregated_metrics_daily AS kept
    LEFT JOIN counted USING (site_id, day)
    WHERE kept.site_id = $site_id AND kept.day BETWEEN $first AND $last
),
both_of_each AS (
    SELECT * FROM kept
    UNION ALL BY NAME
    SELECT * FROM counted
),
alone AS (
    SELECT * FROM both_of_each GROUP BY ALL HAVING count(*) = 1
)
SELECT DISTINCT day
FROM alone
WHERE NOT EXISTS (
    SELECT 1
    FROM stale
    WHERE stale.site_id = $site_id AND tier = 'day' AND slot >= slot_of(starts_at) AND slot < slot_of(ends_at)
);
