-- What was staged goes, and out of the ledger, as if it had never arrived.
INSERT INTO ledger
WITH gone AS (
    SELECT site_id, received_at::DATE AS day, -count(*) AS events FROM incoming GROUP BY ALL
)
SELECT site_id, day, unnest(['received', 'stored']), '', events, (SELECT batch FROM meta) FROM gone
ON CONFLICT DO UPDATE SET events = ledger.events + excluded.events, batch = excluded.batch;

DELETE FROM ledger WHERE events = 0 AND day IN (SELECT received_at::DATE FROM incoming);

DELETE FROM ledger_checks WHERE day IN (SELECT received_at::DATE FROM incoming);

DELETE FROM raw_events WHERE import_id = $import_id AND site_id = $site_id AND ts >= $start AND ts < $until;
