-- What another program counted on a day of its own time zone, as it was read in from a file of daily sums. Never part of
-- the website's own numbers.
CREATE TABLE imported_days (
    import_id INTEGER NOT NULL,
    site_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    visitors BIGINT,                        -- of this day; missing, as all below: the file does not tell
    visits BIGINT,
    pageviews BIGINT,
    bounces BIGINT,
    visit_seconds BIGINT,                   -- that all visits lasted together
    PRIMARY KEY (import_id, day)
);
