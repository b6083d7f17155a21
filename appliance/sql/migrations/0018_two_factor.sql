-- A second step at sign-in: codes of an authenticator app (TOTP, RFC 6238).
CREATE TABLE two_factor (
    account_id VARCHAR PRIMARY KEY,
    secret BLOB NOT NULL,                   -- encrypted (AES-256-GCM) by a key that follows from the root key
    enabled_at TIMESTAMP,                   -- missing: it was shown, and no code has confirmed it yet
    last_step BIGINT NOT NULL               -- of the last code that was taken: each works once
);

-- What lets somebody in who has lost the app; each works once.
CREATE TABLE recovery_codes (
    account_id VARCHAR NOT NULL,
    code_hash VARCHAR NOT NULL              -- hex SHA-256
);
