-- Open invitations; one that was used or revoked is gone, and the audit log tells of it.
CREATE TABLE invitations (
    invitation_id VARCHAR PRIMARY KEY,
    token_hash VARCHAR NOT NULL,            -- hex SHA-256 of what stands in the link
    account_id VARCHAR NOT NULL,            -- who made it
    role VARCHAR NOT NULL,                  -- of the account, and at most editor of the websites
    email VARCHAR,                          -- for this address alone; missing: for whoever has the link
    made_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

-- The websites that whoever accepts it is given.
CREATE TABLE invitation_sites (
    invitation_id VARCHAR NOT NULL,
    site_id VARCHAR NOT NULL
);
