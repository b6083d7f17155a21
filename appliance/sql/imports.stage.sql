-- A part of an import, as a batch that is about to go.
CREATE OR REPLACE TEMP TABLE incoming AS
SELECT site_id, visitor_id, ts, received_at, bot_reason
FROM raw_events
WHERE import_id = $import_id AND site_id = $site_id AND ts >= $start AND ts < $until;
