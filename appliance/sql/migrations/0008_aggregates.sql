-- Quarters of an hour of a site (slot_of) whose numbers may have changed since rows of a tier were made of them.
CREATE TABLE stale (
    site_id VARCHAR NOT NULL,
    tier VARCHAR NOT NULL,                  -- hour or day: of which of the tables below
    slot BIGINT NOT NULL
);
INSERT INTO stale SELECT DISTINCT site_id, unnest(['hour', 'day']), slot_of(ts) FROM facts;

-- One row per hour of a site's time zone in which something happened, made when it has ended.
CREATE TABLE aggregated_metrics_hourly (
    site_id VARCHAR NOT NULL,
    hour TIMESTAMP NOT NULL,                -- when it begins, in UTC
    total_visitors INTEGER NOT NULL,        -- visits that start in it
    unique_visitors INTEGER NOT NULL,
    total_pageviews INTEGER NOT NULL,
    bounces INTEGER NOT NULL,
    page_time_ms BIGINT NOT NULL,           -- of the visits that start in it
    loads INTEGER NOT NULL,
    load_us BIGINT NOT NULL,                -- loading times, summed in thousandths of a millisecond
    goals JSON NOT NULL,                    -- what any goal could count: [[kind, name, conversions, visitors], ...]
    PRIMARY KEY (site_id, hour)
);

-- One row per day of a site's time zone on which something happened, made when it has ended: numerators and
-- denominators of every number, so that days can be added up when their visits are gone.
CREATE TABLE aggregated_metrics_daily (
    site_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    total_visitors INTEGER NOT NULL,        -- visits that start on it
    unique_visitors INTEGER NOT NULL,
    total_pageviews INTEGER NOT NULL,
    avg_time_spent_sec DOUBLE NOT NULL,
    avg_load_ms DOUBLE NOT NULL,
    bounce_rate DOUBLE NOT NULL,            -- percent, as the next
    conversion_rate DOUBLE NOT NULL,        -- of the goals there were when the row was made
    traffic_sources JSON NOT NULL,          -- as in the report of that day
    os_breakdown JSON NOT NULL,
    browsers JSON NOT NULL,
    pages JSON NOT NULL,                    -- every page: path, title, and the sums that top pages are made of
    starts_at TIMESTAMP NOT NULL,           -- the day in UTC, in the zone that the site had
    ends_at TIMESTAMP NOT NULL,
    bounces INTEGER NOT NULL,
    page_time_ms BIGINT NOT NULL,
    loads INTEGER NOT NULL,
    load_us BIGINT NOT NULL,
    load_times JSON NOT NULL,               -- [[ms to two digits, how many], ...]
    returning_visitors INTEGER NOT NULL,
    unrecognisable_visitors INTEGER NOT NULL,
    breakdowns JSON NOT NULL,               -- {dimension: {value: [visitors, visits, pageviews]}}
    goals JSON NOT NULL,                    -- as in aggregated_metrics_hourly
    PRIMARY KEY (site_id, day)
);

-- Before this instant the facts of a site are gone, and the rows above tell of that time. No row: all are there.
CREATE TABLE fact_limits (site_id VARCHAR PRIMARY KEY, since TIMESTAMP NOT NULL);
