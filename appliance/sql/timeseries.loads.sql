-- Loading times per bucket, summed in thousandths of a millisecond; by slot first, as there are few.
WITH slotted AS (
    SELECT slot_of(ts) AS slot, count(*) AS loads, sum(load_ms) AS load_ms
    FROM facts
    WHERE site_id = $site_id AND ts >= $start AND ts < $end AND load_ms IS NOT NULL
    GROUP BY ALL
)
SELECT bucket, sum(loads)::BIGINT AS loads, (sum(load_ms) * 1000)::HUGEINT AS load_us
FROM slotted
JOIN buckets_by_slot($starts, $end) USING (slot)
GROUP BY bucket;
