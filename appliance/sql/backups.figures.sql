-- What people know a state of the database by. Of tables that were there from the first schema on.
SELECT
    (SELECT count(*) FROM sites),
    (SELECT count(*) FROM accounts),
    (SELECT count(*) FROM visits),
    (SELECT count(*) FROM raw_events WHERE bot_reason IS NULL),
    (SELECT max(received_at) FROM raw_events WHERE bot_reason IS NULL);
