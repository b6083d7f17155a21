-- Add a batch that was just stored: what was staged was received, what is in raw_events is stored or ignored.
INSERT INTO ledger
SELECT site_id, received_at::DATE, 'received', '', count(*), $batch
FROM incoming
GROUP BY ALL
UNION ALL
SELECT
    site_id,
    received_at::DATE,
    if(bot_reason IS NULL, 'stored', 'ignored'),
    coalesce(bot_reason, ''),
    count(*),
    $batch
FROM raw_events
WHERE seq > $batch::BIGINT * 16777216 AND seq < ($batch::BIGINT + 1) * 16777216
GROUP BY ALL
ON CONFLICT DO UPDATE SET events = ledger.events + excluded.events, batch = excluded.batch;

SELECT if(bot_reason IS NULL, 'stored', 'ignored') AS entry, count(*)
FROM raw_events
WHERE seq > $batch::BIGINT * 16777216 AND seq < ($batch::BIGINT + 1) * 16777216
GROUP BY entry;
