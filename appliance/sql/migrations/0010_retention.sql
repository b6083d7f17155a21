-- Days of which raw events were dropped. Later events of that time are refused: they would have to be counted together
-- with what is gone. Instants in UTC, so that a change of the site's time zone moves nothing.
CREATE TABLE sealed_days (
    site_id VARCHAR NOT NULL,
    starts_at TIMESTAMP NOT NULL,           -- a day of the site, in the zone of then
    ends_at TIMESTAMP NOT NULL,
    refused_from TIMESTAMP NOT NULL,        -- with half an hour more where the day beside it is empty
    refused_until TIMESTAMP NOT NULL,
    facts_gone BOOLEAN NOT NULL,            -- its visits and facts were dropped too; its rows are final
    PRIMARY KEY (site_id, starts_at, ends_at)
);

-- What of the ledger was dropped from raw_events, by day of arrival.
CREATE TABLE ledger_dropped (
    site_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    entry VARCHAR NOT NULL,                 -- stored or ignored
    reason VARCHAR NOT NULL,
    events BIGINT NOT NULL,
    PRIMARY KEY (site_id, day, entry, reason)
);
