-- Who did what, and when. It refers to nothing: an entry stays as it is when its account or site is gone.
CREATE TABLE audit (
    entry_id BIGINT NOT NULL,               -- in the order of happening
    entered_at TIMESTAMP NOT NULL,
    action VARCHAR NOT NULL,                -- audit.Action
    account_id VARCHAR,                     -- who did it; missing: nobody who was signed in
    email VARCHAR,                          -- of that account, then
    site_id VARCHAR,                        -- what it is about
    site_name VARCHAR,                      -- of that site, then
    detail VARCHAR NOT NULL
);
