-- Histories that were read in from files: who did it, and what became of the lines.
CREATE TABLE imports (
    import_id INTEGER PRIMARY KEY,
    site_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,                -- what wrote the file: analytiq
    file_name VARCHAR NOT NULL,
    begun_by VARCHAR NOT NULL,              -- an e-mail address, or the command line
    begun_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    state VARCHAR NOT NULL,                 -- reading, storing, done, failed, interrupted, undoing or undone
    problem VARCHAR,                        -- why it failed, in words
    lines BIGINT NOT NULL,                  -- that were read
    stored BIGINT NOT NULL,                 -- events that are counted by it
    duplicates BIGINT NOT NULL,             -- events that were there already
    refused BIGINT NOT NULL,                -- lines that could not be read
    refused_lines JSON NOT NULL,            -- the first of them: [{"line": 17, "reason": "..."}]
    first_day DATE,                         -- of the events in it, in the site's time zone
    last_day DATE
);

-- By which import an event came; missing: it arrived by itself.
ALTER TABLE raw_events ADD COLUMN import_id INTEGER;

-- What makes an event the same as one that is read in again.
CREATE MACRO event_digest(ts, event_type, visitor_id, session_id, path, title, engaged_ms, scroll_depth, load_ms) AS
    md5_number(concat_ws(
        chr(0), ts, event_type, visitor_id, coalesce(session_id::VARCHAR, ''), coalesce(path, ''), coalesce(title, ''),
        coalesce(engaged_ms, -1), coalesce(scroll_depth, -1), coalesce(load_ms, -1)
    ));
