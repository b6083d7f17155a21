-- How much there is, and when the latest event arrived.
SELECT
    (SELECT count(*) FROM sites),
    (SELECT count(*) FROM accounts),
    (SELECT count(*) FROM raw_events),
    (SELECT count(*) FROM visits),
    (SELECT max(received_at) FROM raw_events);
