-- What a file holds, when all of it was read.
UPDATE imports
SET
    state = 'storing', source = $source, lines = $lines, refused = $refused, refused_lines = $refused_lines,
    first_day = $first_day, last_day = $last_day
WHERE import_id = $import_id;
