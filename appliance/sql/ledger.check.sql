-- Hold one UTC day, $start to $until, against the events themselves, write down what differs, and return it.
DELETE FROM ledger_differences WHERE day = $day;

INSERT INTO ledger_differences
WITH written AS (
    SELECT site_id, entry, reason, events FROM ledger WHERE day = $day
),
kept AS (
    SELECT
        site_id,
        if(bot_reason IS NULL, 'stored', 'ignored') AS entry,
        coalesce(bot_reason, '') AS reason,
        count(*) AS events
    FROM raw_events
    WHERE received_at >= $start AND received_at < $until
    GROUP BY ALL
    UNION ALL
    SELECT site_id, entry, reason, events FROM ledger_dropped WHERE day = $day
),
found AS (
    SELECT site_id, entry, reason, sum(events) AS events FROM kept GROUP BY ALL
    UNION ALL
    SELECT site_id, 'received', '', sum(events)
    FROM written
    WHERE entry IN ('stored', 'duplicate', 'ignored', 'set_aside')
    GROUP BY site_id
)
SELECT site_id, $day, entry, reason, coalesce(written.events, 0), coalesce(found.events, 0)
FROM written
FULL JOIN found USING (site_id, entry, reason)
WHERE entry IN ('received', 'stored', 'ignored') AND coalesce(written.events, 0) <> coalesce(found.events, 0);

INSERT OR REPLACE INTO ledger_checks
SELECT $day, (SELECT batch FROM meta), $now;

SELECT site_id, entry, reason, written, found
FROM ledger_differences
WHERE day = $day
ORDER BY ALL;
