-- When the events of a site that count happened and arrived, so that nobody has to look through all of them.
CREATE TABLE arrivals (
    site_id VARCHAR PRIMARY KEY,
    first_event_at TIMESTAMP NOT NULL,
    last_event_at TIMESTAMP NOT NULL,
    last_received_at TIMESTAMP NOT NULL
);
INSERT INTO arrivals
SELECT site_id, min(ts), max(ts), max(received_at) FROM raw_events WHERE bot_reason IS NULL GROUP BY site_id;

-- One row per site: the numbers of its present day, written again a second after something happened.
CREATE TABLE dash_summary (
    site_id VARCHAR PRIMARY KEY,
    last_updated TIMESTAMP NOT NULL,
    current_total_visitors INTEGER NOT NULL,    -- visits that began today
    current_pageviews INTEGER NOT NULL,         -- of today
    snapshot JSON NOT NULL,                     -- as the live connection tells it
    day DATE NOT NULL                           -- today, in the site's time zone
);
