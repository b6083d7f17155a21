-- The first UTC day that is still to be derived from raw_events, and how much happened on it; no row when there is none.
SELECT next_day, count(raw_events.ts) AS events
FROM rebuild
LEFT JOIN raw_events ON ts >= next_day AND ts < next_day + 1
GROUP BY next_day;
