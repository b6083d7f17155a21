SELECT bucket, count(*) AS pageviews
FROM page_facts
JOIN buckets_by_slot($starts, $end) ON slot = slot_of(ts)
WHERE site_id = $site_id AND ts >= $start AND ts < $end
GROUP BY bucket;
