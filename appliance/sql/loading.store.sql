INSERT INTO raw_events BY NAME SELECT * FROM incoming;
UPDATE meta SET batch = $batch;
