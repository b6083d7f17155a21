-- A part of raw_events, as a batch that has just come in.
CREATE OR REPLACE TEMP TABLE incoming AS
SELECT site_id, visitor_id, ts, received_at, bot_reason, import_id
FROM raw_events
WHERE ts >= $start AND ts < $until;
