-- Tokens and sessions of then are no good; nor are those of now, whose versions are at most $above.
DELETE FROM sessions;
UPDATE accounts SET token_version = token_version + $above;
