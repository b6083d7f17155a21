-- A site's key can be changed: hex SHA-256 of the one before, which is accepted until then.
ALTER TABLE sites ADD COLUMN previous_site_key VARCHAR;
ALTER TABLE sites ADD COLUMN previous_key_until TIMESTAMP;
