CREATE TABLE goals (
    goal_id VARCHAR PRIMARY KEY,
    site_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,                  -- event: a custom event's name; path: a pattern with * and **
    pattern VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL
);
