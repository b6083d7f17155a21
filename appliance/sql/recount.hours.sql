-- Hours from $start to before $end whose kept row differs from the one counted anew, or of which only one of the two is
-- there: what stands once among both. Those that wait to be made again are left out.
WITH both_of_each AS (
    SELECT * FROM aggregated_metrics_hourly WHERE site_id = $site_id AND hour >= $start AND hour < $end
    UNION ALL BY NAME
    SELECT $site_id AS site_id, unnest($rows, recursive := true)
),
alone AS (
    SELECT * FROM both_of_each GROUP BY ALL HAVING count(*) = 1
)
SELECT DISTINCT hour
FROM alone
WHERE NOT EXISTS (
    SELECT 1
    FROM stale
    WHERE stale.site_id = $site_id AND tier = 'hour' AND slot BETWEEN slot_of(hour) AND slot_of(hour) + 3
);
