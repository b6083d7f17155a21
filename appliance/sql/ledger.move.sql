-- Enter what the events in `moved` have become in place of what they were, and have their days checked again.
INSERT INTO ledger
WITH changes AS (
    SELECT site_id, day, 'ignored' AS entry, was AS reason, -1 AS events FROM moved
    UNION ALL
    SELECT site_id, day, if(becomes IS NULL, 'stored', 'ignored'), coalesce(becomes, ''), 1 FROM moved
)
SELECT site_id, day, entry, reason, sum(events), (SELECT batch FROM meta)
FROM changes
GROUP BY ALL
ON CONFLICT DO UPDATE SET events = ledger.events + excluded.events, batch = excluded.batch;

DELETE FROM ledger USING moved
WHERE ledger.site_id = moved.site_id AND ledger.day = moved.day AND entry = 'ignored' AND events = 0;

DELETE FROM ledger_checks WHERE day IN (SELECT day FROM moved);
