-- On to the next day with events, from $until on.
UPDATE rebuild
SET next_day = (SELECT min(ts)::DATE FROM raw_events WHERE ts >= $until)
WHERE EXISTS (SELECT 1 FROM raw_events WHERE ts >= $until);

DELETE FROM rebuild WHERE next_day < $until::DATE;
