-- What became of every event that arrived, per site and UTC day of its arrival. For each of them
-- received = stored + duplicate + ignored + set_aside; the program holds that against raw_events every hour.
CREATE TABLE ledger (
    site_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    entry VARCHAR NOT NULL,                 -- received, stored, duplicate, ignored, set_aside; or rejected,
                                            -- which is not among the received: wrong fields, answered so
    reason VARCHAR NOT NULL,                -- of ignored: raw_events.bot_reason; else empty
    events BIGINT NOT NULL,
    batch BIGINT NOT NULL,                  -- the last journal batch that changed the row
    PRIMARY KEY (site_id, day, entry, reason)
);

-- The events of before there was a ledger.
INSERT INTO ledger
WITH kept AS (
    SELECT site_id, received_at::DATE AS day, bot_reason, count(*) AS events
    FROM raw_events
    GROUP BY ALL
)
SELECT site_id, day, 'received', '', sum(events), (SELECT batch FROM meta) FROM kept GROUP BY site_id, day
UNION ALL
SELECT site_id, day, if(bot_reason IS NULL, 'stored', 'ignored'), coalesce(bot_reason, ''), events, (SELECT batch FROM meta)
FROM kept;

-- The days that were held against raw_events, and up to which batch.
CREATE TABLE ledger_checks (
    day DATE PRIMARY KEY,
    batch BIGINT NOT NULL,
    checked_at TIMESTAMP NOT NULL
);

-- What the last check of a day found wrong: no row where all is well.
CREATE TABLE ledger_differences (
    site_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    entry VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    written BIGINT NOT NULL,                -- what the ledger says
    found BIGINT NOT NULL                   -- stored, ignored: rows of raw_events; received: the sum of the rest
);
