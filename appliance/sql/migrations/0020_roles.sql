-- Of this Analytiq an owner manages the people, an editor makes websites, a viewer looks at what is shared with it.
UPDATE accounts SET role = 'editor' WHERE role = 'member';

-- With whom a website is shared by its owner.
CREATE TABLE site_access (
    site_id VARCHAR NOT NULL,
    account_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,                  -- editor: changes it; viewer: looks at it
    given_at TIMESTAMP NOT NULL,
    PRIMARY KEY (site_id, account_id)
);
