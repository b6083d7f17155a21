-- How many events a site has in the range on each UTC day: by this an export is cut into steps.
SELECT ts::DATE AS day, count(*) AS events
FROM facts
WHERE site_id = $site_id AND ts >= $start AND ts < $end
GROUP BY day
ORDER BY day;
