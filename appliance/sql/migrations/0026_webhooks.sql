-- Where an owner's alarms are posted to.
CREATE TABLE webhooks (
    account_id VARCHAR PRIMARY KEY,
    address BLOB NOT NULL,                  -- the address and its secret, encrypted by a key that follows from the root key
    own_network BOOLEAN NOT NULL,           -- it may lead to this machine or a private network
    since TIMESTAMP NOT NULL                -- alarms of before are not told to it
);

-- What became of telling an alarm to the present address.
CREATE TABLE webhook_deliveries (
    account_id VARCHAR NOT NULL,
    site_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    began_at TIMESTAMP NOT NULL,            -- these three: which alarm
    attempts INTEGER NOT NULL,
    tried_at TIMESTAMP NOT NULL,
    next_at TIMESTAMP,                      -- missing: it is not tried again
    problem VARCHAR,                        -- why the last attempt failed; missing: it was taken
    PRIMARY KEY (account_id, site_id, kind, began_at)
);
