-- What scripts come with in a person's name.
CREATE TABLE api_keys (
    key_id VARCHAR PRIMARY KEY,
    account_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,                 -- read or ingest
    site_id VARCHAR,                        -- missing: every site of the account
    key_hash VARCHAR NOT NULL,              -- hex SHA-256 of the key, which was shown once
    created_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP                  -- written every few minutes
);
