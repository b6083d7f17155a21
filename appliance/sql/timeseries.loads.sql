-- Loading times per bucket, summed in thousandths of a millisecond.
SELECT bucket, count(*) AS loads, (sum(load_ms) * 1000)::HUGEINT AS load_us
FROM facts
JOIN buckets_by_slot($starts, $end) ON slot = slot_of(ts)
WHERE site_id = $site_id AND ts >= $start AND ts < $end AND load_ms IS NOT NULL
GROUP BY bucket;
