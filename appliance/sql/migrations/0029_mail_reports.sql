-- Who gets a website's numbers by e-mail, and how often.
CREATE TABLE mail_reports (
    subscription_id VARCHAR NOT NULL,       -- a part of the link that ends it
    account_id VARCHAR NOT NULL,
    site_id VARCHAR NOT NULL,
    frequency VARCHAR NOT NULL,             -- weekly or monthly
    sent_until DATE NOT NULL,               -- the last day of the newest week or month that is dealt with
    PRIMARY KEY (account_id, site_id, frequency)
);
