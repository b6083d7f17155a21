-- How a page felt, as its browser measured it. Milliseconds; cls has no unit.
ALTER TABLE raw_events ADD COLUMN lcp_ms DECIMAL(9, 3);
ALTER TABLE raw_events ADD COLUMN inp_ms DECIMAL(9, 3);
ALTER TABLE raw_events ADD COLUMN cls DECIMAL(8, 4);

-- Of a pageview the worst that the events of leaving it told.
ALTER TABLE page_facts ADD COLUMN lcp_ms DECIMAL(9, 3);
ALTER TABLE page_facts ADD COLUMN inp_ms DECIMAL(9, 3);
ALTER TABLE page_facts ADD COLUMN cls DECIMAL(8, 4);
