-- Every TIMESTAMP is UTC. docs/data-model.md tells the tables in prose.

-- The number of the last journal batch whose events are in raw_events: one row.
CREATE TABLE meta (batch BIGINT NOT NULL);
INSERT INTO meta VALUES (0);

-- A page was looked at; the second is a single-page app's navigation.
CREATE MACRO is_pageview(event_type) AS event_type IN ('pageview', 'route_change');
-- Recorded, but it says nothing about intent: no bounce is undone by it.
CREATE MACRO is_passive(event_type) AS event_type IN ('load', 'leave', 'scroll', 'click', 'error', 'vitals');

CREATE TABLE accounts (
    account_id VARCHAR PRIMARY KEY,
    email VARCHAR NOT NULL UNIQUE,          -- lower case
    name VARCHAR NOT NULL,
    password_hash VARCHAR NOT NULL,         -- argon2id, with its own parameters and salt
    role VARCHAR NOT NULL,                  -- owner or member
    token_version INTEGER NOT NULL,         -- raised to end every session and token at once
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE sites (
    site_id VARCHAR PRIMARY KEY,
    owner_user_id VARCHAR NOT NULL,         -- accounts.account_id
    name VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    site_key VARCHAR NOT NULL,              -- hex SHA-256 of the key; the key follows from secret, site and version
    key_version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    timezone VARCHAR NOT NULL               -- IANA name
);

-- The truth: everything else about traffic is derived from these rows and can be rebuilt.
CREATE TABLE raw_events (
    seq BIGINT NOT NULL,                    -- order of arrival: batch * 2^24 + line
    site_id VARCHAR NOT NULL,
    event_id UUID,                          -- chosen by the client; missing: an event of its own
    ts TIMESTAMP NOT NULL,                  -- when it happened
    received_at TIMESTAMP NOT NULL,
    event_type VARCHAR NOT NULL,
    visitor_id UUID NOT NULL,
    session_id UUID,
    cookieless BOOLEAN NOT NULL,            -- visitor_id was derived here, under the day's salt
    hostname VARCHAR,
    path VARCHAR,
    title VARCHAR,
    referrer VARCHAR,
    referrer_name VARCHAR,                  -- Google, a host, a utm_source; missing for direct traffic
    channel VARCHAR NOT NULL,               -- one of nineteen
    source VARCHAR NOT NULL,                -- organic, direct, referral, social, paid
    utm_source VARCHAR,
    utm_medium VARCHAR,
    utm_campaign VARCHAR,
    utm_term VARCHAR,
    utm_content VARCHAR,
    country VARCHAR,                        -- ISO 3166 alpha-2
    language VARCHAR,
    browser VARCHAR NOT NULL,
    os VARCHAR NOT NULL,
    device VARCHAR NOT NULL,                -- desktop, mobile, tablet
    screen VARCHAR,                         -- 1366x768
    load_ms DECIMAL(9, 3),
    engaged_ms BIGINT,
    scroll_depth DECIMAL(4, 1),             -- percent of the page
    interactive BOOLEAN,                    -- as sent
    clock_skew BOOLEAN NOT NULL,            -- the client's clock was ahead; ts is received_at
    bot_reason VARCHAR,                     -- set: quarantined, out of every number
    payload VARIANT                         -- what has no column of its own, as it was sent
);

-- One row per visit. The rules stand in rollups.visits.sql.
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
    path VARCHAR,
    title VARCHAR,
    page_time_ms BIGINT                     -- missing: unknown
);
