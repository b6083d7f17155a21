-- Something personal was taken out of the event: an e-mail address, a card number, the value of a key such as
-- "password". Missing on events that arrived before this was looked for.
ALTER TABLE raw_events ADD COLUMN pii_stripped BOOLEAN;

-- Parameters of addresses that are kept beside utm_*; upper and lower case are the same.
ALTER TABLE sites ADD COLUMN allowed_parameters VARCHAR[] DEFAULT [];
