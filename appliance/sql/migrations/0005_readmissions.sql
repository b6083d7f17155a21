-- How far the quarantined events of a site have been judged anew by its present rules.
CREATE TABLE readmissions (
    site_id VARCHAR PRIMARY KEY,
    rules VARCHAR NOT NULL,                 -- digest of the list of bots and the site's lists of hosts
    begun_at TIMESTAMP NOT NULL,            -- when these rules were first noticed
    seq BIGINT NOT NULL,                    -- raw_events up to this one are judged
    done BOOLEAN NOT NULL
);
