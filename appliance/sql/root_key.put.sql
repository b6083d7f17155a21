DELETE FROM root_key;
INSERT INTO root_key VALUES ($encrypted);
