-- The server that e-mail is handed to; no row: none is sent.
CREATE TABLE mail_server (
    host VARCHAR NOT NULL,
    port INTEGER NOT NULL,
    security VARCHAR NOT NULL,              -- starttls, tls or none
    username VARCHAR NOT NULL,              -- empty: without signing in
    password BLOB,                          -- encrypted by a key that follows from the root key
    sender VARCHAR NOT NULL
);

-- When whoever owns the website was sent an e-mail about it; missing: not yet, or never.
ALTER TABLE alarms ADD COLUMN told_at TIMESTAMP;
