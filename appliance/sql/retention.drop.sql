-- The raw events chosen in `dropped` go; the ledger keeps how many they were.
INSERT INTO ledger_dropped
SELECT site_id, day, if(bot_reason IS NULL, 'stored', 'ignored'), coalesce(bot_reason, ''), count(*)
FROM dropped
GROUP BY ALL
ON CONFLICT DO UPDATE SET events = ledger_dropped.events + excluded.events;

DELETE FROM raw_events
WHERE ts >= $from AND ts < $until AND seq IN (SELECT seq FROM dropped);
