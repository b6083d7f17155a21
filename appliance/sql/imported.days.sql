-- What other programs counted on the days of a range; of several imports of a day the latest.
SELECT day, source, visitors, visits, pageviews, bounces, visit_seconds
FROM imported_days
JOIN imports USING (import_id, site_id)
WHERE site_id = $site_id AND day >= $first AND day <= $last
QUALIFY row_number() OVER (PARTITION BY day ORDER BY import_id DESC) = 1
ORDER BY day;
