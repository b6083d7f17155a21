-- What was seen of the snippet when a website's page was last looked at.
CREATE TABLE probes (
    site_id VARCHAR PRIMARY KEY,
    probed_at TIMESTAMP NOT NULL,
    finding VARCHAR NOT NULL,               -- found, missing, other_key, forbidden, mixed, unreachable, elsewhere or private
    detail VARCHAR NOT NULL,                -- a directive, an address, a status; may be empty
    own_network BOOLEAN NOT NULL,           -- an owner of this Analytiq allows that the page is on this machine or a private network
    was_there BOOLEAN NOT NULL,             -- the snippet was found once
    gone_since TIMESTAMP,                   -- the first of the last probes that found the page without a snippet that works
    misses INTEGER NOT NULL                 -- how many those are
);
