-- A browser that is signed in, until it signs out, is idle for too long, or the account's token_version is raised.
CREATE TABLE sessions (
    session_id VARCHAR PRIMARY KEY,         -- hex SHA-256 of the token in the browser's cookie
    account_id VARCHAR NOT NULL,
    token_version INTEGER NOT NULL,         -- the account's when the session began
    created_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,        -- written every few minutes
    browser VARCHAR NOT NULL,
    os VARCHAR NOT NULL,
    place VARCHAR NOT NULL                  -- this machine, or network
);
