-- Links that show one site's dashboard to whoever has them.
CREATE TABLE shares (
    share_id VARCHAR PRIMARY KEY,
    site_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,                  -- the owner's own note; may be empty
    token_hash VARCHAR NOT NULL,            -- hex SHA-256 of the token in the link
    password_hash VARCHAR,                  -- argon2id; NULL: the link alone is enough
    expires_at TIMESTAMP,                   -- NULL: until it is revoked
    embed_origins VARCHAR[] NOT NULL,       -- whose pages may show it in a frame
    created_at TIMESTAMP NOT NULL
);
