-- What was not as usual on a website, from when it began until it was over.
CREATE TABLE alarms (
    site_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,                  -- silence or spike
    began_at TIMESTAMP NOT NULL,            -- the last event before a silence; the hour of a spike
    noticed_at TIMESTAMP NOT NULL,
    visits INTEGER NOT NULL,                -- that would have begun meanwhile; that began in the hour
    ended_at TIMESTAMP,                     -- missing: it lasts
    PRIMARY KEY (site_id, kind, began_at)
);
