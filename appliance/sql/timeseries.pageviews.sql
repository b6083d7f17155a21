-- Counted by slot first: there are few slots, and each is placed once.
WITH slotted AS (
    SELECT slot_of(ts) AS slot, count(*) AS pageviews
    FROM page_facts
    WHERE site_id = $site_id AND ts >= $start AND ts < $end
    GROUP BY ALL
)
SELECT bucket, sum(pageviews)::BIGINT AS pageviews
FROM slotted
JOIN buckets_by_slot($starts, $end) USING (slot)
GROUP BY bucket;
