-- Add counts that are no rows of a staged batch.
INSERT INTO ledger
SELECT
    unnest($site_ids::VARCHAR[]),
    unnest($days::DATE[]),
    unnest($entries::VARCHAR[]),
    '',
    unnest($events::BIGINT[]),
    (SELECT batch FROM meta)
ON CONFLICT DO UPDATE SET events = ledger.events + excluded.events, batch = excluded.batch;
