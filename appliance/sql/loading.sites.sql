-- The sites whose numbers a batch may change.
SELECT DISTINCT site_id FROM incoming WHERE bot_reason IS NULL;
