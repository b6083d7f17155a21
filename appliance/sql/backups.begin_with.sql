-- The number after which batches are loaded from now on.
UPDATE meta SET batch = $batch;
