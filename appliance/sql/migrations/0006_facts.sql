-- Everything that reports read is in visits and in two tables of facts: what happened during them. None of it needs
-- raw_events, whose old rows may go without changing a number. They are filled anew after this.
DROP TABLE visits;
DROP TABLE page_facts;

-- Properties of an event as reports name them: plan=pro, price=12.5.
ALTER TABLE raw_events ADD COLUMN properties VARCHAR[];

-- One row per visit. The rules stand in rollups.visit_events.sql and rollups.visits.sql.
CREATE TABLE visits (
    site_id VARCHAR NOT NULL,
    visit_id BIGINT NOT NULL,               -- seq of its first event
    visitor_id UUID NOT NULL,
    cookieless BOOLEAN NOT NULL,
    started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP NOT NULL,
    stretch_started_at TIMESTAMP NOT NULL,  -- the run of events without a pause over 30 minutes that it is
    stretch_ended_at TIMESTAMP NOT NULL,    -- part of; a stretch holds several visits if session_id changes
    pageviews INTEGER NOT NULL,
    bounced BOOLEAN NOT NULL,
    page_time_ms BIGINT NOT NULL,           -- sum of the known page times
    entry_page VARCHAR,
    exit_page VARCHAR,
    referrer VARCHAR,
    referrer_name VARCHAR,
    channel VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    utm_source VARCHAR,
    utm_medium VARCHAR,
    utm_campaign VARCHAR,
    utm_term VARCHAR,
    utm_content VARCHAR,
    country VARCHAR,
    language VARCHAR,
    browser VARCHAR NOT NULL,
    os VARCHAR NOT NULL,
    device VARCHAR NOT NULL,
    screen VARCHAR
);

-- One row per pageview.
CREATE TABLE page_facts (
    site_id VARCHAR NOT NULL,
    visit_id BIGINT NOT NULL,
    visitor_id UUID NOT NULL,
    seq BIGINT NOT NULL,                    -- raw_events.seq
    ts TIMESTAMP NOT NULL,
    event_type VARCHAR NOT NULL,            -- pageview or route_change
    path VARCHAR,
    title VARCHAR,
    page_time_ms BIGINT,                    -- missing: unknown
    load_ms DECIMAL(9, 3),
    properties VARCHAR[]
);

-- One row per event that is no pageview.
CREATE TABLE event_facts (
    site_id VARCHAR NOT NULL,
    visit_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    ts TIMESTAMP NOT NULL,
    event_type VARCHAR NOT NULL,
    path VARCHAR,
    load_ms DECIMAL(9, 3),
    properties VARCHAR[]
);

-- Every event of every visit.
CREATE VIEW facts AS
SELECT site_id, visit_id, seq, ts, event_type, path, load_ms, properties, true AS is_pageview FROM page_facts
UNION ALL
SELECT site_id, visit_id, seq, ts, event_type, path, load_ms, properties, false AS is_pageview FROM event_facts;

-- What is to be derived anew from raw_events: the UTC days from next_day on. No row: nothing.
CREATE TABLE rebuild (next_day DATE NOT NULL);
INSERT INTO rebuild SELECT min(ts)::DATE FROM raw_events HAVING count(*) > 0;

-- The number of a quarter of an hour: local hours and days begin on one in every time zone since 2000.
CREATE MACRO slot_of(ts) AS epoch_us(ts) // 900000000;
-- The bucket (1, 2, ...) that each slot belongs to. starts are the beginnings of consecutive buckets; the last ends
-- before until.
CREATE MACRO buckets_by_slot(starts, until) AS TABLE
WITH bucket AS (
    SELECT unnest(starts::TIMESTAMP[]) AS ts, generate_subscripts(starts, 1) AS number
),
slot AS (
    SELECT unnest(generate_series(starts[1]::TIMESTAMP, until::TIMESTAMP - INTERVAL 15 MINUTE, INTERVAL 15 MINUTE)) AS ts
)
SELECT slot_of(slot.ts) AS slot, bucket.number AS bucket
FROM slot
ASOF JOIN bucket ON slot.ts >= bucket.ts;
