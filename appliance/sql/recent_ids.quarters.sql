-- The quarters of a day in which events came in that still have their ids, in the order in which they began.
SELECT epoch_ms(received_at) // 21_600_000 AS number
FROM raw_events
WHERE event_id IS NOT NULL
GROUP BY number
ORDER BY min(seq);
