-- Give the events $seqs the new $reasons (NULL: they count). The header's User-Agent is kept of bots only.
-- Leaves `moved` for the ledger, and `incoming` for the visits that the events become part of.
CREATE OR REPLACE TEMP TABLE judged AS
SELECT unnest($seqs::BIGINT[]) AS seq, unnest($reasons::VARCHAR[]) AS reason;

CREATE OR REPLACE TEMP TABLE moved AS
SELECT seq, site_id, received_at::DATE AS day, bot_reason AS was, reason AS becomes
FROM raw_events
JOIN judged USING (seq)
WHERE bot_reason IS NOT NULL;

UPDATE raw_events
SET bot_reason = becomes
FROM moved
WHERE raw_events.seq = moved.seq;

UPDATE raw_events
SET payload = json_merge_patch(payload::JSON, '{"header_user_agent": null}')::VARIANT
FROM moved
WHERE raw_events.seq = moved.seq AND was = 'bot';

CREATE OR REPLACE TEMP TABLE incoming AS
SELECT site_id, visitor_id, ts, received_at, bot_reason, import_id
FROM raw_events
JOIN moved USING (seq, site_id);
